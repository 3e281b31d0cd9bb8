import { codeExportColumns } from '@openbeian/contract';
import type { Client } from '@openbeian/contract/client';
import { byteOrderMark, csvLine } from '@openbeian/model/csv';
import { InputError } from '../io/input.ts';
import { printNdjson, printTexts } from '../io/lines.ts';
import { asking, reasonLines, type ServerOptions } from '../io/server-connection.ts';
import { codesWords } from './words.ts';

type Code = Awaited<ReturnType<Client['getCode']>>;
type Stopping = Awaited<ReturnType<Client['listStoppingCodes']>>['codes'][number];

export interface ListFilter {
  readonly granted?: true;
  readonly resource?: string;
  readonly state?: Code['state'];
  /** Issuer or grantee; for the provider's people, who see all accounts. */
  readonly account?: string;
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const printJson = (value: unknown): void => print(JSON.stringify(value));

/** Codes page by page as the server gives them, newest first. */
async function* codesOf(client: Client, filter: ListFilter): AsyncGenerator<Code> {
  const side = filter.granted ? ('granted' as const) : ('issued' as const);
  const query = {
    side,
    limit: 500,
    ...(filter.resource !== undefined && { resourceId: filter.resource }),
    ...(filter.state !== undefined && { state: filter.state }),
    ...(filter.account !== undefined && { accountId: filter.account }),
  };
  for (let after: string | null | undefined; after !== null; ) {
    const page = await client.listCodes({ query: { ...query, ...(after && { after }) } });
    yield* page.codes;
    after = page.next;
  }
}

async function allOf(codes: AsyncIterable<Code>): Promise<Code[]> {
  const all: Code[] = [];
  for await (const code of codes) all.push(code);
  return all;
}

/** `openbeian codes verify`: `{ usable, reasons }` (contract §8). */
export async function verify(
  code: string,
  options: ServerOptions & { readonly account: string; readonly name?: string },
): Promise<void> {
  const body = { code, accountId: options.account, ...(options.name !== undefined && { domainName: options.name }) };
  const answer = await asking(options, (client) => client.verifyCode({ body }));
  if (options.json) return printJson(answer);
  print(codesWords[answer.usable ? 'usable' : 'notUsable'][options.lang]);
  for (const line of reasonLines(answer.reasons, options.lang)) print(line);
  if (answer.name) print(`  ${answer.name.domainName}: ${answer.name.message[options.lang]}`);
}

/** `openbeian codes list`: a table, one JSON document, or NDJSON page by page. */
export async function list(options: ServerOptions & ListFilter & { readonly ndjson?: true }): Promise<void> {
  await asking(options, async (client) => {
    const codes = codesOf(client, options);
    if (options.ndjson) return printNdjson(codes);
    if (options.json) return printJson({ codes: await allOf(codes) });
    let any = false;
    for await (const code of codes) {
      any = true;
      printRow(code);
    }
    if (!any) print(codesWords.none[options.lang]);
  });
}

function printRow(code: Code): void {
  const { id, tail, state, resourceId, granteeAccountId, usableUntil } = code;
  print([id, `…${tail}`, state, resourceId, granteeAccountId ?? '-', usableUntil ?? '-'].join('  '));
}

interface StoppingOptions extends ServerOptions {
  readonly days: number;
  readonly account?: string;
}

/** `openbeian codes stopping`: which live codes stop within so many days when nothing is renewed, the nearest first. */
export async function stopping(options: StoppingOptions): Promise<void> {
  await asking(options, async (client) => {
    const query = {
      days: options.days,
      limit: 200,
      ...(options.account !== undefined && { accountId: options.account }),
    };
    const codes: Stopping[] = [];
    let indexing = 0;
    for (let after: string | null | undefined; after !== null; ) {
      const page = await client.listStoppingCodes({ query: { ...query, ...(after && { after }) } });
      codes.push(...page.codes);
      indexing = page.indexing;
      after = page.next;
    }
    if (indexing > 0) {
      process.stderr.write(
        '部分授权码的停用日期正在计算，稍后再查更完整 / some stop days are being worked out; ask again later\n',
      );
    }
    if (options.json) return printJson({ codes });
    for (const { code, stopsOn, daysLeft } of codes) {
      const { id, tail, state, resourceId, granteeAccountId } = code;
      print([id, `…${tail}`, state, resourceId, granteeAccountId ?? '-', stopsOn, daysLeft].join('  '));
    }
  });
}

interface IssueOptions extends ServerOptions {
  readonly count: number;
  readonly grantee?: string;
  readonly note?: string;
  readonly key?: string;
}

/** `openbeian codes issue`: the clear codes, one a line. The same `--key` again gives the same codes. */
export async function issue(resourceId: string, options: IssueOptions): Promise<void> {
  const body = { count: options.count, granteeAccountId: options.grantee ?? null, note: options.note ?? '' };
  const call = options.key === undefined ? {} : { idempotencyKey: options.key };
  const answer = await asking(options, (client) => client.issueCodes({ params: { resourceId }, body }, call));
  if (options.json) return printJson(answer);
  for (const { clear, code } of answer.codes) print(`${clear}  ${code.id}`);
}

/** `openbeian codes show|grant|repoint|revoke`: what became of one code. */
export async function act(options: ServerOptions, ask: (client: Client) => Promise<Code>): Promise<void> {
  const code = await asking(options, ask);
  if (options.json) return printJson(code);
  printRow(code);
  for (const line of reasonLines(code.reasons, options.lang)) print(line);
}

/** `openbeian codes reveal`: the whole code again, for a reason that is kept. */
export async function reveal(codeId: string, options: ServerOptions & { readonly reason: string }): Promise<void> {
  const body = { reason: options.reason };
  const answer = await asking(options, (client) => client.revealCode({ params: { codeId }, body }));
  if (options.json) return printJson(answer);
  print(answer.clear);
}

interface ExportOptions extends ServerOptions, ListFilter {
  readonly format: 'csv' | 'ndjson';
  readonly bom?: true;
  readonly reveal?: true;
  readonly reason?: string;
}

/** `openbeian codes export`: as it comes from the server, masked unless `--reveal`, which leaves an audit row a code. */
export async function exportCodes(options: ExportOptions): Promise<void> {
  const { reason } = options;
  if (options.reveal && reason === undefined) {
    throw new InputError('--reveal 需要 --reason 说明理由。 / --reveal needs a --reason.');
  }
  await asking(options, async (client) => {
    async function* rows() {
      for await (const code of codesOf(client, options)) {
        const params = { codeId: code.id };
        const clear =
          options.reveal && reason !== undefined ? (await client.revealCode({ params, body: { reason } })).clear : null;
        yield { code, clear };
      }
    }
    async function* texts() {
      const names = [...codeExportColumns, ...(options.reveal ? ['clear'] : [])];
      if (options.format === 'csv') yield `${options.bom ? byteOrderMark : ''}${csvLine(names)}`;
      for await (const { code, clear } of rows()) {
        if (options.format === 'csv') {
          yield csvLine([...codeExportColumns.map((name) => code[name]), ...(options.reveal ? [clear] : [])]);
        } else yield `${JSON.stringify(options.reveal ? { ...code, clear } : code)}\n`;
      }
    }
    await printTexts(texts());
  });
}

import type { Client } from '@openbeian/contract/client';
import { type AuthorityCaseKind, authorityCaseTexts } from '@openbeian/model/authority-case';
import { InputError } from '../io/input.ts';
import { asking, type ServerOptions } from '../io/server-connection.ts';
import { shanghaiTime } from '../io/shanghai-time.ts';
import type { BothTexts, Lang } from '../io/words.ts';
import { authorityWords, provinceName } from './words.ts';

export type Document = Parameters<Client['getAuthorityDocument']>[0]['params']['kind'];
type Act = Parameters<Client['settleAuthorityCase']>[0]['body']['act'];

export interface PageOptions extends ServerOptions {
  readonly after?: string;
  readonly limit?: string;
  readonly province?: string;
}
export interface CaseOptions extends PageOptions {
  readonly kind?: AuthorityCaseKind;
}
export interface SeenOptions extends CaseOptions {
  readonly reason: string;
  readonly key?: string;
}
export interface ShowOptions extends ServerOptions {
  readonly reveal?: true;
}
export interface SettleOptions extends ServerOptions {
  readonly act: string;
  readonly corrected?: true;
  readonly subjectNumber?: string;
  readonly serviceNumber?: string;
  readonly filing?: string;
  readonly untrue?: true;
  readonly verifier?: string;
  readonly opinion?: string;
  readonly errors?: string;
  readonly result?: string;
  readonly handling?: string;
  readonly doneOn?: string;
  readonly key?: string;
}

/** `openbeian authority lines`: each province with its state and why. */
export async function lines(options: ServerOptions): Promise<void> {
  const answer = await asking(options, (client) => client.listAuthorityLines({}));
  if (options.json) return print(JSON.stringify(answer));
  const { lang } = options;
  if (answer.lines.length === 0) print(authorityWords.noLines[lang]);
  for (const line of answer.lines) {
    const { state, because, closedUntil, stoppedAt, downloadsWait, lastAt, lastOperation, lastCode } = line;
    const states = {
      open: authorityWords.open,
      closed: authorityWords.closed(timeOf(closedUntil)),
      stopped: authorityWords.stopped(timeOf(stoppedAt)),
    };
    const counts = [
      authorityWords.sequence(line.acceptedSequence)[lang],
      authorityWords.waiting(line.waiting)[lang],
      authorityWords.cases(line.openCases)[lang],
    ];
    print([line.provinceCode, provinceName(line.provinceCode, lang), states[state][lang], ...counts].join('  '));
    if (because !== null) print(`  ${because[lang]}  [${because.code}]`);
    if (downloadsWait !== null) {
      const { until, because: why } = downloadsWait;
      print(`  ${authorityWords.downloadsWait(timeOf(until))[lang]}  ${why?.[lang] ?? ''}  [${why?.code ?? ''}]`);
    }
    if (lastAt !== null) {
      print(`  ${authorityWords.last(shanghaiTime(lastAt))[lang]}  ${lastOperation ?? ''}  ${lastCode ?? ''}`);
    }
  }
}

/** Which part of a list is asked for. */
const pageOf = ({ after, limit }: PageOptions) => ({
  ...(after !== undefined && { after }),
  // The server checks it and says what it may be.
  ...(limit !== undefined && { limit: Number(limit) }),
});

/** As `pageOf`, of one province where that is asked for. */
export const queryOf = ({ province, ...page }: PageOptions) => ({
  ...pageOf(page),
  ...(province !== undefined && { provinceCode: province }),
});

/** `openbeian authority cases`: what waits for an operator, the newest first. */
export async function cases(options: CaseOptions): Promise<void> {
  const answer = await asking(options, (client) => client.listAuthorityCases({ query: casesOf(options) }));
  if (options.json) return print(JSON.stringify(answer));
  const { lang } = options;
  if (answer.cases.length === 0) print(authorityWords.noCases[lang]);
  for (const { id, provinceCode, kind, openedAt, about, filingId, domainName } of answer.cases) {
    const where = provinceName(provinceCode, lang);
    const of = [about ?? domainName ?? '', filingId ?? ''];
    print([id, where, kindText(kind, lang), shanghaiTime(openedAt), ...of].join('  ').trimEnd());
  }
  if (answer.next !== null) print(`--after ${answer.next}`);
}

const casesOf = ({ kind, ...options }: CaseOptions) => ({ ...queryOf(options), ...(kind !== undefined && { kind }) });

/** A newer server may have kinds that this release does not know. */
function kindText(kind: string, lang: Lang): string {
  const texts: Readonly<Record<string, BothTexts>> = authorityCaseTexts;
  return texts[kind]?.[lang] ?? kind;
}

const timeOf = (instant: string | null): string => (instant === null ? '-' : shanghaiTime(instant));

/** As many as the server settles at once. */
const mostAtOnce = 200;

/** `openbeian authority seen`: those that are named, or all of a kind, are settled with one reason. */
export async function seen(caseIds: readonly string[], options: SeenOptions): Promise<void> {
  const { kind, reason, key, lang } = options;
  if (caseIds.length === 0 && kind === undefined) throw new InputError(authorityWords.nameCases[lang]);
  const ids = caseIds.length > 0 ? caseIds : await allOf(options);
  let settled = 0;
  let left = 0;
  for (let from = 0; from < ids.length; from += mostAtOnce) {
    const body = { caseIds: ids.slice(from, from + mostAtOnce), reason };
    const call = key === undefined ? {} : { idempotencyKey: from === 0 ? key : `${key}-${from}` };
    const answer = await asking(options, (client) => client.settleAuthorityCases({ body }, call));
    settled += answer.settled;
    left += answer.left;
  }
  print(options.json ? JSON.stringify({ settled, left }) : authorityWords.seen(settled, left)[lang]);
}

/** The ids of every open case of a kind. */
async function allOf(options: SeenOptions): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after: string | null | undefined = options.after; after !== null; ) {
    const query = casesOf({ ...options, limit: String(mostAtOnce), ...(after !== undefined && { after }) });
    const page = await asking(options, (client) => client.listAuthorityCases({ query }));
    ids.push(...page.cases.map(({ id }) => id));
    after = page.next;
  }
  return ids;
}

/** `openbeian authority packages`: what was sent to a province, the newest first. */
export async function packages(provinceCode: string, options: PageOptions): Promise<void> {
  const input = { params: { provinceCode }, query: pageOf(options) };
  const answer = await asking(options, (client) => client.listAuthorityPackages(input));
  if (options.json) return print(JSON.stringify(answer));
  const { lang } = options;
  if (answer.packages.length === 0) print(authorityWords.noPackages[lang]);
  for (const { id, sequence, state, madeAt, answerCode, filingId, domainName } of answer.packages) {
    const said = authorityWords[state][lang];
    print(
      [id, sequence, said, shanghaiTime(madeAt), answerCode ?? '-', filingId ?? '', domainName ?? '']
        .join('  ')
        .trimEnd(),
    );
  }
  if (answer.next !== null) print(`--after ${answer.next}`);
}

/** `openbeian authority files`: what was downloaded from a province, the newest first. */
export async function files(provinceCode: string, options: PageOptions): Promise<void> {
  const { limit } = pageOf(options);
  const input = { params: { provinceCode }, query: limit === undefined ? {} : { limit } };
  const answer = await asking(options, (client) => client.listAuthorityFiles(input));
  if (options.json) return print(JSON.stringify(answer));
  const { lang } = options;
  if (answer.files.length === 0) print(authorityWords.noFiles[lang]);
  for (const { id, fileName, fetchedAt, acknowledgedAt, trouble } of answer.files) {
    const state = authorityWords[acknowledgedAt === null ? 'notAcknowledged' : 'acknowledged'][lang];
    print([id, fileName, shanghaiTime(fetchedAt), state, trouble ?? ''].join('  ').trimEnd());
  }
}

/** `openbeian authority show`: the content of a package or a case, as JSON by the names of the interface. */
export async function show(kind: Document, documentId: string, options: ShowOptions): Promise<void> {
  const params = { kind, documentId };
  const { content } = await asking(options, (client) =>
    options.reveal ? client.revealAuthorityDocument({ params }) : client.getAuthorityDocument({ params }),
  );
  print(JSON.stringify(content, null, options.json ? 0 : 2));
  // Beside the answer, so that what reads it reads JSON.
  if (!options.reveal) process.stderr.write(`${authorityWords.masked[options.lang]}\n`);
}

/** `openbeian authority settle` and `openbeian authority resend`. */
export async function settle(caseId: string, options: SettleOptions): Promise<void> {
  const call = options.key === undefined ? {} : { idempotencyKey: options.key };
  const input = { params: { caseId }, body: { act: actOf(options) } };
  const answer = await asking(options, (client) => client.settleAuthorityCase(input, call));
  print(options.json ? JSON.stringify(answer) : authorityWords.settled[options.lang]);
}

function actOf(options: SettleOptions): Act {
  const { act, corrected, subjectNumber, serviceNumber, filing } = options;
  switch (act) {
    case 'seen':
    case 'return_to_customer':
    case 'read_again':
      return { act };
    case 'send_again':
      return { act, corrected: corrected === true };
    case 'approved_under':
      return {
        act,
        subjectNumber: needed('--subject-number', subjectNumber),
        serviceNumber: needed('--service-number', serviceNumber),
      };
    case 'answer_task':
    case 'report_unfiled':
      return answerOf(act, options);
    default:
      return { act: 'is_about', filingId: needed('--filing', filing) };
  }
}

function answerOf(act: 'answer_task' | 'report_unfiled', options: SettleOptions): Act {
  const { untrue, verifier, opinion, errors = '', result, handling, doneOn } = options;
  if (act === 'report_unfiled') {
    return {
      act,
      // The server checks it and says what it may be.
      result: Number(needed('--result', result)),
      handling: needed('--handling', handling),
      doneOn: needed('--done-on', doneOn),
    };
  }
  return {
    act,
    isTrue: untrue !== true,
    verifier: needed('--verifier', verifier),
    opinion: needed('--opinion', opinion),
    errors,
  };
}

function needed(option: string, value: string | undefined): string {
  if (value === undefined) throw new InputError(`此处理方式还需要 ${option} / this act needs ${option}`);
  return value;
}

/** `openbeian authority resume`: a stopped line goes on. */
export async function resume(provinceCode: string, options: ServerOptions): Promise<void> {
  const answer = await asking(options, (client) => client.resumeAuthorityLine({ params: { provinceCode } }));
  if (options.json) return print(JSON.stringify(answer));
  print(authorityWords[answer.resumed ? 'resumed' : 'notStopped'][options.lang]);
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

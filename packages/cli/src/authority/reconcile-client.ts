import type { Client } from '@openbeian/contract/client';
import { differenceTexts, type Repair, repairTexts, unjudgedText } from '@openbeian/model/reconciliation';
import { InputError } from '../io/input.ts';
import { asking, type ServerOptions } from '../io/server-connection.ts';
import { shanghaiTime } from '../io/shanghai-time.ts';
import { type PageOptions, queryOf } from './authority-client.ts';
import { provinceName, reconcileWords } from './words.ts';

type Act = Parameters<Client['repairDifference']>[0]['body']['act'];
type DifferenceQuery = NonNullable<NonNullable<Parameters<Client['listDifferences']>[0]>['query']>;

export interface DifferenceOptions extends PageOptions {
  readonly kind?: DifferenceQuery['kind'];
  readonly state?: DifferenceQuery['state'];
}
export interface RepairOptions extends ServerOptions {
  readonly by: Repair;
  readonly account?: string;
  readonly reason?: string;
  readonly key?: string;
}

/** `openbeian authority reconcile start`: has both books compared, in the background. */
export async function start(provinceCode: string, options: ServerOptions): Promise<void> {
  const answer = await asking(options, (client) => client.startReconciliation({ params: { provinceCode } }));
  if (options.json) return print(JSON.stringify(answer));
  print(`${reconcileWords[answer.started ? 'started' : 'underWay'][options.lang]}  ${answer.reconciliationId}`);
}

/** `openbeian authority reconcile stop`. */
export async function stop(reconciliationId: string, options: ServerOptions): Promise<void> {
  const answer = await asking(options, (client) => client.callOffReconciliation({ params: { reconciliationId } }));
  print(options.json ? JSON.stringify(answer) : reconcileWords.calledOff[options.lang]);
}

/** `openbeian authority reconcile runs`, the newest first. */
export async function runs(options: PageOptions): Promise<void> {
  const answer = await asking(options, (client) => client.listReconciliations({ query: queryOf(options) }));
  if (options.json) return print(JSON.stringify(answer));
  const { lang } = options;
  if (answer.reconciliations.length === 0) print(reconcileWords.noRuns[lang]);
  for (const { id, provinceCode, startedAt, endedAt, ending, ...run } of answer.reconciliations) {
    const state = ending === null ? reconcileWords.running[lang] : reconcileWords[ending][lang];
    const counts = reconcileWords.counts(run)[lang];
    const times = [shanghaiTime(startedAt), endedAt === null ? '-' : shanghaiTime(endedAt)];
    print([id, provinceName(provinceCode, lang), ...times, state, counts].join('  '));
    const unjudged = unjudgedText(run);
    if (unjudged !== null) print(`  ${unjudged[lang]}`);
    if (run.waitsUntil !== null && run.because !== null) {
      print(`  ${reconcileWords.waits(shanghaiTime(run.waitsUntil))[lang]}  ${run.because[lang]}`);
    }
  }
  if (answer.next !== null) print(`--after ${answer.next}`);
}

/** `openbeian authority reconcile list`: in what both books differ, with what either says and how to fix it. */
export async function differences(options: DifferenceOptions): Promise<void> {
  const { kind, state, lang } = options;
  const query = { ...queryOf(options), ...(kind !== undefined && { kind }), ...(state !== undefined && { state }) };
  const answer = await asking(options, (client) => client.listDifferences({ query }));
  if (options.json) return print(JSON.stringify(answer));
  if (answer.differences.length === 0) print(reconcileWords.noDifferences[lang]);
  for (const row of answer.differences) {
    const text = differenceTexts[row.kind];
    const { id, provinceCode, serviceNumber, domainName, ours, theirs } = row;
    const where = provinceName(provinceCode, lang);
    print([id, where, serviceNumber ?? '-', domainName ?? '-', reconcileWords[row.state][lang]].join('  '));
    print(`  ${text[lang]}  ${reconcileWords.sides(ours ?? '—', theirs ?? '—')[lang]}`);
    print(`  ${text.remedy[lang]}`);
  }
  if (answer.next !== null) print(`--after ${answer.next}`);
}

/** `openbeian authority reconcile repair`. */
export async function repair(differenceId: string, options: RepairOptions): Promise<void> {
  const call = options.key === undefined ? {} : { idempotencyKey: options.key };
  const act = actOf(options);
  const answer = await asking(options, (client) =>
    client.repairDifference({ params: { differenceId }, body: { act } }, call),
  );
  if (options.json) return print(JSON.stringify(answer));
  print(`${repairTexts[options.by][options.lang]}  ${reconcileWords[answer.state][options.lang]}`);
}

/** A password is no option: it would stand in the shell’s history. */
function actOf({ by, account, reason }: RepairOptions): Act {
  const filingPassword = process.env.OPENBEIAN_FILING_PASSWORD;
  switch (by) {
    case 'take_over':
      return { repair: by, ...(account !== undefined && { accountId: account }) };
    case 'send_again':
      return { repair: by, ...(filingPassword && { filingPassword }) };
    case 'open_case':
      return { repair: by };
    case 'seen':
      if (reason === undefined) throw new InputError('此处理方式还需要 --reason / this repair needs --reason');
      return { repair: by, reason };
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

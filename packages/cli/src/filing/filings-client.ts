import type { Client } from '@openbeian/contract/client';
import { addDays, isDay, startOfDay } from '@openbeian/model/calendar';
import { InputError } from '../io/input.ts';
import { asking, type ServerOptions } from '../io/server-connection.ts';
import { filingsWords } from './filings-words.ts';

export interface ReopenOptions extends ServerOptions {
  readonly comment: string;
}
export interface LapsedOptions extends ServerOptions {
  readonly from: string;
  readonly to: string;
}

type Lapse = Awaited<ReturnType<Client['listLapsedFilings']>>['lapses'][number];
type Refused = Awaited<ReturnType<Client['reopenLapsedFilings']>>['refused'];

/** `openbeian filings lapsed`: the earliest first. */
export async function lapsed(options: LapsedOptions): Promise<void> {
  const within = periodOf(options);
  const lapses = await asking(options, (client) => everyLapse(client, within));
  if (options.json) return print(JSON.stringify({ lapses }));
  const { lang } = options;
  if (lapses.length === 0) print(filingsWords.nothingLapsed[lang]);
  for (const { filing, lapsedAt, state, swept, until } of lapses) {
    const by = filingsWords[swept ? 'byClock' : 'byOperator'][lang];
    print(`${lapsedAt}  ${filing.id}  ${filing.domainName}  ${state}  ${by}`);
    if (filing.reopenUntil === null) print(`  ${filingsWords.openedOrOver[lang]}`);
    else print(`  ${filingsWords.until(until)[lang]}`);
  }
}

async function everyLapse(client: Client, within: { readonly from: string; readonly to: string }): Promise<Lapse[]> {
  const lapses: Lapse[] = [];
  let after: string | undefined;
  do {
    const query = { ...within, limit: 500, ...(after !== undefined && { after }) };
    const page = await client.listLapsedFilings({ query });
    lapses.push(...page.lapses);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return lapses;
}

/** `openbeian filings reopen`. */
export async function reopen(filingId: string, options: ReopenOptions): Promise<void> {
  const { comment } = options;
  const filing = await asking(options, async (client) => {
    const { version } = (await client.getFiling({ params: { filingId } })).filing;
    return client.reopenFiling({ params: { filingId }, body: { version, comment } });
  });
  if (options.json) return print(JSON.stringify({ filing }));
  print(filingsWords.reopened(filing.stateText[options.lang])[options.lang]);
}

/** `openbeian filings reopen-lapsed`: batch after batch; what is done is told also when a later one fails. Exit status 1 where some stay closed. */
export async function reopenLapsed(options: LapsedOptions & ReopenOptions): Promise<void> {
  const body = { ...periodOf(options), comment: options.comment };
  const refused: Refused = [];
  let reopened = 0;
  const tell = () => {
    if (options.json) return print(JSON.stringify({ reopened, refused }));
    const { lang } = options;
    print(filingsWords.reopenedMany(reopened)[lang]);
    for (const { filingId, domainName, message } of refused) print(`${filingId}  ${domainName}\n  ${message[lang]}`);
  };
  try {
    await asking(options, async (client) => {
      let after: string | undefined;
      do {
        const answer = await client.reopenLapsedFilings({ body: { ...body, ...(after !== undefined && { after }) } });
        reopened += answer.reopened;
        refused.push(...answer.refused);
        after = answer.next ?? undefined;
      } while (after !== undefined);
    });
  } catch (error) {
    if (reopened + refused.length > 0) tell();
    throw error;
  }
  if (refused.length > 0) process.exitCode = 1;
  tell();
}

/** A day stands for the whole of it. */
function periodOf({ from, to }: LapsedOptions): { readonly from: string; readonly to: string } {
  const last = isDay(to) ? new Date(Date.parse(startOfDay(addDays(to, 1))) - 1).toISOString() : instantOf('--to', to);
  return { from: instantOf('--from', from), to: last };
}

function instantOf(option: string, text: string): string {
  if (isDay(text)) return startOfDay(text);
  if (!/^\d{4}-\d{2}-\d{2}T.+(Z|[+-]\d{2}:\d{2})$/.test(text) || Number.isNaN(Date.parse(text))) {
    const { zh, en } = filingsWords.wrongTime(option);
    throw new InputError(`${zh} / ${en}`);
  }
  return new Date(text).toISOString();
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

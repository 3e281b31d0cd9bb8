import type { Client } from '@openbeian/contract/client';
import { asking, type ServerOptions } from '../io/server-connection.ts';
import { shanghaiTime } from '../io/shanghai-time.ts';
import { workWords } from './words.ts';

export type WorkOptions = ServerOptions;

type Failure = Awaited<ReturnType<Client['listWorkFailures']>>['failures'][number];

/** `openbeian work list`: parked items first, then those that are retried soonest. */
export async function list(options: WorkOptions): Promise<void> {
  const answer = await asking(options, async (client) => ({ failures: await everyFailure(client) }));
  if (options.json) return print(JSON.stringify(answer));
  const { lang } = options;
  if (answer.failures.length === 0) print(workWords.nothingFailed[lang]);
  for (const { kind, itemId, failures, retryAt, lastError, lastFault, filingId } of answer.failures) {
    const state = retryAt === null ? workWords.parked : workWords.retryAt(shanghaiTime(retryAt));
    const filing = filingId === null || filingId === itemId ? '' : `  ${filingId}`;
    print(
      `${kind}  ${itemId}${filing}  ${workWords.failures(failures)[lang]}  ${state[lang]}\n  ${lastFault === null ? lastError : `${lastFault[lang]}  [${lastFault.code}]`}`,
    );
  }
}

/** Page by page. What comes or goes meanwhile is listed or not; nothing is listed twice. */
async function everyFailure(client: Client): Promise<Failure[]> {
  const failures: Failure[] = [];
  let after: string | undefined;
  do {
    const page = await client.listWorkFailures({ query: { limit: 500, ...(after !== undefined && { after }) } });
    failures.push(...page.failures);
    after = page.next ?? undefined;
  } while (after !== undefined);
  return failures;
}

/** `openbeian work retry` and `openbeian work park`. */
export async function reschedule(
  action: 'retry' | 'park',
  item: { readonly kind: string; readonly itemId: string },
  options: WorkOptions,
): Promise<void> {
  // The server checks the kind and names the ones there are.
  const params = item as { kind: 'overdue'; itemId: string };
  const answer = await asking(options, (client) =>
    action === 'retry' ? client.retryWork({ params }) : client.parkWork({ params }),
  );
  if (options.json) return print(JSON.stringify(answer));
  print(workWords[action === 'retry' ? 'retried' : 'parkedNow'][options.lang]);
}

/** `openbeian work retry-all`: everything of that kind that is parked, however many there are. */
export async function retryAll(kind: string, options: WorkOptions): Promise<void> {
  // The server checks the kind and names the ones there are.
  const params = { kind: kind as 'overdue' };
  const retried = await asking(options, async (client) => {
    let [sum, left] = [0, 0];
    do {
      const answer = await client.retryParkedWork({ params });
      sum += answer.retried;
      left = answer.retried === 0 ? 0 : answer.left;
    } while (left > 0);
    return sum;
  });
  if (options.json) return print(JSON.stringify({ retried }));
  print(workWords.retriedAll(retried)[options.lang]);
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

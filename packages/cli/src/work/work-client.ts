import { asking, type ServerOptions } from '../io/server-connection.ts';
import { workWords } from './words.ts';

export type WorkOptions = ServerOptions;

/** `openbeian work list`: parked items first, then those that are retried soonest. */
export async function list(options: WorkOptions): Promise<void> {
  const answer = await asking(options, (client) => client.listWorkFailures());
  if (options.json) return print(JSON.stringify(answer));
  const { lang } = options;
  if (answer.failures.length === 0) print(workWords.nothingFailed[lang]);
  for (const { kind, itemId, failures, retryAt, lastError } of answer.failures) {
    const state = retryAt === null ? workWords.parked : workWords.retryAt(retryAt);
    print(`${kind}  ${itemId}  ${workWords.failures(failures)[lang]}  ${state[lang]}\n  ${lastError}`);
  }
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

const print = (line: string): void => void process.stdout.write(`${line}\n`);

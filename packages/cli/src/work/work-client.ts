import { asking, type ServerOptions } from '../io/server-connection.ts';

export type WorkOptions = ServerOptions;

/** `openbeian work list`: parked items first, then those that are tried again soonest. */
export async function list(options: WorkOptions): Promise<void> {
  const answer = await asking(options, (client) => client.listWorkFailures());
  if (options.json) return print(JSON.stringify(answer));
  const zh = options.lang === 'zh';
  if (answer.failures.length === 0) print(zh ? '没有失败的后台任务' : 'No background work has failed');
  for (const { kind, itemId, failures, retryAt, lastError } of answer.failures) {
    const next = zh ? `${retryAt} 重试` : `retried at ${retryAt}`;
    const state = retryAt === null ? (zh ? '已搁置' : 'parked') : next;
    print(`${kind}  ${itemId}  ${zh ? `失败 ${failures} 次` : `failed ${failures} times`}  ${state}\n  ${lastError}`);
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
  const zh = options.lang === 'zh';
  if (action === 'retry') return print(zh ? '将立即重试' : 'It is tried again now');
  print(zh ? '已搁置，不再自动重试' : 'Parked; it is not retried by itself');
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

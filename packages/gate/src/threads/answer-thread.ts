import { parentPort, workerData } from 'node:worker_threads';
import { BlockedTally, handOverEveryMs } from '../blocked/blocked-tally.ts';
import { tallyInto } from '../decision-tally.ts';
import type { ConnectionCounts } from '../listen/connection-limit.ts';
import { type Listeners, listenEverywhere } from '../listen/listeners.ts';
import type { MetricsPage } from '../metrics.ts';
import { ShownSnapshot } from '../snapshot/shown-snapshot.ts';
import { outsideOf, withListedNumber } from '../snapshot/snapshot-keeper.ts';
import type { HostRecords } from '../snapshot/thread-handle.ts';
import type { AnswerThreadTask, FromAnswerThread, ToAnswerThread } from './messages.ts';

/*
 * A further thread that answers: it listens beside the main thread and decides by the same bytes. What only the main thread has it
 * asks for.
 */

const port = parentPort;
// `AnswerThreads` starts this thread, with exactly this.
const { config, places, shown: shownNow, tally } = workerData as AnswerThreadTask;
const tell = (message: FromAnswerThread) => port?.postMessage(message, []);

const shown = new ShownSnapshot(config, Date.now, outsideOf(config));
for (const news of shownNow) shown.hear(news);

const cuts = new Map<number, () => void>();
let connections = 0;
const counts: ConnectionCounts = {
  opened(address, cut) {
    connections += 1;
    const connection = connections;
    cuts.set(connection, cut);
    tell({ kind: 'opened', connection, address });
    return () => {
      cuts.delete(connection);
      tell({ kind: 'closed', connection });
    };
  },
};

const blocked = new BlockedTally();
/** The main thread reports them with its own. */
function handOverBlocked(): void {
  if (!blocked.isEmpty) tell({ kind: 'blocked', batch: blocked.takeAll() });
}
setInterval(handOverBlocked, handOverEveryMs).unref();

let asked = 0;
const recordsAsked = new Map<number, (records: HostRecords) => void>();
const pagesAsked = new Map<number, (page: MetricsPage) => void>();
function ask<T>(waiting: Map<number, (answer: T) => void>, question: (id: number) => FromAnswerThread): Promise<T> {
  asked += 1;
  const id = asked;
  const { promise, resolve } = Promise.withResolvers<T>();
  waiting.set(id, resolve);
  tell(question(id));
  return promise;
}

let listeners: Listeners | null = null;

async function stop(): Promise<void> {
  await listeners?.close();
  handOverBlocked();
  tell({ kind: 'stopped' });
  port?.close();
}

function hear(message: ToAnswerThread): void {
  switch (message.kind) {
    case 'records':
      recordsAsked.get(message.id)?.(message.records);
      recordsAsked.delete(message.id);
      break;
    case 'metrics':
      pagesAsked.get(message.id)?.(message.page);
      pagesAsked.delete(message.id);
      break;
    case 'cut':
      cuts.get(message.connection)?.();
      break;
    case 'stop':
      void stop();
      break;
    default:
      shown.hear(message);
  }
}

try {
  listeners = await listenEverywhere(
    {
      config,
      counts,
      // The main thread reads the same files, and says what is wrong with them.
      log: () => {},
      nowMs: Date.now,
      keeper: {
        shown,
        recordsOf: async (host, anyNumber) =>
          withListedNumber(await ask(recordsAsked, (id) => ({ kind: 'records', id, host })), host, anyNumber),
      },
      metrics: {
        ...tallyInto(tally),
        countBlocked: (read, reason) => blocked.count(read, reason),
        page: () => ask(pagesAsked, (id) => ({ kind: 'metrics', id })),
      },
    },
    places,
  );
  tell({ kind: 'listening' });
  // Only now: what is told meanwhile waits.
  port?.on('message', hear);
} catch (error) {
  tell({ kind: 'unable', code: (error as NodeJS.ErrnoException).code ?? 'unknown' });
}

import type { GateConfig } from '../config.ts';
import type { ConnectionCounts } from '../listen/connection-limit.ts';
import type { ListenedPlace } from '../listen/listener.ts';
import type { GateLog } from '../log.ts';
import type { GateMetrics } from '../metrics.ts';
import type { ShownNews } from '../snapshot/shown-snapshot.ts';
import type { SnapshotKeeper } from '../snapshot/snapshot-keeper.ts';
import { LastingThread } from './lasting-thread.ts';
import type { AnswerThreadTask, FromAnswerThread, ToAnswerThread } from './messages.ts';

/** What the main thread has for those that answer beside it. */
export interface AnswerThreadsNeeds {
  readonly config: GateConfig;
  readonly keeper: SnapshotKeeper;
  readonly metrics: GateMetrics;
  readonly counts: ConnectionCounts;
  readonly log: GateLog;
}

/** The threads that answer beside the main one. */
export interface AnswerThreads {
  /** Resolves when all listen. Rejects with the system's error where one cannot. */
  readonly listening: Promise<void>;
  /** Something else is shown now than before. */
  onShown(news: ShownNews): void;
  close(): Promise<void>;
}

/**
 * Starts them; from now on they must hear what is shown.
 * @param places of the main thread, with the ports that it was given
 */
export function startAnswerThreads(needs: AnswerThreadsNeeds, places: readonly ListenedPlace[]): AnswerThreads {
  const threads = Array.from({ length: needs.config.threads - 1 }, (_, at) => {
    const own = places.map((place) => placeOfThread(place, at + 1));
    return new AnswerThread(needs, own);
  });
  return {
    listening: allOf(threads.map((thread) => thread.listening)),
    onShown(news) {
      for (const thread of threads) thread.tell(news);
    },
    close: () => allOf(threads.map((thread) => thread.close())),
  };
}

async function allOf(promises: readonly Promise<void>[]): Promise<void> {
  await Promise.all(promises);
}

/** A port is shared by all threads; a Unix socket cannot be. */
function placeOfThread(place: ListenedPlace, number: number): ListenedPlace {
  return place.path === undefined ? place : { ...place, path: `${place.path}.${number}` };
}

/** One of them. When it ends by itself the others answer on, and another one takes its place. */
class AnswerThread {
  readonly #needs: AnswerThreadsNeeds;
  readonly #listening = Promise.withResolvers<void>();
  /** What is to be called when a connection of it is closed. */
  readonly #open = new Map<number, () => void>();
  readonly #thread: LastingThread<ToAnswerThread, FromAnswerThread>;

  constructor(needs: AnswerThreadsNeeds, places: readonly ListenedPlace[]) {
    this.#needs = needs;
    const { config, keeper, log } = needs;
    const tally = needs.metrics.tallyForThread();
    this.#thread = new LastingThread({
      program: new URL('./answer-thread.ts', import.meta.url),
      name: 'answer',
      log,
      task: (): AnswerThreadTask => ({ config, places, shown: [...keeper.shown.news()], tally }),
      onMessage: (message) => void this.#hear(message),
      onEnd: () => this.#end(),
    });
  }

  get listening(): Promise<void> {
    return this.#listening.promise;
  }

  tell(message: ToAnswerThread): void {
    this.#thread.tell(message);
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  async #hear(message: Exclude<FromAnswerThread, { kind: 'stopped' }>): Promise<void> {
    const { keeper, metrics, counts } = this.#needs;
    switch (message.kind) {
      case 'records':
        this.tell({ kind: 'records', id: message.id, records: await keeper.recordsOf(message.host, null) });
        break;
      case 'metrics':
        this.tell({ kind: 'metrics', id: message.id, page: await metrics.page() });
        break;
      case 'blocked':
        metrics.blocked.add(message.batch);
        break;
      case 'opened': {
        const { connection, address } = message;
        this.#open.set(
          connection,
          counts.opened(address, () => this.tell({ kind: 'cut', connection })),
        );
        break;
      }
      case 'closed':
        this.#open.get(message.connection)?.();
        this.#open.delete(message.connection);
        break;
      case 'listening':
        this.#listening.resolve();
        break;
      case 'unable':
        this.#listening.reject(Object.assign(new Error(message.code), { code: message.code, syscall: 'listen' }));
    }
  }

  #end(): void {
    this.#listening.reject(new Error('an answering thread ended before it listened'));
    for (const closed of this.#open.values()) closed();
    this.#open.clear();
  }
}

import { Worker } from 'node:worker_threads';
import type { GateRecord } from '@openbeian/model/gate';
import type { GateLog } from '../log.ts';
import type { FromThread, ThreadTask, ToThread } from './snapshot-thread.ts';

/** The two records that a host can have. */
export interface HostRecords {
  readonly site: GateRecord | null;
  readonly app: GateRecord | null;
}

/** Messages of the thread about the snapshot that it keeps. */
export type ThreadNews = Exclude<FromThread, { kind: 'log' | 'records' | 'stopped' }>;

/** Who listens to the thread. */
export interface ThreadListener {
  onNews(news: ThreadNews): void;
  /** It ended by itself; another one begins soon. */
  onEnd(): void;
  readonly log: GateLog;
}

const restartAfterMs = 2000;
const nothing: HostRecords = { site: null, app: null };

/**
 * The thread that keeps the snapshot, as the answering thread has it. One that ends by itself is an error of ours: decisions go
 * on by what is held, and another one goes on with it.
 */
export class ThreadHandle {
  readonly #task: ThreadTask;
  readonly #listener: ThreadListener;
  readonly #loaded = Promise.withResolvers<void>();
  readonly #stopped = Promise.withResolvers<void>();
  readonly #waiting = new Map<number, (records: HostRecords) => void>();
  #worker: Worker;
  #asked = 0;
  #isGone = false;
  #isClosing = false;
  #isFollowing = false;

  constructor(task: ThreadTask, listener: ThreadListener) {
    this.#task = task;
    this.#listener = listener;
    this.#worker = this.#start(task);
  }

  /** Resolves when the thread has looked at the disk, or ended. */
  get loaded(): Promise<void> {
    return this.#loaded.promise;
  }

  /** Begins to follow the control plane. */
  follow(): void {
    this.#isFollowing = true;
    if (!this.#isGone) this.#tell({ kind: 'follow' });
  }

  /** The records that a host is evaluated by. */
  async recordsOf(host: string): Promise<HostRecords> {
    if (this.#isClosing || this.#isGone) return nothing;
    this.#asked += 1;
    const { promise, resolve } = Promise.withResolvers<HostRecords>();
    this.#waiting.set(this.#asked, resolve);
    this.#tell({ kind: 'records', id: this.#asked, host });
    return promise;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    if (!this.#isGone) {
      this.#tell({ kind: 'stop' });
      await this.#stopped.promise;
    }
    await this.#worker.terminate();
  }

  #tell(message: ToThread): void {
    this.#worker.postMessage(message, []);
  }

  #start(task: ThreadTask): Worker {
    this.#isGone = false;
    const worker = new Worker(new URL('./snapshot-thread.ts', import.meta.url), { workerData: task });
    worker.on('message', (message: FromThread) => this.#hear(message));
    worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#listener.log('error', 'snapshot_thread_failed', { code: error.code ?? error.name });
    });
    worker.on('exit', () => this.#end());
    return worker;
  }

  #hear(message: FromThread): void {
    switch (message.kind) {
      case 'log':
        this.#listener.log(message.level, message.event, message.fields);
        break;
      case 'records':
        this.#waiting.get(message.id)?.({ site: message.site, app: message.app });
        this.#waiting.delete(message.id);
        break;
      case 'stopped':
        this.#stopped.resolve();
        break;
      default:
        this.#listener.onNews(message);
        if (message.kind === 'loaded') this.#loaded.resolve();
    }
  }

  #end(): void {
    this.#isGone = true;
    this.#loaded.resolve();
    this.#stopped.resolve();
    for (const answer of this.#waiting.values()) answer(nothing);
    this.#waiting.clear();
    if (this.#isClosing) return;
    this.#listener.log('error', 'snapshot_thread_ended', { restartMs: restartAfterMs });
    this.#listener.onEnd();
    setTimeout(() => {
      if (this.#isClosing) return;
      // What this one knew may have been laid over since.
      this.#worker = this.#start({ ...this.#task, known: undefined });
      if (this.#isFollowing) this.#tell({ kind: 'follow' });
    }, restartAfterMs).unref();
  }
}

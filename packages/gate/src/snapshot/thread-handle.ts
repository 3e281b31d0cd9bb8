import type { GateRecord } from '@openbeian/model/gate';
import type { HandedOver } from '../blocked/blocked-reports.ts';
import type { GateLog } from '../log.ts';
import { LastingThread } from '../threads/lasting-thread.ts';
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
  /** It ended. */
  onEnd(): void;
  readonly log: GateLog;
}

const nothing: HostRecords = { site: null, app: null };

/**
 * The thread that keeps the snapshot, as the answering thread has it. When it ends, decisions go on by what is held, and another
 * one goes on with it.
 */
export class ThreadHandle {
  readonly #listener: ThreadListener;
  readonly #loaded = Promise.withResolvers<void>();
  readonly #waiting = new Map<number, (records: HostRecords) => void>();
  readonly #thread: LastingThread<ToThread, FromThread>;
  #asked = 0;
  #isFollowing = false;
  #report = '';

  constructor({ known: knownNow, ...task }: ThreadTask, listener: ThreadListener) {
    this.#listener = listener;
    let known = knownNow;
    this.#thread = new LastingThread({
      program: new URL('./snapshot-thread.ts', import.meta.url),
      name: 'snapshot',
      log: listener.log,
      task: (): ThreadTask => {
        const first = { ...task, known };
        // What this one knew may have been laid over when another one begins.
        known = undefined;
        return first;
      },
      onMessage: (message) => this.#hear(message),
      onEnd: () => this.#end(),
      onRestart: () => {
        this.#thread.tell({ kind: 'report', text: this.#report });
        if (this.#isFollowing) this.#thread.tell({ kind: 'follow' });
      },
    });
  }

  /** Resolves when the thread has looked at the disk, or ended. */
  get loaded(): Promise<void> {
    return this.#loaded.promise;
  }

  /** Begins to follow the control plane. */
  follow(): void {
    this.#isFollowing = true;
    this.#thread.tell({ kind: 'follow' });
  }

  /** What the gate says of itself with each question from now on. */
  report(text: string): void {
    this.#report = text;
    this.#thread.tell({ kind: 'report', text });
  }

  /** Which names were blocked, for the control plane. */
  addBlocked(handedOver: HandedOver): void {
    this.#thread.tell({ kind: 'blocked', handedOver });
  }

  /** The records that a host is evaluated by. */
  async recordsOf(host: string): Promise<HostRecords> {
    if (!this.#thread.isRunning) return nothing;
    this.#asked += 1;
    const { promise, resolve } = Promise.withResolvers<HostRecords>();
    this.#waiting.set(this.#asked, resolve);
    this.#thread.tell({ kind: 'records', id: this.#asked, host });
    return promise;
  }

  close(): Promise<void> {
    return this.#thread.close();
  }

  #hear(message: Exclude<FromThread, { kind: 'stopped' }>): void {
    switch (message.kind) {
      case 'log':
        this.#listener.log(message.level, message.event, message.fields);
        break;
      case 'records':
        this.#waiting.get(message.id)?.({ site: message.site, app: message.app });
        this.#waiting.delete(message.id);
        break;
      default:
        this.#listener.onNews(message);
        if (message.kind === 'loaded') this.#loaded.resolve();
    }
  }

  #end(): void {
    this.#loaded.resolve();
    for (const answer of this.#waiting.values()) answer(nothing);
    this.#waiting.clear();
    this.#listener.onEnd();
  }
}

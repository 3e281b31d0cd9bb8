import { Worker } from 'node:worker_threads';
import type { GateLog } from '../log.ts';

/** What a thread of the gate does, and who listens to it. */
export interface LastingThreadNeeds<Told extends { readonly kind: string }> {
  readonly program: URL;
  /** In its events of the log: `<name>_thread_ended`. */
  readonly name: string;
  readonly log: GateLog;
  /** What one is started with; asked for each. */
  task(): unknown;
  onMessage(message: Exclude<Told, { kind: 'stopped' }>): void;
  /** It ended; what it was asked is not answered any more. */
  onEnd(): void;
  /** Another one has begun in its place. */
  onRestart?(): void;
  readonly restartAfterMs?: number;
}

/** A thread that ends by itself, which is an error of ours, is replaced. Asked to `stop`, it tells `stopped` when it has. */
export class LastingThread<Asked, Told extends { readonly kind: string }> {
  readonly #needs: LastingThreadNeeds<Told>;
  #worker: Worker;
  #stopped: Promise<void> = Promise.resolve();
  #isGone = false;
  #isClosing = false;

  constructor(needs: LastingThreadNeeds<Told>) {
    this.#needs = needs;
    this.#worker = this.#start();
  }

  /** Will what it is asked be answered? */
  get isRunning(): boolean {
    return !this.#isGone && !this.#isClosing;
  }

  /** Dropped while there is none. */
  tell(message: Asked | { readonly kind: 'stop' }): void {
    if (!this.#isGone) this.#worker.postMessage(message, []);
  }

  /** Resolves when it has stopped. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.tell({ kind: 'stop' });
    await this.#stopped;
    await this.#worker.terminate();
  }

  #start(): Worker {
    const { program, name, log, onMessage } = this.#needs;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#stopped = promise;
    this.#isGone = false;
    const worker = new Worker(program, { workerData: this.#needs.task() });
    worker.on('message', (message: Told) => {
      if (message.kind === 'stopped') resolve();
      else onMessage(message as Exclude<Told, { kind: 'stopped' }>); // all that is left
    });
    worker.on('error', (error: NodeJS.ErrnoException) => {
      log('error', `${name}_thread_failed`, { code: error.code ?? error.name });
    });
    worker.on('exit', () => {
      resolve();
      this.#end();
    });
    return worker;
  }

  #end(): void {
    const { name, log, onEnd, onRestart, restartAfterMs = 2000 } = this.#needs;
    this.#isGone = true;
    onEnd();
    if (this.#isClosing) return;
    log('error', `${name}_thread_ended`, { restartMs: restartAfterMs });
    setTimeout(() => {
      if (this.#isClosing) return;
      this.#worker = this.#start();
      onRestart?.();
    }, restartAfterMs).unref();
  }
}

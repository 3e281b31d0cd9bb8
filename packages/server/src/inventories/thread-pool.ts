import { type Transferable, Worker } from 'node:worker_threads';
import { Fault } from '@openbeian/model/fault';

/** What a pool of threads is bounded by. */
export interface ThreadPoolBounds {
  readonly threads: number;
  /** Tasks that wait, besides those being done. */
  readonly mostWaiting: number;
  /** Tasks of one caller, waiting and being done. */
  readonly mostPerCaller: number;
  /** For one task, from when it is begun; the thread of one that takes longer is ended and replaced. */
  readonly limitMs: number;
  /** Heap of one thread. */
  readonly memoryMb: number;
}

interface Queued<Task, Answer> {
  readonly caller: string;
  readonly task: Task;
  readonly transfer: readonly Transferable[];
  readonly answer: PromiseWithResolvers<Answer>;
}

interface Thread<Task, Answer> {
  readonly worker: Worker;
  doing: { readonly queued: Queued<Task, Answer>; readonly timer: NodeJS.Timeout } | null;
}

/** When to come again after the queue was full, or a task took too long. */
const retryAfterSeconds = 5;

/**
 * Does tasks in threads, each of which answers one message with one message. Started when first needed; they keep no process
 * alive. What waits is bounded, in all and of one caller, and so are the time and the memory of a task: a thread that exceeds
 * them is ended and replaced.
 */
export class ThreadPool<Task, Answer> {
  readonly #start: () => Worker;
  readonly #bounds: ThreadPoolBounds;
  readonly #threads = new Set<Thread<Task, Answer>>();
  readonly #waiting: Queued<Task, Answer>[] = [];
  readonly #perCaller = new Map<string, number>();
  #closed = false;

  constructor(file: URL, workerData: unknown, bounds: ThreadPoolBounds) {
    this.#bounds = bounds;
    this.#start = () => new Worker(file, { workerData, resourceLimits: { maxOldGenerationSizeMb: bounds.memoryMb } });
  }

  /** Threads that there are now. */
  get size(): number {
    return this.#threads.size;
  }

  /** @throws Fault `server.busy` when too many wait, the task takes too long or too much, or the pool is closed. */
  async ask(caller: string, task: Task, transfer: readonly Transferable[] = []): Promise<Answer> {
    const ofCaller = this.#perCaller.get(caller) ?? 0;
    const { mostWaiting, mostPerCaller } = this.#bounds;
    if (this.#closed || this.#waiting.length >= mostWaiting || ofCaller >= mostPerCaller) throw busy();
    this.#perCaller.set(caller, ofCaller + 1);
    const queued = { caller, task, transfer, answer: Promise.withResolvers<Answer>() };
    this.#waiting.push(queued);
    this.#work();
    try {
      return await queued.answer.promise;
    } finally {
      const left = (this.#perCaller.get(caller) ?? 1) - 1;
      if (left === 0) this.#perCaller.delete(caller);
      else this.#perCaller.set(caller, left);
    }
  }

  /** Ends the threads; whoever waits is told to come again. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { answer } of this.#waiting.splice(0)) answer.reject(busy());
    await Promise.all(Array.from(this.#threads, ({ worker }) => worker.terminate()));
  }

  #work(): void {
    if (this.#closed || this.#waiting.length === 0) return;
    const thread = this.#idle();
    const queued = thread && this.#waiting.shift();
    if (!thread || !queued) return;
    const timer = setTimeout(() => this.#end(thread, null), this.#bounds.limitMs);
    thread.doing = { queued, timer };
    thread.worker.postMessage(queued.task, queued.transfer);
  }

  #idle(): Thread<Task, Answer> | null {
    for (const thread of this.#threads) if (thread.doing === null) return thread;
    return this.#threads.size < this.#bounds.threads ? this.#add() : null;
  }

  #add(): Thread<Task, Answer> {
    const worker = this.#start();
    worker.unref();
    const thread: Thread<Task, Answer> = { worker, doing: null };
    this.#threads.add(thread);
    worker.on('message', (answer: Answer) => {
      this.#done(thread)?.answer.resolve(answer);
      this.#work();
    });
    worker.on('error', (cause) => this.#end(thread, cause));
    worker.on('exit', () => this.#end(thread, null));
    return thread;
  }

  /** The thread is gone, or goes now; another takes its place when there is work. */
  #end(thread: Thread<Task, Answer>, cause: unknown): void {
    if (!this.#threads.delete(thread)) return;
    this.#done(thread)?.answer.reject(busy(cause));
    void thread.worker.terminate();
    this.#work();
  }

  #done(thread: Thread<Task, Answer>): Queued<Task, Answer> | null {
    const { doing } = thread;
    if (doing === null) return null;
    clearTimeout(doing.timer);
    thread.doing = null;
    return doing.queued;
  }
}

const busy = (cause: unknown = null) =>
  new Fault('server.busy', { retryAfterSeconds, ...(cause !== null && { cause }) });

import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { Fault } from '@openbeian/model/fault';
import type { HashTurn, Passwords } from '../../ports/index.ts';
import { FairQueue } from './fair-queue.ts';
import type { FromHasher, ToHasher } from './password-worker.ts';

/** No password has this hash: it is compared with where there is none. */
const hashOfNobody = `${'0'.repeat(32)}:${'0'.repeat(128)}`;
/** Waiting at once; at some 50 ms each the last one waits for about five seconds in one thread. */
const ordinaryBounds = { most: 100, mostPerLogin: 5 };
const retryAfterSeconds = 5;

interface Task {
  readonly question: ToHasher;
  readonly answer: PromiseWithResolvers<FromHasher>;
}

/** One processor stays with the requests. */
const ordinaryThreads = Math.max(1, Math.min(4, availableParallelism() - 1));

/**
 * Hashes passwords in threads of its own, in the format of better-auth. Started when first needed; they keep no process
 * alive. What waits is bounded and takes turns.
 */
export class PasswordPool implements Passwords {
  readonly #threads: number;
  readonly #queue: FairQueue<Task>;
  readonly #idle: Hasher[] = [];
  readonly #all = new Set<Hasher>();
  #closed = false;

  constructor(threads: number = ordinaryThreads, bounds = ordinaryBounds) {
    this.#threads = threads;
    this.#queue = new FairQueue(bounds);
  }

  async hash(password: string, turn: HashTurn): Promise<string> {
    const answer = await this.#ask({ password, stored: null }, turn);
    return 'hash' in answer ? answer.hash : '';
  }

  async verify(stored: string | null, password: string, turn: HashTurn): Promise<boolean> {
    const answer = await this.#ask({ password, stored: stored ?? hashOfNobody }, turn);
    return stored !== null && 'matches' in answer && answer.matches;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all(Array.from(this.#all, (hasher) => hasher.worker.terminate()));
  }

  #ask(question: ToHasher, turn: HashTurn): Promise<FromHasher> {
    const task: Task = { question, answer: Promise.withResolvers() };
    const { promise } = task.answer;
    const left = this.#queue.add(turn, task);
    left?.answer.reject(new Fault('auth.too_many_attempts', { retryAfterSeconds }));
    this.#work();
    return promise;
  }

  #work(): void {
    if (this.#closed || this.#queue.count === 0) return;
    const hasher = this.#idle.pop() ?? (this.#all.size < this.#threads ? this.#start() : undefined);
    const task = hasher && this.#queue.take();
    if (hasher === undefined || task === undefined) return;
    hasher.task = task;
    hasher.worker.postMessage(task.question, []);
  }

  #start(): Hasher {
    const worker = new Worker(new URL('./password-worker.ts', import.meta.url));
    worker.unref();
    const hasher: Hasher = { worker, task: null };
    this.#all.add(hasher);
    worker.on('message', (answer: FromHasher) => {
      hasher.task?.answer.resolve(answer);
      hasher.task = null;
      this.#idle.push(hasher);
      this.#work();
    });
    worker.on('error', (error) => hasher.task?.answer.reject(error));
    worker.on('exit', () => {
      hasher.task?.answer.reject(new Error('a thread that hashes passwords ended'));
      this.#all.delete(hasher);
      const index = this.#idle.indexOf(hasher);
      if (index >= 0) this.#idle.splice(index, 1);
      this.#work();
    });
    return hasher;
  }
}

interface Hasher {
  readonly worker: Worker;
  task: Task | null;
}

import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Fault } from '@openbeian/model/fault';

export interface Bounds {
  /** Tasks that wait, besides the one that is done. */
  readonly mostWaiting: number;
  readonly mostPerCaller: number;
  /** For one task; the process is killed then. */
  readonly limitMs: number;
  /** After so long without a task the process ends. */
  readonly idleMs: number;
}

const ordinaryBounds: Bounds = { mostWaiting: 64, mostPerCaller: 8, limitMs: 20_000, idleMs: 60_000 };
const retryAfterSeconds = 5;

interface Queued<Task, Answer> {
  readonly caller: string;
  readonly task: Task;
  readonly answer: PromiseWithResolvers<Answer>;
}

/**
 * Does tasks one at a time in a process of its own, which the next task starts again where the last one killed it: what is done in it
 * is large programs over what comes from anybody. It has no keys, database or environment of ours, and a limit of time; of memory it
 * keeps one itself.
 */
export class IsolatedProcess<Task extends object, Answer extends object> {
  readonly #file: string;
  readonly #tooHeavy: Answer;
  readonly #bounds: Bounds;
  readonly #waiting: Queued<Task, Answer>[] = [];
  readonly #perCaller = new Map<string, number>();
  #process: ChildProcess | null = null;
  #doing: { readonly queued: Queued<Task, Answer>; readonly timer: NodeJS.Timeout } | null = null;
  #idle: NodeJS.Timeout | null = null;
  #closed = false;

  /**
   * @param file a module that answers each message with one message, or with `{ failed }`
   * @param tooHeavy the answer where a task takes too long or too much
   */
  constructor(file: URL, tooHeavy: Answer, bounds: Partial<Bounds> = {}) {
    this.#file = fileURLToPath(file);
    this.#tooHeavy = tooHeavy;
    this.#bounds = { ...ordinaryBounds, ...bounds };
  }

  /** @throws Fault `server.busy` when too many wait, of all or of this caller, or it is closed */
  async ask(caller: string, task: Task): Promise<Answer> {
    const ofCaller = this.#perCaller.get(caller) ?? 0;
    const { mostWaiting, mostPerCaller } = this.#bounds;
    if (this.#closed || this.#waiting.length >= mostWaiting || ofCaller >= mostPerCaller) throw busy();
    this.#perCaller.set(caller, ofCaller + 1);
    const queued = { caller, task, answer: Promise.withResolvers<Answer>() };
    this.#waiting.push(queued);
    this.#work();
    try {
      const answer = await queued.answer.promise;
      if ('failed' in answer) throw new Error(`an isolated task failed: ${String(answer.failed)}`);
      return answer;
    } finally {
      const left = (this.#perCaller.get(caller) ?? 1) - 1;
      if (left === 0) this.#perCaller.delete(caller);
      else this.#perCaller.set(caller, left);
    }
  }

  /** The process that runs now, if any; tests kill it. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Ends the process; whoever waits is told to come again. */
  close(): void {
    this.#closed = true;
    for (const { answer } of this.#waiting.splice(0)) answer.reject(busy());
    this.#done()?.answer.reject(busy());
    this.#end();
  }

  #work(): void {
    if (this.#closed || this.#doing !== null) return;
    const queued = this.#waiting.shift();
    if (queued === undefined) return this.#rest();
    if (this.#idle !== null) clearTimeout(this.#idle);
    const child = this.#process ?? this.#start();
    child.ref();
    child.channel?.ref();
    this.#doing = { queued, timer: setTimeout(() => this.#end(), this.#bounds.limitMs) };
    child.send(queued.task);
  }

  #start(): ChildProcess {
    const child = fork(this.#file, {
      // Bytes go as bytes.
      serialization: 'advanced',
      execArgv: ['--max-old-space-size=256'],
      // Nothing of the server's environment: it may hold secrets.
      env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#process = child;
    child.on('message', (answer: Answer) => this.#done()?.answer.resolve(answer));
    child.on('message', () => this.#work());
    child.on('error', () => this.#process === child && this.#end());
    child.on('exit', () => this.#process === child && this.#end());
    return child;
  }

  /** Keeps nobody's process alive, and ends by itself after a while. */
  #rest(): void {
    this.#process?.unref();
    this.#process?.channel?.unref();
    if (this.#idle !== null) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#end(), this.#bounds.idleMs).unref();
  }

  /** The process is gone, or goes now: the task was too much for it. The next one starts another. */
  #end(): void {
    const child = this.#process;
    this.#process = null;
    if (this.#idle !== null) clearTimeout(this.#idle);
    child?.kill('SIGKILL');
    this.#done()?.answer.resolve(this.#tooHeavy);
    this.#work();
  }

  #done(): Queued<Task, Answer> | null {
    if (this.#doing === null) return null;
    const { queued, timer } = this.#doing;
    clearTimeout(timer);
    this.#doing = null;
    return queued;
  }
}

const busy = () => new Fault('server.busy', { retryAfterSeconds });

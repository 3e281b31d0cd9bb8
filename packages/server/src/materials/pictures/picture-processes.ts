import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Fault } from '@openbeian/model/fault';
import type { Pictures, PictureTask, SeenPicture } from '../../ports/index.ts';
import type { FromPictureProcess, ToPictureProcess } from './picture-process.ts';

interface Bounds {
  /** Pictures that wait, besides the one that is looked at. */
  readonly mostWaiting: number;
  readonly mostPerCaller: number;
  /** For one picture; the process is killed then. */
  readonly limitMs: number;
  /** After so long without a picture the process ends. */
  readonly idleMs: number;
}

const ordinaryBounds: Bounds = { mostWaiting: 64, mostPerCaller: 8, limitMs: 20_000, idleMs: 60_000 };
const retryAfterSeconds = 5;
const file = fileURLToPath(new URL('./picture-process.ts', import.meta.url));

interface Queued {
  readonly caller: string;
  readonly task: PictureTask;
  readonly answer: PromiseWithResolvers<FromPictureProcess>;
}

/**
 * Looks at pictures in one process of its own, which the next picture starts again where the last one killed it: decoders are
 * large programs in C, and what they are given comes from anybody. Without keys, database or network of ours in it, and with a limit
 * of time and memory.
 */
export class PictureProcesses implements Pictures {
  readonly #bounds: Bounds;
  readonly #waiting: Queued[] = [];
  readonly #perCaller = new Map<string, number>();
  #process: ChildProcess | null = null;
  #doing: { readonly queued: Queued; readonly timer: NodeJS.Timeout } | null = null;
  #idle: NodeJS.Timeout | null = null;
  #closed = false;

  constructor(bounds: Partial<Bounds> = {}) {
    this.#bounds = { ...ordinaryBounds, ...bounds };
  }

  async look(task: PictureTask, caller: string): ReturnType<Pictures['look']> {
    const ofCaller = this.#perCaller.get(caller) ?? 0;
    const { mostWaiting, mostPerCaller } = this.#bounds;
    if (this.#closed || this.#waiting.length >= mostWaiting || ofCaller >= mostPerCaller) throw busy();
    this.#perCaller.set(caller, ofCaller + 1);
    const queued = { caller, task, answer: Promise.withResolvers<FromPictureProcess>() };
    this.#waiting.push(queued);
    this.#work();
    try {
      const seen = await queued.answer.promise;
      if ('failed' in seen) throw new Error(`a picture cannot be looked at: ${seen.failed}`);
      return seen satisfies SeenPicture | object;
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
    child.send(queued.task satisfies ToPictureProcess);
  }

  #start(): ChildProcess {
    const child = fork(file, {
      // Bytes go as bytes.
      serialization: 'advanced',
      execArgv: ['--max-old-space-size=256'],
      // Nothing of the server's environment: it may hold secrets.
      env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {},
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#process = child;
    child.on('message', (answer: FromPictureProcess) => this.#done()?.answer.resolve(answer));
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

  /** The process is gone, or goes now: the picture was too much for it. The next one starts another. */
  #end(): void {
    const child = this.#process;
    this.#process = null;
    if (this.#idle !== null) clearTimeout(this.#idle);
    child?.kill('SIGKILL');
    this.#done()?.answer.resolve({ defect: 'too_heavy' });
    this.#work();
  }

  #done(): Queued | null {
    if (this.#doing === null) return null;
    const { queued, timer } = this.#doing;
    clearTimeout(timer);
    this.#doing = null;
    return queued;
  }
}

const busy = () => new Fault('server.busy', { retryAfterSeconds });

import { Worker } from 'node:worker_threads';
import type { PolicySet } from '@openbeian/model/eligibility';
import { buffersOf } from './output-block.ts';
import type { SpanCall, SpanThreadData } from './span-thread.ts';
import { type SpanWork, spanWork } from './span-work.ts';

type Given<S extends keyof SpanWork> = Parameters<SpanWork[S]> extends [infer G] ? G : undefined;

/** A thread that works on spans, one call after the other. */
export interface Lane {
  call<S extends keyof SpanWork>(step: S, given: Given<S>): Promise<ReturnType<SpanWork[S]>>;
  /** Calls that are not answered yet. */
  readonly waiting: number;
  close(): Promise<void>;
}

/** Calls ahead of the one whose answer is taken next, per lane: none waits for work, and memory stays bounded. */
const ahead = 3;

/**
 * Calls one step for every item, spread over the lanes; answers come in the order of the items. No more are asked for than
 * a few ahead of what was taken. @throws the first item's error, in their order.
 */
export async function* inOrder<T, R>(
  items: Iterable<T>,
  lanes: readonly Lane[],
  call: (lane: Lane, item: T) => Promise<R>,
): AsyncGenerator<R> {
  const asked: Promise<R>[] = [];
  const rest = items[Symbol.iterator]();
  let ended = false;
  for (;;) {
    while (!ended && asked.length < lanes.length * ahead) {
      const next = rest.next();
      if (next.done === true) ended = true;
      else {
        const lane = lanes.reduce((least, it) => (it.waiting < least.waiting ? it : least));
        const answer = call(lane, next.value);
        // Whoever takes it sees the error; until then it must not count as unhandled.
        answer.catch(() => {});
        asked.push(answer);
      }
    }
    const first = asked.shift();
    if (first === undefined) return;
    yield await first;
  }
}

/** Threads where there is work for several; otherwise a lane in this thread, which costs nothing to start. */
export function openLanes(threads: number, data: SpanThreadData, policies: PolicySet): Lane[] {
  if (threads <= 1) return [ownLane(spanWork(data.setup, policies))];
  return Array.from({ length: threads }, () => threadLane(data));
}

function ownLane(work: SpanWork): Lane {
  return {
    waiting: 0,
    // `Lane.call` ties what is given, and answered, to the step.
    call: async (step, given) => (work[step] as (given: unknown) => never)(given),
    close: async () => {},
  };
}

interface Call {
  answered(answer: never): void;
  failed(error: unknown): void;
}

function threadLane(data: SpanThreadData): Lane {
  const worker = new Worker(new URL('./span-thread.ts', import.meta.url), { workerData: data });
  const calls: Call[] = [];
  let broken: unknown = null;
  const fail = (error: unknown) => {
    broken ??= error;
    for (const call of calls.splice(0)) call.failed(broken);
  };
  // Answers come in the order of the calls, each of which knows its own type.
  worker.on('message', (answer) => calls.shift()?.answered(answer as never));
  worker.on('error', fail);
  worker.on('exit', () => fail(new Error('a thread of the check ended')));
  return {
    get waiting() {
      return calls.length;
    },
    call: (step, given) =>
      new Promise((answered, failed) => {
        if (broken !== null) return failed(broken);
        calls.push({ answered, failed });
        worker.postMessage({ step, given } satisfies SpanCall, step === 'decide' ? sparesIn(given) : []);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

/** Blocks go back as they came, without a copy. */
function sparesIn(given: unknown): ArrayBuffer[] {
  if (typeof given !== 'object' || given === null || !('spares' in given)) return [];
  return buffersOf(given.spares);
}

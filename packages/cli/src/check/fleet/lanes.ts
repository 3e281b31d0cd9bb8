import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { PolicySet } from '@openbeian/model/eligibility';
import type { SpanCall, SpanThreadData } from './span-thread.ts';
import { type SpanWork, spanWork } from './span-work.ts';

type Given<S extends keyof SpanWork> = Parameters<SpanWork[S]> extends [infer G] ? G : undefined;

/** A thread that works on spans, one call after the other. */
export interface Lane {
  call<S extends keyof SpanWork>(step: S, given: Given<S>): Promise<ReturnType<SpanWork[S]>>;
  /** Calls that are not answered yet. */
  readonly waiting: number;
  /** So many calls may wait: none runs out of work, and memory stays bounded. */
  readonly ahead: number;
  close(): Promise<void>;
}

/** Answers, per lane, that may be ready or asked for and not yet taken. */
const openAnswers = 3;

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
    for (let lane = freeLane(lanes); lane !== null && !ended; lane = freeLane(lanes)) {
      if (asked.length >= lanes.length * openAnswers) break;
      const next = rest.next();
      if (next.done === true) ended = true;
      else {
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

/** The lane with least to do, if any may be asked. */
function freeLane(lanes: readonly Lane[]): Lane | null {
  const free = lanes.filter((it) => it.waiting < it.ahead);
  return free.length === 0 ? null : free.reduce((least, it) => (it.waiting < least.waiting ? it : least));
}

/**
 * This thread, and others where there is work for several. This one works as well as it distributes: a thread less means
 * one copy less of the rules, the templates and the compiled code.
 */
export function openLanes(threads: number, data: SpanThreadData, policies: PolicySet): Lane[] {
  const others = Array.from({ length: threads - 1 }, () => threadLane(data));
  return [...others, ownLane(spanWork(data.setup, policies))];
}

/** Works when this thread has nothing else to do, so that it first passes on what other threads answered. */
function ownLane(work: SpanWork): Lane {
  let waiting = 0;
  return {
    get waiting() {
      return waiting;
    },
    ahead: 1,
    call: async (step, given) => {
      waiting += 1;
      await setImmediate();
      try {
        // `Lane.call` ties what is given, and answered, to the step.
        return (work[step] as (given: unknown) => never)(given);
      } finally {
        waiting -= 1;
      }
    },
    close: async () => {},
  };
}

interface Call {
  answered(answer: never): void;
  failed(error: unknown): void;
}

/** The work makes little garbage: with so much it is collected 147 times for a million resources. V8 would take up to 48 MiB. */
const youngMiB = 12;

function threadLane(data: SpanThreadData): Lane {
  const worker = new Worker(new URL('./span-thread.ts', import.meta.url), {
    workerData: data,
    resourceLimits: { maxYoungGenerationSizeMb: youngMiB },
  });
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
    ahead: openAnswers,
    call: (step, given) =>
      new Promise((answered, failed) => {
        if (broken !== null) return failed(broken);
        calls.push({ answered, failed });
        worker.postMessage({ step, given } satisfies SpanCall, []);
      }),
    close: async () => {
      await worker.terminate();
    },
  };
}

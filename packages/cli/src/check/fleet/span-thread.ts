import { parentPort, workerData } from 'node:worker_threads';
import { type PolicyFile, policySet } from '@openbeian/model/eligibility';
import { buffersOf } from './output-block.ts';
import { type SpanWork, type SpanWorkSetup, spanWork } from './span-work.ts';

/** What a thread is started with. */
export interface SpanThreadData {
  readonly setup: SpanWorkSetup;
  /** Read and checked already; a set of policies has functions, which no thread can be given. */
  readonly policyFiles: readonly PolicyFile[];
}

/** One call of the thread's work; answers come back in the order of the calls. */
export interface SpanCall {
  readonly step: keyof SpanWork;
  readonly given: unknown;
}

// `openLanes` starts this file and gives it nothing else.
const { setup, policyFiles } = workerData as SpanThreadData;
const work = spanWork(setup, policySet(policyFiles));

parentPort?.on('message', ({ step, given }: SpanCall) => {
  // Caller and work share the interface `SpanWork`, which says what each step is given and answers.
  const answer = (work[step] as (given: unknown) => unknown)(given);
  parentPort?.postMessage(answer, step === 'decide' ? buffersOf(answer) : []);
});

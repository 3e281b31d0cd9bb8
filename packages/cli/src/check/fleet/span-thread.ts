import { parentPort, workerData } from 'node:worker_threads';
import { loadPolicies } from '@openbeian/policies';
import { buffersOf } from './output-block.ts';
import { type SpanWork, type SpanWorkSetup, spanWork } from './span-work.ts';

/** What a thread is started with. */
export interface SpanThreadData {
  readonly setup: SpanWorkSetup;
  readonly policies: readonly string[] | undefined;
}

/** One call of the thread's work; answers come back in the order of the calls. */
export interface SpanCall {
  readonly step: keyof SpanWork;
  readonly given: unknown;
}

// `openLanes` starts this file and gives it nothing else.
const { setup, policies } = workerData as SpanThreadData;
const work = spanWork(setup, loadPolicies(policies));

parentPort?.on('message', ({ step, given }: SpanCall) => {
  // Caller and work share the interface `SpanWork`, which says what each step is given and answers.
  const answer = (work[step] as (given: unknown) => unknown)(given);
  parentPort?.postMessage(answer, step === 'decide' ? buffersOf(answer) : []);
});

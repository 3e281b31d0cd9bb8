import { parentPort, workerData } from 'node:worker_threads';
import { type PolicyFile, policySet } from '@openbeian/model/eligibility';
import { SharedBlocks } from './output-block.ts';
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

const shared = new SharedBlocks();
let blocks: readonly Uint8Array[] = [];

parentPort?.on('message', ({ step, given }: SpanCall) => {
  // Caller and work share the interface `SpanWork`, which says what each step is given and answers.
  if (step === 'decide') parentPort?.postMessage(decide(given as Parameters<SpanWork['decide']>[0]), []);
  else parentPort?.postMessage((work[step] as (given: unknown) => unknown)(given), []);
});

function decide({ span, spares }: Parameters<SpanWork['decide']>[0]): Uint8Array[] {
  shared.reuse(spares);
  blocks = work.decide({ span, spares: blocks });
  return blocks.map((block) => shared.copyOf(block));
}

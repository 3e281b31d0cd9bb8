import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { CipherKey } from '@openbeian/authority-wire/v3';
import { Fault } from '@openbeian/model/fault';
import { type Packed, packTask, type ToPack } from './pack-task.ts';
import type { FromPackThread, PackThreadData } from './pack-worker.ts';

/** Up to here packing takes some ten milliseconds, and a thread more than that to begin. */
const mostHere = 1024 * 1024;
/** Heap of the thread: the texts of a document in several forms. */
const memoryMb = 2048;

/** One at a time: a document of the greatest size takes hundreds of megabytes. */
let turn: Promise<unknown> = Promise.resolve();

/**
 * Packs a document. A large one in a thread of its own, so that the process answers meanwhile: checking, encoding, zipping and encrypting some
 * fifty megabytes takes seconds.
 * @throws Fault `authority.not_sendable`
 */
export function packAside(toPack: ToPack, cipher: CipherKey | null): Promise<Packed> {
  if (sizeOf(toPack) <= mostHere) return packTask(toPack, cipher);
  const packed = turn.then(() => packInThread({ toPack, cipher }));
  turn = packed.catch(() => {});
  return packed;
}

/** Of its texts, or of what they were zipped to. */
function sizeOf(toPack: ToPack): number {
  return 'paper' in toPack ? toPack.paper.byteLength : lengthOf(toPack.upload);
}

function lengthOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let length = 0;
  for (const one of Object.values(value)) length += lengthOf(one);
  return length;
}

async function packInThread(workerData: PackThreadData): Promise<Packed> {
  const worker = new Worker(new URL('./pack-worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb },
  });
  try {
    // An error of the thread rejects it.
    const [answer] = (await once(worker, 'message')) as [FromPackThread];
    if ('packed' in answer) return answer.packed;
    throw new Fault(answer.fault, answer.extras);
  } finally {
    await worker.terminate();
  }
}

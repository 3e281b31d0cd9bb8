import { parentPort, workerData } from 'node:worker_threads';
import type { CipherKey } from '@openbeian/authority-wire/v3';
import { type FaultCode, type FaultExtras, isFault } from '@openbeian/model/fault';
import { type Packed, packTask, type ToPack } from './pack-task.ts';

/** What the thread is started with. */
export interface PackThreadData {
  readonly toPack: ToPack;
  readonly cipher: CipherKey | null;
}

export type FromPackThread =
  | { readonly packed: Packed }
  | { readonly fault: FaultCode; readonly extras: Pick<FaultExtras, 'places' | 'morePlaces' | 'detail'> };

// `packAside` gives exactly this.
const { toPack, cipher } = workerData as PackThreadData;

const answer = await packTask(toPack, cipher).then(
  (packed): FromPackThread => ({ packed }),
  (error: unknown): FromPackThread => {
    if (!isFault(error)) throw error;
    const { places, morePlaces, detail } = error.extras;
    return {
      fault: error.code,
      extras: {
        ...(places !== undefined && { places }),
        ...(morePlaces !== undefined && { morePlaces }),
        ...(detail !== undefined && { detail }),
      },
    };
  },
);
// A port of this process’s own, not a window: nobody else reads it.
parentPort?.postMessage(answer, []);

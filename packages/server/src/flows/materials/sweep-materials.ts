import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { objectNameOf } from './blob-secrets.ts';

const batch = 50;
/** No upload takes as long to be written as this. */
const writingMs = 3_600_000;

/**
 * Removes from the blob store what no picture shows: contents that were dropped, and those whose writer died. First both objects,
 * then the row by which they are found, so that a sweep that dies goes on where it was.
 * @returns how many; 0: nothing is left to do
 */
export async function sweepMaterials(deps: FlowDeps): Promise<number> {
  const unused = await inWorkerTransaction(deps, ({ tx, at }) =>
    tx.materials.takeUnusedBlobs(new Date(Date.parse(at) - writingMs).toISOString(), batch),
  );
  for (const { id, objectName } of unused) {
    await deps.blobs.delete(objectNameOf(objectName, 'copy'));
    await deps.blobs.delete(objectName);
    await inWorkerTransaction(deps, ({ tx }) => tx.materials.deleteBlob(id));
  }
  return unused.length;
}

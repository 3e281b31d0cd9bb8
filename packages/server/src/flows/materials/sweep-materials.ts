import { isFault } from '@openbeian/model/fault';
import { putOff, type ReportFailure } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { objectNameOf } from './blob-secrets.ts';

const batch = 50;
/** No upload takes as long to be written as this. */
const writingMs = 3_600_000;
/** After so many in a row that the blob store did not answer for, it is away. */
const mostUnanswered = 3;

/**
 * Removes from the blob store what no picture shows: contents that were dropped, and those whose writer died. First both objects,
 * then the row by which they are found, so that a sweep that dies goes on where it was. One that cannot be removed is put off, and
 * the others go.
 * @returns how many; 0: nothing is left to do now
 */
export async function sweepMaterials(deps: FlowDeps, report: ReportFailure): Promise<number> {
  const unused = await inWorkerTransaction(deps, ({ tx, at }) =>
    tx.materials.takeUnusedBlobs({
      at,
      writtenBefore: new Date(Date.parse(at) - writingMs).toISOString(),
      limit: batch,
    }),
  );
  let unanswered = 0;
  for (const { id, objectName } of unused) {
    // The blob store is away for all of them; those that were tried wait, and the next round begins with others.
    if (unanswered === mostUnanswered) break;
    const item = { kind: 'purge', id: `blob:${id}` } as const;
    try {
      await deps.blobs.delete(objectNameOf(objectName, 'copy'));
      await deps.blobs.delete(objectName);
      await inWorkerTransaction(deps, async ({ tx }) => {
        await tx.materials.deleteBlob(id);
        await tx.workFailures.clear(item.kind, item.id);
      });
      unanswered = 0;
    } catch (error) {
      unanswered = isFault(error, 'material.store_unavailable') ? unanswered + 1 : 0;
      await putOff(deps, item, report, error);
    }
  }
  return unused.length;
}

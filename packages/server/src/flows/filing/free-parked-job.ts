import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';

/**
 * A hand-over that was parked is never looked at again by itself. Where its filing is recalled or given up nothing is to be handed over any
 * more: the worker looks once more, sees that, and neither the job nor its failure stays behind for operators.
 */
export async function freeParkedJob({ tx, at }: Step, { id }: Pick<FilingRow, 'id'>): Promise<void> {
  const job = await tx.jobs.findOfFiling(id);
  if (job !== null && job.nextAt === null) await tx.workFailures.reschedule('forward', job.id, at);
}

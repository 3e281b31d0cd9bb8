import type { FaultCode } from '@openbeian/model/fault';
import type { AuthorityLoss, FilingRow, HandOverJob } from '../../../ports/index.ts';
import type { Step } from '../../command/step.ts';
import { listLosses } from '../list-losses.ts';

/**
 * What keeps a filing from going over the line to its authority: it is parked because the line cannot carry it as it is, and nothing of it
 * was ever on the line.
 * @param job its hand-over
 * @returns null: the line may still send it, or has
 */
export async function heldByLine(
  step: Step,
  filing: FilingRow,
  job: HandOverJob | null,
): Promise<readonly AuthorityLoss[] | null> {
  const { submissionId } = filing;
  const { authorityLedger } = step.tx;
  if (job === null || job.nextAt !== null || submissionId === null) return null;
  if (job.lastFault?.code !== ('authority.not_sendable' satisfies FaultCode)) return null;
  if ((await authorityLedger.findHandover(submissionId)) !== null) return null;
  if ((await authorityLedger.findPackageOf(submissionId)) !== null) return null;
  const blocking = (await listLosses(step, filing)).filter(({ blocks }) => blocks);
  return blocking.length === 0 ? null : blocking;
}

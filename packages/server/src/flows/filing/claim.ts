import type { FilingClaim, FilingListRow } from '../../ports/index.ts';
import type { FlowRequest } from '../command/step.ts';

/** The claim that somebody has on the filing at that instant; null when it has ended, or there is none. */
export const claimAt = ({ claim }: Pick<FilingListRow, 'claim'>, at: string): FilingClaim | null =>
  claim !== null && Date.parse(claim.until) > Date.parse(at) ? claim : null;

/**
 * A filing is one person's to work on while the claim holds. One that nobody has claimed is anybody's: whoever decides it
 * claims it by that, in the transaction that has the filing locked.
 * @throws Fault `filing.claimed_by_other`
 */
export function refuseClaimedByOther(
  { actor, at, fault }: Pick<FlowRequest<'filing.claimed_by_other'>, 'actor' | 'at' | 'fault'>,
  filing: FilingListRow,
): void {
  const claim = claimAt(filing, at);
  if (claim !== null && claim.holderId !== actor.userId) throw fault('filing.claimed_by_other');
}

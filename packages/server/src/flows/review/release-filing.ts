import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { claimAt } from '../filing/claim.ts';
import { filingViewOf } from '../filing/filing-view.ts';

/** Ends the caller's claim. An operator ends anybody's: a claim of somebody who is absent blocks nobody. */
export const releaseFiling = command(
  { id: 'releaseFiling', faults: ['object.not_found', 'filing.not_claimed', 'filing.claimed_by_other'] },
  async (step, { filingId }: { readonly filingId: string }) => {
    const { deps, tx, actor, at } = step;
    const filing = requireVisible(step, await tx.filings.find(filingId), (one) => [one.accountId]);
    const claim = claimAt(filing, at);
    if (claim === null) throw step.fault('filing.not_claimed');
    const { holderId } = claim;
    if (holderId !== actor.userId && actor.role !== 'operator') throw step.fault('filing.claimed_by_other');
    // It may have ended since it was read.
    if (!(await tx.filings.release(filingId, holderId, at))) throw step.fault('filing.not_claimed');
    await recordAudit(step, 'FilingReleased', { kind: 'filing', id: filingId }, { holderId });
    return filingViewOf(deps, { ...filing, claim: null }, actor);
  },
);

import { mayClaim } from '@openbeian/model/filing';
import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { filingViewOf } from '../filing/filing-view.ts';
import { refuseOwnWork } from './own-work.ts';

const msPerMinute = 60_000;

/**
 * Claims a filing for the caller for a limited time; claiming again extends it. Of several who claim it at once exactly one
 * succeeds, by one guarded statement. The filing's version stays, so that a claim makes nobody's screen stale.
 */
export const claimFiling = command(
  {
    id: 'claimFiling',
    faults: [
      'object.not_found',
      'filing.wrong_state',
      'filing.claimed_by_other',
      'review.own_work',
      'review.second_person',
    ],
  },
  async (step, { filingId }: { readonly filingId: string }) => {
    const { deps, tx, actor, at } = step;
    const filing = requireVisible(step, await tx.filings.find(filingId), (one) => [one.accountId]);
    const { state } = filing;
    if (!mayClaim(actor.role, state)) throw step.fault('filing.wrong_state');
    refuseOwnWork(step, filing);
    const until = new Date(Date.parse(at) + deps.claims.minutes * msPerMinute).toISOString();
    const claimed = await tx.filings.claim({ filingId, state, holderId: actor.userId, at, until });
    const now = requireVisible(step, await tx.filings.find(filingId), (one) => [one.accountId]);
    if (!claimed) throw step.fault(now.state === state ? 'filing.claimed_by_other' : 'filing.wrong_state');
    await recordAudit(step, 'FilingClaimed', { kind: 'filing', id: filingId }, { until });
    return filingViewOf(deps, now, actor);
  },
);

import { recordAudit } from '../command/audit.ts';
import { command } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { refuseClaimedByOther } from '../filing/claim.ts';
import { refuseOwnWork } from './own-work.ts';
import { tickViewOf } from './tick-view.ts';

interface TickInput {
  readonly filingId: string;
  /** Rules of the check list. */
  readonly rules: readonly string[];
  readonly ticked: boolean;
}

/**
 * Ticks items of the check list of the present round, or takes ticks back. Whoever ticked first and when stays with the round, also
 * when it is over; the filing's version stays.
 */
export const tickChecks = command(
  {
    id: 'tickChecks',
    faults: [
      'object.not_found',
      'filing.wrong_state',
      'filing.claimed_by_other',
      'review.own_work',
      'review.second_person',
    ],
  },
  async (step, { filingId, rules, ticked }: TickInput) => {
    const { tx, actor, at } = step;
    const filing = requireVisible(step, await tx.filings.findForUpdate(filingId), (one) => [one.accountId]);
    if (filing.state !== 'awaiting_review') throw step.fault('filing.wrong_state');
    refuseOwnWork(step, filing);
    refuseClaimedByOther(step, filing);
    const { reviewRound } = filing;
    if (ticked) await tx.reviews.tick(filingId, reviewRound, { rules, by: actor.userId, at });
    else await tx.reviews.untick(filingId, reviewRound, rules);
    const detail = { round: reviewRound, rules, ticked };
    await recordAudit(step, 'ChecksTicked', { kind: 'filing', id: filingId }, detail);
    return { ticks: (await tx.reviews.listTicks(filingId, reviewRound)).map(tickViewOf) };
  },
);

import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { refuseClaimedByOther } from '../filing/claim.ts';
import { type FilingStepInput, filingStep } from '../filing/filing-step.ts';
import { countReview } from '../filing/review-counts.ts';
import { findingsOf, type GivenReason } from './given-reasons.ts';
import { refuseOwnWork } from './own-work.ts';

/** Returns a filing with reasons that name their fields; `input.invalid` for an unknown reason or field. */
export const returnFiling = filingStep(
  {
    id: 'returnFiling',
    faults: ['review.own_work', 'review.second_person', 'review.calls_left', 'filing.claimed_by_other'],
  },
  async (step, filing, input: FilingStepInput & { readonly reasons: readonly GivenReason[] }) => {
    refuseOwnWork(step, filing);
    refuseClaimedByOther(step, filing);
    refuseUncalled(step, filing, input.reasons);
    const findings = await findingsOf(step, filing, input.reasons);
    const reasons = input.reasons.map(({ field, reasonId }) => ({ field, reasonId }));
    const returned = await advanceFiling(step, filing, 'return', { change: { findings }, detail: { reasons } });
    const list = findings.map(({ field, rule }) => ({ field, rule }));
    await countReview(step, filing, step.actor.userId, { outcome: 'returned', reasons: { as: 'reason', list } });
    return returned;
  },
);

/** A reason that means nobody answered needs as many calls as the policy says. */
function refuseUncalled(
  { deps, fault }: Step<'review.calls_left'>,
  { callsMissed }: FilingRow,
  reasons: readonly GivenReason[],
): void {
  const isUnreachable = reasons.some(({ reasonId }) => reasonId === 'principal.unreachable');
  if (isUnreachable && callsMissed < deps.review.callsBeforeReturn) throw fault('review.calls_left');
}

import type { CalledPerson, CallOutcome } from '@openbeian/model/filing';
import { recordAudit } from '../command/audit.ts';
import { recordFilingEvent } from '../command/events.ts';
import { command } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { refuseClaimedByOther } from '../filing/claim.ts';
import { filingViewOf } from '../filing/filing-view.ts';
import { countReview } from '../filing/review-counts.ts';
import { refuseOwnWork } from './own-work.ts';

interface CallInput {
  readonly filingId: string;
  readonly person: CalledPerson;
  readonly outcome: CallOutcome;
  /** When to call again; the deployment's retry time unless given. */
  readonly againAt?: string | undefined;
}

const msPerHour = 3_600_000;

/** Notes a call: whom, what came of it, and when to call again. The filing's version stays. */
export const recordCall = command(
  {
    id: 'recordCall',
    faults: [
      'object.not_found',
      'filing.wrong_state',
      'filing.claimed_by_other',
      'review.own_work',
      'review.second_person',
    ],
  },
  async (step, { filingId, person, outcome, againAt }: CallInput) => {
    const { deps, tx, actor, at } = step;
    const filing = requireVisible(step, await tx.filings.findForUpdate(filingId), (one) => [one.accountId]);
    if (filing.state !== 'awaiting_review') throw step.fault('filing.wrong_state');
    refuseOwnWork(step, filing);
    refuseClaimedByOther(step, filing);
    if (againAt !== undefined && againAt <= at) {
      const places = [{ path: 'againAt', expected: 'a later time than now', expectedZh: '应为以后的时间' }];
      throw step.fault('input.invalid', { places });
    }
    const retryAt = new Date(Date.parse(at) + deps.review.callRetryHours * msPerHour).toISOString();
    const again = againAt ?? (outcome === 'not_reached' ? retryAt : null);
    const { reviewRound: roundNo } = filing;
    const call = {
      id: deps.ids.next('cal'),
      filingId,
      roundNo,
      at,
      calledBy: actor.userId,
      person,
      outcome,
      againAt: again,
    };
    await tx.reviews.addCall(call);
    const detail = { person, outcome, againAt: again };
    await recordFilingEvent(step, filingId, 'CustomerCalled', detail);
    await recordAudit(step, 'CustomerCalled', { kind: 'filing', id: filingId }, detail);
    await countReview(step, filing, actor.userId, { outcome: 'called' });
    return filingViewOf(deps, (await tx.filings.find(filingId)) ?? filing, actor);
  },
);

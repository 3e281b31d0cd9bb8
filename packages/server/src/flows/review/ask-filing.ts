import { lastDayOf } from '@openbeian/model/calendar';
import { nextOf, remindersBefore } from '@openbeian/model/filing';
import { advanceFiling } from '../filing/advance-filing.ts';
import { refuseClaimedByOther } from '../filing/claim.ts';
import { askDueAt } from '../filing/due-at.ts';
import { type FilingStepInput, filingStep } from '../filing/filing-step.ts';
import { countReview, countStay } from '../filing/review-counts.ts';
import { findingsOf, type GivenReason } from './given-reasons.ts';
import { refuseOwnWork } from './own-work.ts';

/**
 * Asks the customer to complete or correct some fields while the review goes on: the filing stays with its reviewer, only those fields
 * are open, and what is not answered in time is returned.
 */
export const askFiling = filingStep(
  {
    id: 'askFiling',
    faults: ['review.own_work', 'review.second_person', 'review.asked', 'filing.claimed_by_other'],
  },
  async (step, filing, input: FilingStepInput & { readonly reasons: readonly GivenReason[] }) => {
    const { deps, tx, actor, at } = step;
    refuseOwnWork(step, filing);
    refuseClaimedByOther(step, filing);
    if (filing.askedAt !== null) throw step.fault('review.asked');
    const findings = await findingsOf(step, filing, input.reasons);
    const dueAt = askDueAt(at, deps.review.askWorkingDays, deps.calendar);
    const reasons = input.reasons.map(({ field, reasonId }) => ({ field, reasonId }));
    const asked = await advanceFiling(step, filing, 'ask', {
      change: { findings, askedAt: at, dueAt },
      detail: { reasons, dueAt },
    });
    await countStay(step, filing);
    const reminders = remindersBefore(lastDayOf(dueAt), deps.desk.askReminderDays);
    await tx.reminders.put({ kind: 'filing', itemId: filing.id }, nextOf(reminders, at));
    // With the reviewer until the answer is there.
    const { id: filingId, state } = asked;
    await tx.filings.claim({ filingId, state, holderId: actor.userId, at, until: dueAt });
    const list = findings.map(({ field, rule }) => ({ field, rule }));
    await countReview(step, filing, actor.userId, { outcome: 'asked', reasons: { as: 'asked_reason', list } });
    return (await tx.filings.find(filingId)) ?? asked;
  },
);

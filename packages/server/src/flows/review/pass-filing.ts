import { needsSecondLook } from '@openbeian/model/filing';
import { checkWithList } from '@openbeian/model/forms';
import type { FilingRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { advanceFiling } from '../filing/advance-filing.ts';
import { claimAt, refuseClaimedByOther } from '../filing/claim.ts';
import { filingStep } from '../filing/filing-step.ts';
import { currentFormValues } from '../filing/form-values.ts';
import { filingKindFlows } from '../filing/kinds.ts';
import { fullCheckContextOf } from '../filing/organiser-facts.ts';
import { refuseRecordEnded } from '../filing/refuse-record-ended.ts';
import { countReview } from '../filing/review-counts.ts';
import { newSubmissionId, sendToAuthority } from '../filing/send-to-authority.ts';
import { withFactsFromOutside } from '../look-up/current-answers.ts';
import { isVerificationOpen } from '../verification/verified-people.ts';
import { refuseOwnWork } from './own-work.ts';

/**
 * Passes the review; the filing goes to the authority next, or to a second reviewer where the policy says so. Nobody passes a filing
 * that they submitted, nor the same one twice.
 */
export const passFiling = filingStep(
  {
    id: 'passFiling',
    faults: [
      'review.own_work',
      'review.second_person',
      'review.asked',
      'review.checks_open',
      'review.verification_open',
      'filing.claimed_by_other',
      'filing.precondition_unmet',
    ],
  },
  async (step, filing) => {
    refuseOwnWork(step, filing);
    refuseClaimedByOther(step, filing);
    await refuseRecordEnded(step, filing);
    if (filing.askedAt !== null) throw step.fault('review.asked');
    await refuseOpenChecks(step, filing);
    if (await isVerificationOpen(step, filing)) throw step.fault('review.verification_open');
    return isForSecondLook(step, filing) ? passFirst(step, filing) : passOn(step, filing);
  },
);

type Passing = Step<'filing.wrong_state' | 'object.changed' | 'object.not_found'>;

async function passOn(step: Passing, filing: FilingRow): Promise<FilingRow> {
  const submissionId = newSubmissionId(step);
  // The reviewer has seen that the customer is the subject.
  const change = { submissionId, byHand: false, findings: [], toldKind: null };
  const passed = await advanceFiling(step, filing, 'pass', { change, detail: {} });
  await sendToAuthority(step, filing, submissionId);
  await filingKindFlows[filing.kind].onPassed(step, passed);
  await countReview(step, filing, step.actor.userId, { outcome: 'passed' });
  return passed;
}

/** It goes back into the queue, for somebody else; its due date stays. */
async function passFirst(step: Passing, filing: FilingRow): Promise<FilingRow> {
  const { tx, actor, at } = step;
  const change = { firstPassedBy: actor.userId, dueAt: filing.dueAt };
  const passed = await advanceFiling(step, filing, 'pass_first', { change, detail: {} });
  const claim = claimAt(filing, at);
  if (claim !== null) await tx.filings.release(filing.id, claim.holderId, at);
  await countReview(step, filing, actor.userId, { outcome: 'passed_first' });
  return { ...passed, claim: null };
}

/** The lot depends on the filing, the round and a key that no reviewer has: it is the same whenever it is drawn, and nobody knows it before. */
function isForSecondLook({ deps }: Step, filing: FilingRow): boolean {
  if (filing.firstPassedBy !== null || filing.state !== 'awaiting_review') return false;
  const hash = deps.vault.hash(`${filing.id} ${filing.reviewRound}`, 'second_look');
  const drawn = Buffer.from(hash.split('.').at(-1) ?? '', 'base64url').readUInt32BE(0);
  return needsSecondLook(deps.review.secondLook, filing, drawn / 2 ** 32);
}

/** Where the deployment asks for it, nothing that people must see of the check list is left unticked. */
async function refuseOpenChecks(step: Step<'review.checks_open'>, filing: FilingRow): Promise<void> {
  const { deps, tx, at } = step;
  if (!deps.review.ticksRequired || filing.state !== 'awaiting_review') return;
  // As the list is shown.
  const context = await withFactsFromOutside(step, filing, await fullCheckContextOf(step, filing));
  const { checkList } = checkWithList(currentFormValues(deps, filing, at), context);
  const ticked = new Set((await tx.reviews.listTicks(filing.id, filing.reviewRound)).map(({ rule }) => rule));
  if (checkList.some(({ rule }) => !ticked.has(rule.id))) throw step.fault('review.checks_open');
}

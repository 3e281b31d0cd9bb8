import { submitActionOf } from '@openbeian/model/filing';
import { ownAccount } from '../command/permission.ts';
import { wantLookUps } from '../look-up/want-look-ups.ts';
import { advanceFiling } from './advance-filing.ts';
import { filingStep } from './filing-step.ts';
import { evaluateHolding } from './holding/evaluate-holding.ts';
import { refuseRecordedElsewhere } from './recorded-elsewhere.ts';
import { refuseIncomplete } from './refuse-incomplete.ts';
import { refuseRecordEnded } from './refuse-record-ended.ts';
import { refuseSamePictures } from './refused-pictures.ts';
import { beginRound } from './review-round.ts';
import { newSubmissionId, sendToAuthority } from './send-to-authority.ts';

/** Submits for review, or what nobody here reviews to the authority, after the pre-check, and after evaluating the resource or code again and who holds the name. */
export const submitFiling = filingStep(
  {
    id: 'submitFiling',
    // Of two organisers that are submitted at once one is the account’s own, and what the account may do stays as it is until the end.
    holdsAccount: true,
    faults: [
      'filing.form_incomplete',
      'filing.resource_missing',
      'resource.not_eligible',
      'code.not_usable',
      'filing.held_by_other_account',
      'filing.subject_in_other_account',
      'filing.name_in_other_account',
      'filing.precondition_unmet',
    ],
  },
  async (step, filing) => {
    const { tx, actor } = step;
    ownAccount(actor);
    await refuseRecordEnded(step, filing);
    await refuseIncomplete(step, filing);
    await refuseSamePictures(step, filing);
    const reasons = await evaluateHolding(step, filing);
    if (reasons.length > 0)
      throw step.fault(filing.codeId === null ? 'resource.not_eligible' : 'code.not_usable', { reasons });
    await refuseRecordedElsewhere(step, filing);
    // From now on the filing holds its name and certificate, unless another account's does.
    if ((await tx.filings.findRival(filing)) !== null) throw step.fault('filing.held_by_other_account');
    const change = { submittedBy: actor.userId, findings: [], setAsideAt: null };
    if (submitActionOf(filing.kind) === 'submit') {
      const reviewed = { ...change, reviewRound: await beginRound(step, filing) };
      const submitted = await advanceFiling(step, filing, 'submit', { change: reviewed, detail: {} });
      await wantLookUps(step, submitted, 'missing');
      return submitted;
    }
    const submissionId = newSubmissionId(step);
    const sent = await advanceFiling(step, filing, 'submit_unreviewed', {
      change: { ...change, submissionId, byHand: false },
      detail: {},
    });
    await sendToAuthority(step, filing, submissionId);
    return sent;
  },
);

import { advanceFiling } from '../filing/advance-filing.ts';
import { refuseClaimedByOther } from '../filing/claim.ts';
import { filingStep } from '../filing/filing-step.ts';
import { filingKindFlows } from '../filing/kinds.ts';
import { refuseRecordEnded } from '../filing/refuse-record-ended.ts';
import { newSubmissionId, sendToAuthority } from '../filing/send-to-authority.ts';

/** Passes the review; the filing goes to the authority next. Nobody passes a filing that they submitted. */
export const passFiling = filingStep(
  { id: 'passFiling', faults: ['review.own_work', 'filing.claimed_by_other', 'filing.precondition_unmet'] },
  async (step, filing) => {
    const { actor } = step;
    if (filing.submittedBy === actor.userId) throw step.fault('review.own_work');
    refuseClaimedByOther(step, filing);
    await refuseRecordEnded(step, filing);
    const submissionId = newSubmissionId(step);
    // The reviewer has seen that the customer is the subject.
    const change = { submissionId, findings: [], toldKind: null };
    const passed = await advanceFiling(step, filing, 'pass', { change, detail: {} });
    await sendToAuthority(step, filing, submissionId);
    await filingKindFlows[filing.kind].onPassed(step, passed);
    return passed;
  },
);

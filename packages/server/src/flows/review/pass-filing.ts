import { advanceFiling } from '../filing/advance-filing.ts';
import { refuseClaimedByOther } from '../filing/claim.ts';
import { filingStep } from '../filing/filing-step.ts';
import { filingKindFlows } from '../filing/kinds.ts';

/** Passes the review; the filing goes to the authority next. Nobody passes a filing that they submitted. */
export const passFiling = filingStep(
  { id: 'passFiling', faults: ['review.own_work', 'filing.claimed_by_other'] },
  async (step, filing) => {
    const { deps, tx, actor, at } = step;
    if (filing.submittedBy === actor.userId) throw step.fault('review.own_work');
    refuseClaimedByOther(step, filing);
    // The id is made before the hand-over, so that a message that overtakes our own commit finds its filing.
    const submissionId = deps.ids.next('sub');
    // The reviewer has seen that the customer is the subject.
    const change = { submissionId, findings: [], toldKind: null };
    const passed = await advanceFiling(step, filing, 'pass', { change, detail: {} });
    await tx.exchange.insertSubmission({ id: submissionId, filingId: filing.id, at });
    const payload = { submissionId, filingId: filing.id };
    await tx.jobs.enqueue({ id: deps.ids.next('out'), topic: 'authority.submit', payload, runAt: at });
    await filingKindFlows[filing.kind].onPassed(step, passed);
    return passed;
  },
);

import type { FaultCode } from '@openbeian/model/fault';
import { forwardActionOf } from '@openbeian/model/filing';
import { recordAudit } from '../../command/audit.ts';
import { makeFault, type Step } from '../../command/step.ts';
import { advanceFiling } from '../../filing/advance-filing.ts';
import { refuseClaimedByOther } from '../../filing/claim.ts';
import { filingStep } from '../../filing/filing-step.ts';
import { newSubmissionId } from '../../filing/send-to-authority.ts';
import { endUnlessReady } from '../forward-filing.ts';
import { heldByLine } from './held-by-line.ts';

/**
 * Takes a filing that the line cannot carry out of it, to be entered in the authority's own pages. Its job ends in one guarded write, so
 * that it is either sent or taken over. The submission that begins is one that the line has never seen: none of its messages is about it.
 */
export const takeOverByHand = filingStep(
  { id: 'takeOverByHand', faults: ['authority.by_line', 'filing.claimed_by_other'] },
  async (step, filing) => {
    const { tx, at } = step;
    refuseClaimedByOther(step, filing);
    if (filing.state !== 'awaiting_forward') throw step.fault('filing.wrong_state');
    const job = await tx.jobs.findOfFiling(filing.id);
    const losses = await heldByLine(step, filing, job);
    if (job === null || losses === null) throw step.fault('authority.by_line');
    if (!(await tx.jobs.takeOut(job.id, at))) throw step.fault('object.changed');
    // As for the worker, what this may be refused with beyond what is declared here is a bug.
    const open: Step<FaultCode> = { ...step, fault: makeFault };
    const ended = await endUnlessReady(open, filing);
    if (ended !== null) return ended;
    const submissionId = newSubmissionId(step);
    await tx.exchange.insertSubmission({ id: submissionId, filingId: filing.id, at });
    await tx.exchange.recordReceipt(submissionId, 'by_hand', at);
    const fields = losses.map(({ field }) => field);
    await recordAudit(step, 'FilingTakenOverByHand', { kind: 'filing', id: filing.id }, { fields });
    const change = { submissionId, byHand: true };
    return advanceFiling(step, filing, forwardActionOf(filing.kind), { change, detail: { receipt: 'by_hand' } });
  },
);

import { type FaultCode, isFault } from '@openbeian/model/fault';
import { filingKindTable } from '@openbeian/model/filing';
import type { FilingRow } from '../../../ports/index.ts';
import { recordFilingEvent } from '../../command/events.ts';
import type { Step } from '../../command/step.ts';
import { advanceFiling } from '../../filing/advance-filing.ts';
import type { ApprovedNumbers } from '../../filing/approval/record-service.ts';
import { endFiling } from '../../filing/end-filing.ts';
import { filingKindFlows } from '../../filing/kinds.ts';
import { isNothingLeft } from '../../filing/nothing-left.ts';
import { countVerdict } from '../../filing/review-counts.ts';
import { readDelivered } from '../read-numbers.ts';
import { applyWaitingCancellations } from './cancelled.ts';
import { holdApproval } from './hold-approval.ts';
import type { ApplyToFiling } from './message-step.ts';

/**
 * The authority approved the filing and gave it its numbers: it is on record, and its code is consumed. A change of what was cancelled
 * meanwhile ends. Numbers that cannot be this filing's, or are on record for another, are for an operator to decide.
 */
export const applyApproved: ApplyToFiling<'approved'> = async (step, filing, message) => {
  if (await isNothingLeft(step, filing)) {
    await endFiling(step, filing, 'void');
    return 'applied';
  }
  let numbers: ApprovedNumbers;
  try {
    numbers = readDelivered(step, filing, message);
    await filingKindFlows[filing.kind].onApproved(step, filing, numbers);
  } catch (error) {
    // It is thrown before anything is written.
    if (!isFault(error, 'record.number_conflict')) throw error;
    await holdApproval(step, message, error);
    return 'stale';
  }
  await recordApproval(step, filing, numbers);
  await applyWaitingCancellations(step, { ...message, ...numbers });
  return 'applied';
};

async function recordApproval(step: Step<FaultCode>, filing: FilingRow, numbers: ApprovedNumbers): Promise<void> {
  const { codeId } = filing;
  if (codeId !== null) {
    if (!(await step.tx.codes.consume(codeId, filing.id, step.at))) throw step.fault('code.wrong_state');
    await recordFilingEvent(step, filing.id, 'CodeUsed', { codeId });
  }
  const { subjectNumber } = numbers;
  const isOfSubject = filingKindTable[filing.kind].about === 'subject';
  const change = isOfSubject ? { subjectNumber } : numbers;
  await advanceFiling(step, filing, 'approve', { change: { ...change, findings: [] }, detail: { ...numbers } });
  await countVerdict(step, filing, 'approved');
}

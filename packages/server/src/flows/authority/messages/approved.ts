import { filingKindTable } from '@openbeian/model/filing';
import { recordFilingEvent } from '../../command/events.ts';
import { advanceFiling } from '../../filing/advance-filing.ts';
import { endFiling } from '../../filing/end-filing.ts';
import { filingKindFlows } from '../../filing/kinds.ts';
import { isNothingLeft } from '../../filing/nothing-left.ts';
import { applyWaitingCancellations } from './cancelled.ts';
import type { ApplyToFiling } from './message-step.ts';

/** The authority approved the filing and gave it its numbers: it is on record, and its code is consumed. A change of what was cancelled meanwhile ends. */
export const applyApproved: ApplyToFiling<'approved'> = async (step, filing, message) => {
  if (await isNothingLeft(step, filing)) {
    await endFiling(step, filing, 'void');
    return;
  }
  const { subjectNumber, serviceNumber } = message;
  const numbers = { subjectNumber, serviceNumber };
  await filingKindFlows[filing.kind].onApproved(step, filing, numbers);
  const { codeId } = filing;
  if (codeId !== null) {
    if (!(await step.tx.codes.consume(codeId, filing.id, step.at))) throw step.fault('code.wrong_state');
    await recordFilingEvent(step, filing.id, 'CodeUsed', { codeId });
  }
  const isOfSubject = filingKindTable[filing.kind].about === 'subject';
  const change = isOfSubject ? { subjectNumber } : numbers;
  await advanceFiling(step, filing, 'approve', { change: { ...change, findings: [] }, detail: numbers });
  await applyWaitingCancellations(step, message);
};

import { addDays, addWorkingDays, dayOf, startOfDay } from '@openbeian/model/calendar';
import type { FaultCode } from '@openbeian/model/fault';
import { type FilingStateFacts, filingStates } from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { recordFilingEvent } from '../command/events.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { endFiling } from './end-filing.ts';
import { changeFiling } from './filing-step.ts';

const batch = 50;

/**
 * Performs the overdue action of every filing whose time is over: lapses it, or notifies the operators and looks again
 * after the next working day.
 * @returns how many were due.
 */
export async function sweepOverdue(deps: FlowDeps): Promise<number> {
  return inWorkerTransaction(deps, async (step) => {
    const overdue = await step.tx.filings.listOverdue(step.at, batch);
    for (const filing of overdue) await actOnOverdue(step, filing);
    return overdue.length;
  });
}

async function actOnOverdue(step: Step<FaultCode>, filing: FilingRow): Promise<void> {
  const { deps, at } = step;
  const { overdue }: FilingStateFacts = filingStates[filing.state];
  if (overdue === 'lapse') {
    await endFiling(step, filing, 'lapse');
    return;
  }
  const next = addWorkingDays(dayOf(at), 1, deps.calendar).day;
  await changeFiling(step, filing, { dueAt: startOfDay(addDays(next, 1)) });
  const detail = { state: filing.state };
  await recordFilingEvent(step, filing.id, 'FilingOverdue', detail);
  await recordAudit(step, 'FilingOverdue', { kind: 'filing', id: filing.id }, detail);
}

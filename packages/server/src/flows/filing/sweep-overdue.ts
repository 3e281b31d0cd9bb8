import { addDays, addWorkingDays, dayOf, startOfDay } from '@openbeian/model/calendar';
import { type FilingStateFacts, filingStates } from '@openbeian/model/filing';
import { worker } from '../command/actors.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { recordFilingEvent } from '../command/events.ts';
import { inWorkerTransaction } from '../command/step.ts';
import { endFiling } from './filing-steps.ts';

const batch = 50;

/**
 * Performs the overdue action of every filing whose time is over: lapses it, or tells the operators and looks again
 * after the next working day.
 * @returns how many were due.
 */
export async function sweepOverdue(deps: FlowDeps): Promise<number> {
  return inWorkerTransaction(deps, async (step) => {
    const { tx, at } = step;
    const overdue = await tx.filings.listOverdue(at, batch);
    for (const filing of overdue) {
      const { overdue: action }: FilingStateFacts = filingStates[filing.state];
      if (action === 'lapse') {
        await endFiling(deps, tx, worker, filing, 'lapse', at);
        continue;
      }
      const next = addWorkingDays(dayOf(at), 1, deps.calendar).day;
      await tx.filings.update(filing.id, filing.version, filing.state, { dueAt: startOfDay(addDays(next, 1)) }, at);
      await recordFilingEvent(step, filing.id, 'FilingOverdue', { state: filing.state });
      await recordAudit(step, 'FilingOverdue', { kind: 'filing', id: filing.id }, { state: filing.state });
    }
    return overdue.length;
  });
}

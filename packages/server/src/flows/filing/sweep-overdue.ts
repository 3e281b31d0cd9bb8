import { addDays, addWorkingDays, dayOf, startOfDay } from '@openbeian/model/calendar';
import type { FaultCode } from '@openbeian/model/fault';
import { type FilingStateFacts, filingStates, openFilingStates } from '@openbeian/model/filing';
import type { FilingRow } from '../../ports/index.ts';
import { attemptItem, type ReportFailure, retryDue } from '../command/attempt-item.ts';
import { recordAudit } from '../command/audit.ts';
import type { FlowDeps } from '../command/deps.ts';
import { recordFilingEvent } from '../command/events.ts';
import { inWorkerTransaction, type Step } from '../command/step.ts';
import { tellOfFiling } from '../notice/tell-of-filing.ts';
import { advanceFiling } from './advance-filing.ts';
import { endFiling } from './end-filing.ts';
import { changeFiling } from './filing-step.ts';

const batch = 50;

/**
 * Performs the overdue action of every filing whose time is over: lapses it, or notifies the operators and looks again
 * after the next working day. Each in a transaction of its own: one that fails does not keep the others waiting.
 * @returns how many were due.
 */
export async function sweepOverdue(deps: FlowDeps, report: ReportFailure): Promise<number> {
  // Those that failed come first: one that somebody has ended meanwhile is no longer overdue, and its failure is over.
  const retried = await retryDue(deps, 'overdue', report, async (step, id) => {
    const filing = await step.tx.filings.findForUpdate(id);
    if (filing !== null && isOverdue(filing, step.at)) await actOnOverdue(step, filing);
  });
  return retried + (await sweepOthers(deps, report));
}

const isOverdue = ({ state, dueAt }: FilingRow, at: string): boolean =>
  (openFilingStates as readonly string[]).includes(state) && dueAt !== null && Date.parse(dueAt) <= Date.parse(at);

async function sweepOthers(deps: FlowDeps, report: ReportFailure): Promise<number> {
  for (let swept = 0; swept < batch; swept += 1) {
    const due = await inWorkerTransaction(deps, async ({ tx, at }) => (await tx.filings.listOverdue(at, 1))[0]);
    if (due === undefined) return swept;
    await attemptItem(deps, { kind: 'overdue', id: due.id }, report, async (step) => {
      const filing = await step.tx.filings.findForUpdate(due.id);
      // Another worker may have been here in between.
      if (filing?.version === due.version) await actOnOverdue(step, filing);
    });
  }
  return batch;
}

async function actOnOverdue(step: Step<FaultCode>, filing: FilingRow): Promise<void> {
  const { deps, at } = step;
  if (filing.askedAt !== null) {
    // What was asked stays as the reasons of the return.
    await advanceFiling(step, filing, 'expire_ask', { detail: {} });
    return;
  }
  const { overdue }: FilingStateFacts = filingStates[filing.state];
  if (overdue === 'lapse') {
    await endFiling(step, filing, 'lapse');
    return;
  }
  const next = addWorkingDays(dayOf(at), 1, deps.calendar).day;
  const waiting = await changeFiling(step, filing, { dueAt: startOfDay(addDays(next, 1)) });
  const detail = { state: filing.state };
  await recordFilingEvent(step, filing.id, 'FilingOverdue', detail);
  await recordAudit(step, 'FilingOverdue', { kind: 'filing', id: filing.id }, detail);
  // Once for each stay in a state, however often it is looked at again.
  const which = filing.stateSince ?? `round ${filing.reviewRound}`;
  await tellOfFiling(step, waiting, 'FilingOverdue', { which: `${filing.state} ${which}`, to: [null] });
}

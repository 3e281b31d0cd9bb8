import type { FaultCode } from '@openbeian/model/fault';
import { attemptItem, type ReportFailure, retryDue } from '../../command/attempt-item.ts';
import type { FlowDeps } from '../../command/deps.ts';
import { daysBefore } from '../../command/settled-time.ts';
import { inWorkerTransaction, type Step } from '../../command/step.ts';
import { releaseCode } from '../holding/release-holding.ts';

const batch = 50;

/**
 * Of lapses that cannot be undone any more: revokes the codes that were kept for that.
 * @returns how many lapses
 */
export async function finishLapses(deps: FlowDeps, report: ReportFailure): Promise<number> {
  // Those that failed come first: one that an operator has undone meanwhile is no failure any more.
  const retried = await retryDue(deps, 'lapse', report, finishLapse);
  const due = await inWorkerTransaction(deps, ({ tx, at }) =>
    tx.lapses.listUnfinished(daysBefore(at, deps.keep.undoDays), at, batch),
  );
  for (const { filingId } of due) {
    await attemptItem(deps, { kind: 'lapse', id: filingId }, report, (step) => finishLapse(step, filingId));
  }
  return retried + due.length;
}

async function finishLapse(step: Step<FaultCode>, filingId: string): Promise<void> {
  const filing = await step.tx.filings.findForUpdate(filingId);
  const lapse = await step.tx.lapses.find(filingId);
  // Another worker was faster, or an operator undid it.
  if (filing === null || lapse === null || lapse.keptCodeId === null) return;
  await releaseCode(step, lapse.keptCodeId, { filingId, cause: 'ended' });
  await step.tx.lapses.finish(filingId);
}

import { addDays, dayOf } from '@openbeian/model/calendar';
import { closeRefusals } from '../audit/record-refusals.ts';
import { clearEach, type ReportFailure } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';

/** Rows of one kind that go at once: few enough that nobody waits for the transaction. */
const batch = 500;
const msPerDay = 86_400_000;

/**
 * Clears away what was kept for long enough: idempotency keys, notices, sessions that ended, changes of totals (which are
 * added up), and the notes of which warnings went out for stop days that are long past.
 * @returns how many rows; 0: nothing is left to do.
 */
export function clearOld(deps: FlowDeps, report: ReportFailure): Promise<number> {
  const { idempotencyDays, noticeDays } = deps.keep;
  const before = (at: string, days: number): string => new Date(Date.parse(at) - days * msPerDay).toISOString();
  return clearEach(
    deps,
    [
      {
        id: 'idempotency',
        clear: ({ tx, at }) => tx.idempotency.deleteClaimedBefore(before(at, idempotencyDays), batch),
      },
      { id: 'notices', clear: ({ tx, at }) => tx.notices.deleteBefore(before(at, noticeDays), batch) },
      { id: 'refusals', clear: (step) => closeRefusals(step, batch) },
      { id: 'sessions', clear: ({ tx }) => tx.signIns.purge(deps.people.wall.now(), batch) },
      { id: 'totals', clear: ({ tx }) => tx.rowCounts.fold(batch) },
      { id: 'reveals', clear: ({ tx, at }) => tx.reveals.deleteBefore(before(at, noticeDays), batch) },
      {
        id: 'warnings',
        clear: ({ tx, at }) => tx.codeClock.deleteWarningsBefore(addDays(dayOf(at), -noticeDays), batch),
      },
    ],
    report,
  );
}

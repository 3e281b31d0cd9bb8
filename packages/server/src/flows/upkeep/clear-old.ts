import { addDays, dayOf } from '@openbeian/model/calendar';
import { closeRefusals } from '../audit/record-refusals.ts';
import { clearEach } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';

/** Rows of one kind that go at once: few enough that nobody waits for the transaction. */
const batch = 500;
const msPerDay = 86_400_000;

/**
 * Clears away what was kept for long enough: idempotency keys, notices, sessions that ended, changes of totals (which are
 * added up), and the notes of which warnings went out for stop days that are long past.
 * @returns how many rows; 0: nothing is left to do.
 */
export function clearOld(deps: FlowDeps, report: (error: unknown) => void): Promise<number> {
  const { idempotencyDays, noticeDays } = deps.keep;
  const before = (at: string, days: number): string => new Date(Date.parse(at) - days * msPerDay).toISOString();
  return clearEach(
    deps,
    [
      ({ tx, at }) => tx.idempotency.deleteClaimedBefore(before(at, idempotencyDays), batch),
      ({ tx, at }) => tx.notices.deleteBefore(before(at, noticeDays), batch),
      (step) => closeRefusals(step, batch),
      ({ tx }) => tx.signIns.purge(deps.people.wall.now(), batch),
      ({ tx }) => tx.rowCounts.fold(batch),
      ({ tx, at }) => tx.reveals.deleteBefore(before(at, noticeDays), batch),
      ({ tx, at }) => tx.codeClock.deleteWarningsBefore(addDays(dayOf(at), -noticeDays), batch),
    ],
    report,
  );
}

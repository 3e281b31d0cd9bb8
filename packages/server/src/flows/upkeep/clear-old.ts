import { addDays, dayOf } from '@openbeian/model/calendar';
import { closeRefusals } from '../audit/record-refusals.ts';
import { clearEach, type ReportFailure } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { bySettledTime, daysBefore } from '../command/settled-time.ts';

/** Rows of one kind that go at once: few enough that nobody waits for the transaction. */
const batch = 500;

/**
 * Clears away what was kept for long enough, by a time that is settled: idempotency keys, notices, sessions that ended,
 * messages of the authority that mattered to one hand-over only, changes of totals (which are added up), and the notes of which warnings went out for stop days that are long past.
 * @returns how many rows; 0: nothing is left to do.
 */
export function clearOld(deps: FlowDeps, report: ReportFailure): Promise<number> {
  const { idempotencyDays, noticeDays, messageDays, materialDays, packageDays } = deps.keep;
  return clearEach(
    deps,
    [
      {
        id: 'idempotency',
        clear: bySettledTime(({ tx }, at) =>
          tx.idempotency.deleteClaimedBefore(daysBefore(at, idempotencyDays), batch),
        ),
      },
      {
        id: 'notices',
        clear: bySettledTime(({ tx }, at) => tx.notices.deleteBefore(daysBefore(at, noticeDays), batch)),
      },
      {
        id: 'messages',
        clear: bySettledTime(async ({ tx }, at) =>
          messageDays === null ? 0 : tx.exchange.deleteMessagesBefore(daysBefore(at, messageDays), batch),
        ),
      },
      {
        id: 'packages',
        clear: bySettledTime(({ tx }, at) => tx.authorityLedger.deleteBefore(daysBefore(at, packageDays), batch)),
      },
      { id: 'uploads', clear: ({ tx, at }) => tx.materials.deleteExpiredUploads(at, batch) },
      {
        id: 'materials',
        clear: bySettledTime(({ tx }, at) => tx.materials.deleteBefore(daysBefore(at, materialDays), batch)),
      },
      { id: 'refusals', clear: (step) => closeRefusals(step, batch) },
      {
        id: 'sessions',
        // A story's time may be ahead of that by which people are signed in.
        clear: bySettledTime(({ tx }, at) => tx.signIns.purge(earlier(at, deps.people.wall.now()), batch)),
      },
      { id: 'totals', clear: ({ tx }) => tx.rowCounts.fold(batch) },
      {
        id: 'reveals',
        clear: bySettledTime(({ tx }, at) => tx.reveals.deleteBefore(daysBefore(at, noticeDays), batch)),
      },
      {
        id: 'warnings',
        clear: bySettledTime(({ tx }, at) => tx.codeClock.deleteWarningsBefore(addDays(dayOf(at), -noticeDays), batch)),
      },
    ],
    report,
  );
}

const earlier = (one: string, other: string): string => (Date.parse(one) < Date.parse(other) ? one : other);

import { addDays, dayOf } from '@openbeian/model/calendar';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';

/** Rows of one kind that go at once: few enough that nobody waits for the transaction. */
const batch = 500;
const msPerDay = 86_400_000;

/**
 * Clears away what was kept for long enough: idempotency keys, notices, and the notes of which warnings went out for stop
 * days that are long past.
 * @returns how many rows; 0: nothing is left to do.
 */
export function clearOld(deps: FlowDeps): Promise<number> {
  const { idempotencyDays, noticeDays } = deps.keep;
  return inWorkerTransaction(deps, async ({ tx, at }) => {
    const before = (days: number): string => new Date(Date.parse(at) - days * msPerDay).toISOString();
    const keys = await tx.idempotency.deleteClaimedBefore(before(idempotencyDays), batch);
    const notices = await tx.notices.deleteBefore(before(noticeDays), batch);
    const warnings = await tx.codeClock.deleteWarningsBefore(addDays(dayOf(at), -noticeDays), batch);
    return keys + notices + warnings;
  });
}

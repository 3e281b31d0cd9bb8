import type { FlowDeps } from '../command/deps.ts';
import { findSettledTime } from '../command/settled-time.ts';
import { inWorkerTransaction } from '../command/step.ts';

/** Clocks of several workers differ by less; nothing is taken back for that. */
const toleratedMs = 10 * 60_000;

/**
 * Notes the time, which was found right a moment ago. Notes from later than now were made by a clock that was ahead: they go, and
 * so do the notices about stop days that went out then, which go out again in their time.
 * @returns how many notes were from later
 */
export function keepTime(deps: FlowDeps): Promise<number> {
  return inWorkerTransaction(deps, async (step) => {
    const { tx, at } = step;
    const later = new Date(Date.parse(at) + toleratedMs).toISOString();
    const ahead = await tx.clockMarks.dropAfter(later);
    if (ahead > 0) await tx.codeClock.takeBackWarnings(later);
    await tx.clockMarks.add(at);
    const settledAt = await findSettledTime(step);
    if (settledAt !== null) await tx.clockMarks.dropBefore(settledAt);
    return ahead;
  });
}

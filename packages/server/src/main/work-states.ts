import type { WorkState } from '../http/work-metrics.ts';
import type { RoundsState } from '../work/rounds.ts';

/** One kind of work as it runs. */
export interface RunningWork {
  readonly rounds: { readonly state: RoundsState };
  /** Requests under way beside the rounds; 0 unless it has any. */
  readonly underWay?: number;
  /** What it does at deadlines rests; false unless it is told. */
  readonly isHeldByClock?: boolean;
  /** What its errors are told as. */
  readonly parts: readonly string[];
}

/** Errors by the part of the work that they were told of. */
export type ErrorCounts = ReadonlyMap<string, number>;

/**
 * What can be told of each kind of work now.
 * @param stalledMs how long a round may last
 */
export function workStatesOf(
  running: Readonly<Record<string, RunningWork>>,
  errors: ErrorCounts,
  stalledMs: number,
): WorkState[] {
  const nowMs = performance.now();
  return Object.entries(running).map(([work, { rounds, underWay = 0, isHeldByClock = false, parts }]) => {
    const { beganMs, endedMs, count } = rounds.state;
    return {
      work,
      rounds: count,
      secondsSinceRound: (nowMs - (endedMs ?? startedMs)) / 1000,
      underWay,
      errors: parts.reduce((sum, part) => sum + (errors.get(part) ?? 0), 0),
      isStalled: beganMs !== null && nowMs - beganMs > stalledMs,
      isHeldByClock,
    };
  });
}

/** When this process could first have ended a round. */
const startedMs = performance.now();

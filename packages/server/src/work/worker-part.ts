import { isFault } from '@openbeian/model/fault';
import type { ClockGuard } from './clock-guard.ts';

export type WorkerPart =
  | 'jobs'
  | 'look_ups'
  | 'reconciliation'
  | 'inventory_syncs'
  | 'messages'
  | 'sweep'
  | 'clock'
  | 'clearing'
  | 'seals'
  | 'reseal'
  | 'audit_check'
  | 'gate';

export interface WorkerOptions {
  /** Names this worker in leases; unique among all that run. */
  readonly owner: string;
  /** How long a kind of work rests when there was nothing to do. */
  readonly pollMs: number | (() => number);
  /** How often the authority is asked for messages, which nobody tells of; `pollMs` unless given. */
  readonly askEveryMs?: number;
  /** Told of what went wrong in a round; the worker goes on. */
  readonly onError: (error: unknown, during: WorkerPart) => void;
  /** Asked before what a deadline makes irreversible; left out where the time is a story's own. */
  readonly clockGuard?: Pick<ClockGuard, 'findFault'>;
  /** Hand-overs of one province that are under way at a time; 4 unless given. */
  readonly perLine?: number;
  /** Provinces that go strictly in turn. */
  readonly inTurn?: readonly string[];
}

/** Tells of errors in one part of the work. */
export const reporterOf =
  ({ onError }: Pick<WorkerOptions, 'onError'>, during: WorkerPart) =>
  (error: unknown): void =>
    onError(error, during);

/** A round that fails is told and counts as nothing done. */
export async function guarded(
  options: Pick<WorkerOptions, 'onError'>,
  during: WorkerPart,
  round: () => Promise<number>,
): Promise<number> {
  try {
    return await round();
  } catch (error) {
    // Another worker was faster, or the authority is away for now: both are normal.
    if (!isFault(error, 'object.changed')) options.onError(error, during);
    return 0;
  }
}

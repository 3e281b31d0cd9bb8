import { type FaultCode, isFault } from '@openbeian/model/fault';
import type { WorkKind } from '../../ports/index.ts';
import type { FlowDeps } from './deps.ts';
import { inWorkerTransaction, type Step } from './step.ts';

/** One item of background work. */
export interface WorkItem {
  readonly kind: WorkKind;
  readonly id: string;
  /** What is worked on, where no table has it yet. */
  readonly payload?: unknown;
}

/** Called for an item that failed and was postponed; the work continues with the next one. */
export type ReportFailure = (error: unknown, item: WorkItem) => void;

/** Failures after which an item is parked until an operator acts. */
const failuresUntilParked = 8;
const firstRetryMs = 5_000;
export const longestRetryMs = 15 * 60_000;

/** How long work that failed waits: 5 s after the first failure, twice as long after each further one. */
export const retryDelayMs = (failures: number): number => Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));

/** Everybody's trouble, not the item's: the whole work waits and nothing is counted. */
const passing: readonly FaultCode[] = [
  'store.unavailable',
  'object.changed',
  'authority.unreachable',
  'authority.occupied',
];

/** Trying again changes nothing until an operator has acted: parked at the first failure. */
const needsOperator: readonly FaultCode[] = [
  'record.number_conflict',
  'store.unreadable',
  'audit.altered',
  'authority.not_sendable',
];

/**
 * Works on one item in a transaction of its own. One that fails is put off, later and later, and parked after some failures
 * with its cause kept; no other item waits for it.
 * @returns what `work` gives, or `failed`
 * @throws Fault that is not about the item: the database or the authority is unavailable, or another worker was faster.
 */
export async function attemptItem<Result>(
  deps: FlowDeps,
  item: WorkItem,
  report: ReportFailure,
  work: (step: Step<FaultCode>) => Promise<Result>,
): Promise<Result | 'failed'> {
  try {
    return await inWorkerTransaction(deps, async (step) => {
      const result = await work(step);
      await step.tx.workFailures.clear(item.kind, item.id);
      return result;
    });
  } catch (error) {
    await putOff(deps, item, report, error);
    return 'failed';
  }
}

/** Work that is done on many items at once for speed. */
export interface BatchWork {
  readonly kind: WorkKind;
  /** Takes the items that are due and have not failed, or the one that is named, and works on them. */
  readonly work: (step: Step<FaultCode>, itemId?: string) => Promise<number>;
  /** The items that `work` would take, each once. */
  readonly due: (step: Step<FaultCode>) => Promise<readonly string[]>;
}

const retryBatch = 50;

/**
 * Works on all items that are due in one transaction. When that fails, on each in a transaction of its own, so that only
 * those that fail themselves are put off; these are tried again one at a time.
 * @returns how many were worked on, or put off
 */
export async function attemptBatch(
  deps: FlowDeps,
  { kind, work, due }: BatchWork,
  report: ReportFailure,
): Promise<number> {
  const attemptEach = async (ids: readonly string[]) => {
    for (const id of ids) await attemptItem(deps, { kind, id }, report, (step) => work(step, id));
    return ids.length;
  };
  const failed = await inWorkerTransaction(deps, ({ tx, at }) => tx.workFailures.listDue(kind, at, retryBatch));
  const retried = await attemptEach(failed.map(({ itemId }) => itemId));
  try {
    return retried + (await inWorkerTransaction(deps, (step) => work(step)));
  } catch (error) {
    if (isPassing(error)) throw error;
    return retried + (await attemptEach(await inWorkerTransaction(deps, due)));
  }
}

/** Counts a failure of the item; as `attemptItem` does for work that is more than one transaction. */
export async function putOff(deps: FlowDeps, item: WorkItem, report: ReportFailure, error: unknown): Promise<void> {
  if (isPassing(error)) throw error;
  report(error, item);
  const { kind, id, payload } = item;
  await inWorkerTransaction(deps, async ({ tx, at }) => {
    const failures = (await tx.workFailures.count(kind, id)) + 1;
    const isParked = failures >= failuresUntilParked || (isFault(error) && needsOperator.includes(error.code));
    const retryAt = isParked ? null : new Date(Date.parse(at) + retryDelayMs(failures)).toISOString();
    const kept = payload === undefined ? null : JSON.stringify(payload);
    const row = { kind, itemId: id, payload: kept, sealedPayload: null, failedAt: at, retryAt };
    await tx.workFailures.put({ ...row, lastError: causeOf(error) });
  });
}

const isPassing = (error: unknown): boolean => isFault(error) && passing.includes(error.code);

/** One kind of old rows, by a name of its own. */
export interface Clearing {
  readonly id: string;
  readonly clear: (step: Step<FaultCode>) => Promise<number>;
}

/**
 * Clears away what is old: each kind of row in a transaction of its own, so that one that cannot be cleared keeps no other. As
 * other work that fails it is put off, and parked after some failures until an operator acts.
 * @returns how many rows went
 */
export async function clearEach(deps: FlowDeps, kinds: readonly Clearing[], report: ReportFailure): Promise<number> {
  let cleared = 0;
  for (const { id, clear } of kinds) {
    const item = { kind: 'purge', id } as const;
    try {
      if (await inWorkerTransaction(deps, ({ tx, at }) => tx.workFailures.isPutOff(item.kind, id, at))) continue;
      const rows = await attemptItem(deps, item, report, clear);
      if (rows !== 'failed') cleared += rows;
    } catch (error) {
      // The database is away: told, and tried again with everything else.
      report(error, item);
    }
  }
  return cleared;
}

/** What operators read of a failure. Only faults speak without personal data; of anything else the log has the text. */
export function causeOf(error: unknown): string {
  if (isFault(error)) return error.message;
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return [typeof name === 'string' ? name : 'Error', typeof code === 'string' ? code : ''].join(' ').trim();
}

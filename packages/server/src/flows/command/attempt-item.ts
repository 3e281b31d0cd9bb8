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

/** Told of an item that failed and was put off; the work goes on with the next one. */
export type ReportFailure = (error: unknown, item: WorkItem) => void;

/** Failures after which an item is parked until an operator acts. */
const failuresUntilParked = 8;
const firstRetryMs = 5_000;
const longestRetryMs = 15 * 60_000;

/** Everybody's trouble, not the item's: the whole work waits and nothing is counted. */
const passing: readonly FaultCode[] = ['store.unavailable', 'object.changed', 'authority.unreachable'];

/**
 * Works on one item in a transaction of its own. One that fails is put off, later and later, and parked after some failures
 * with its cause kept; no other item waits for it.
 * @returns what `work` gives, or `failed`
 * @throws Fault that says nothing about the item: the database or the authority is away, another worker was faster.
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

/** Counts a failure of the item; as `attemptItem` does for work that is more than one transaction. */
export async function putOff(deps: FlowDeps, item: WorkItem, report: ReportFailure, error: unknown): Promise<void> {
  if (isFault(error) && passing.includes(error.code)) throw error;
  report(error, item);
  const { kind, id, payload } = item;
  await inWorkerTransaction(deps, async ({ tx, at }) => {
    const failures = (await tx.workFailures.count(kind, id)) + 1;
    const waitMs = Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));
    const retryAt = failures >= failuresUntilParked ? null : new Date(Date.parse(at) + waitMs).toISOString();
    const kept = payload === undefined ? null : JSON.stringify(payload);
    await tx.workFailures.put({ kind, itemId: id, payload: kept, failedAt: at, retryAt, lastError: causeOf(error) });
  });
}

/** What operators read. Only faults speak without personal data; of anything else the log has the text. */
function causeOf(error: unknown): string {
  if (isFault(error)) return error.message;
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return [typeof name === 'string' ? name : 'Error', typeof code === 'string' ? code : ''].join(' ').trim();
}

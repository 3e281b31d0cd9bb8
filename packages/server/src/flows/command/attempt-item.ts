import { type Fault, type FaultCode, faultCatalogue, isFault } from '@openbeian/model/fault';
import type { FailureCause, KnownFault, WorkKind } from '../../ports/index.ts';
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
/** Of what failed, tried again in one round. */
const retryBatch = 50;
export const longestRetryMs = 15 * 60_000;

/** How long work that failed waits: 5 s after the first failure, twice as long after each further one. */
export const retryDelayMs = (failures: number): number => Math.min(longestRetryMs, firstRetryMs * 2 ** (failures - 1));

/**
 * Everybody's trouble, as a rule: the item is tried again, however often, and never parked. It may be the item's own, such as a row
 * that is always locked or a statement that always takes too long, so that no other waits for it.
 */
const passing: readonly FaultCode[] = [
  'store.unavailable',
  'object.changed',
  'authority.unreachable',
  'authority.occupied',
  'material.store_unavailable',
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
 * @throws Fault `store.unavailable` where the database is away altogether: nothing could be noted.
 */
export async function attemptItem<Result>(
  deps: FlowDeps,
  item: WorkItem,
  report: ReportFailure,
  work: (step: Step<FaultCode>) => Promise<Result>,
): Promise<Result | 'failed'> {
  const attempt = () =>
    inWorkerTransaction(deps, async (step) => {
      const result = await work(step);
      await step.tx.workFailures.clear(item.kind, item.id);
      return result;
    });
  try {
    // Where another worker was faster, a second look finds what it left: most often nothing to do.
    return await attempt().catch((error: unknown): Promise<Result> => {
      if (!isFault(error, 'object.changed')) throw error;
      return attempt();
    });
  } catch (error) {
    await putOff(deps, item, report, error);
    return 'failed';
  }
}

/** Tries the items of this kind again whose time has come, each as `attemptItem` does. @returns how many */
export async function retryDue(
  deps: FlowDeps,
  kind: WorkKind,
  report: ReportFailure,
  work: (step: Step<FaultCode>, itemId: string) => Promise<unknown>,
): Promise<number> {
  const due = await inWorkerTransaction(deps, ({ tx, at }) => tx.workFailures.listDue(kind, at, retryBatch));
  for (const { itemId } of due) await attemptItem(deps, { kind, id: itemId }, report, (step) => work(step, itemId));
  return due.length;
}

/** Work that is done on many items at once for speed. */
export interface BatchWork {
  readonly kind: WorkKind;
  /** Takes the items that are due and have not failed, or the one that is named, and works on them. */
  readonly work: (step: Step<FaultCode>, itemId?: string) => Promise<number>;
  /** The items that `work` would take, each once. */
  readonly due: (step: Step<FaultCode>) => Promise<readonly string[]>;
}

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
  const retried = await retryDue(deps, kind, report, work);
  try {
    return retried + (await inWorkerTransaction(deps, (step) => work(step)));
  } catch {
    // Whatever it was, such as a time-out by one of them: those that do not fail themselves go on.
    const ids = await inWorkerTransaction(deps, due);
    for (const id of ids) await attemptItem(deps, { kind, id }, report, (step) => work(step, id));
    return retried + ids.length;
  }
}

/**
 * Counts a failure of the item; as `attemptItem` does for work that is more than one transaction.
 * @throws Fault `store.unavailable` where the database is away altogether: then nothing is counted
 */
export async function putOff(deps: FlowDeps, item: WorkItem, report: ReportFailure, error: unknown): Promise<void> {
  const passes = isPassing(error);
  // What passes may be the database that is away, which its caller tells once, not each item's.
  if (!passes) report(error, item);
  await noteFailure(deps, item, error);
  if (passes && !isFault(error, 'object.changed')) report(error, item);
}

async function noteFailure(deps: FlowDeps, { kind, id, payload }: WorkItem, error: unknown): Promise<void> {
  await inWorkerTransaction(deps, async ({ tx, at }) => {
    const failures = (await tx.workFailures.count(kind, id)) + 1;
    const needsSomebody = failures >= failuresUntilParked || (isFault(error) && needsOperator.includes(error.code));
    const isParked = needsSomebody && !isPassing(error);
    const retryAt = isParked ? null : new Date(Date.parse(at) + retryDelayMs(failures)).toISOString();
    const kept = payload === undefined ? null : JSON.stringify(payload);
    const row = { kind, itemId: id, payload: kept, sealedPayload: null, failedAt: at, retryAt };
    await tx.workFailures.put({ ...row, ...failureCauseOf(error) });
  });
}

/** Work on several items that have their own way of waiting: one that fails is put off by it, and the others have their turn. */
export class EachByItself {
  readonly #deps: FlowDeps;
  #first: { readonly error: unknown } | null = null;

  constructor(deps: FlowDeps) {
    this.#deps = deps;
  }

  /** @throws Fault `store.unavailable` where the database is away altogether */
  async run(item: WorkItem, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#first ??= { error };
      await putOff(this.#deps, item, () => {}, error);
    }
  }

  /** @throws the first failure, for whoever tells of it */
  end(): void {
    if (this.#first !== null) throw this.#first.error;
  }
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

/** Why something failed, as it is kept: of a fault also its code and its words in both languages. */
export const failureCauseOf = (error: unknown): FailureCause => ({
  lastError: causeOf(error),
  lastFault: isFault(error) ? knownFaultOf(error) : null,
});

function knownFaultOf({ code, extras: { detail, places } }: Fault): KnownFault {
  const { zh, en } = faultCatalogue[code];
  if (detail !== undefined) return { code, zh: detail.zh, en: detail.en };
  if (places === undefined || places.length === 0) return { code, zh, en };
  const [named, namedZh] = [
    places.map(({ expected }) => expected),
    places.map((each) => each.expectedZh ?? each.expected),
  ];
  return { code, zh: `${zh}${namedZh.join('；')}`, en: `${en} ${named.join('; ')}` };
}

/** What operators read of a failure. Only faults speak without personal data; of anything else the log has the text. */
export function causeOf(error: unknown): string {
  if (isFault(error)) return error.message;
  const { name, code } = (error ?? {}) as { name?: unknown; code?: unknown };
  return [typeof name === 'string' ? name : 'Error', typeof code === 'string' ? code : ''].join(' ').trim();
}

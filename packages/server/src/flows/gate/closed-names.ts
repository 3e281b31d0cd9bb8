import type { UnreadableEntry } from '../../ports/index.ts';
import { putOff, type ReportFailure, retryDue } from '../command/attempt-item.ts';
import type { FlowDeps } from '../command/deps.ts';
import { inWorkerTransaction } from '../command/step.ts';

/** The failure of the file itself; all other items are names, which have dots. */
const fileItem = { kind: 'gate', id: 'file' } as const;

/** Names that gates keep closed because their record cannot be read: each is parked for an operator, once. */
export async function noteClosedNames(deps: FlowDeps, unreadable: readonly UnreadableEntry[]): Promise<void> {
  if (unreadable.length === 0) return;
  await inWorkerTransaction(deps, async ({ tx, at }) => {
    for (const { name, cause } of unreadable) {
      const row = { kind: 'gate', itemId: name, payload: null, sealedPayload: null } as const;
      await tx.workFailures.add({ ...row, failedAt: at, retryAt: null, lastError: cause });
    }
  });
}

const noted = new WeakSet<object>();

/** Counts a failure to build the file, once for all who waited for it. @throws Fault `store.unavailable` where the database is away */
export async function noteFailedFile(deps: FlowDeps, error: unknown): Promise<void> {
  if (typeof error === 'object' && error !== null) {
    if (noted.has(error)) return;
    noted.add(error);
  }
  // Whoever asked for the file is told, too, unless an earlier one will do.
  await putOff(deps, fileItem, () => {}, error);
}

export const noteBuiltFile = (deps: FlowDeps): Promise<void> =>
  inWorkerTransaction(deps, ({ tx }) => tx.workFailures.clear(fileItem.kind, fileItem.id));

/** Is building put off, or parked until an operator acts? */
export const isFilePutOff = (deps: FlowDeps): Promise<boolean> =>
  inWorkerTransaction(deps, ({ tx, at }) => tx.workFailures.isPutOff(fileItem.kind, fileItem.id, at));

/**
 * What an operator retries: what gates know of a name is made again out of its records. The file is built when a gate next
 * asks for it.
 * @returns how many were due
 */
export function retryGate(deps: FlowDeps, report: ReportFailure): Promise<number> {
  return retryDue(deps, 'gate', report, async ({ tx, at }, name) => {
    if (name === fileItem.id) return;
    await tx.gateLog.renew(name, at);
    await tx.gateLog.find([name]);
  });
}

import { createHash } from 'node:crypto';
import type { Account, OwnedResource } from '@openbeian/model/eligibility';
import type { FaultCode } from '@openbeian/model/fault';
import {
  type CloudReading,
  type HeldChange,
  type InventorySync,
  readableOf,
  type SyncCounts,
  type SyncText,
} from '../../../ports/index.ts';
import { recordAudit } from '../../command/audit.ts';
import { type FlowRequest, inWorkerTransaction, type Step } from '../../command/step.ts';
import { type Differences, differenceRows } from '../compare-inventory.ts';
import type { Break } from '../inventory-breaks.ts';
import { inParts } from '../inventory-rows.ts';
import { putResources } from '../put-inventory.ts';
import { RoomForRows } from '../room-for-rows.ts';
import { keepUntold } from './keep-untold.ts';
import { syncWords } from './words.ts';

/** A run that has read and compared. */
export interface SyncRun {
  readonly sync: InventorySync;
  readonly owner: string;
  readonly reading: CloudReading;
  readonly inventory: { readonly accounts: readonly Account[]; readonly resources: readonly OwnedResource[] };
  readonly differences: Differences;
  /** When the next one is due. */
  readonly dueAt: string;
}

/** What an operator is shown of what waits has room for so much. */
const shownBytes = 32 * 1024;

/**
 * Writes what differs, or that it waits for an operator, and how the run ended: in one transaction.
 * @throws Fault `object.changed` where another worker has taken the run over; nothing is written then
 */
export async function takeOver(request: FlowRequest<FaultCode>, run: SyncRun): Promise<void> {
  const { sync, owner, reading, differences, dueAt } = run;
  const trouble = reasonToHold(sync, differences);
  const held = trouble === null ? null : await heldChange(request, sync, differences);
  await inWorkerTransaction(request.deps, async (step) => {
    const { tx, at } = step;
    if (!(await tx.inventorySyncs.hold(sync.name, owner))) throw step.fault('object.changed');
    const ended = { at, dueAt, held: null };
    const counts = countsOf(differences);
    const isHeld = held !== null && !(await isConfirmed(step, sync.name, held));
    if (isHeld) {
      const result = { counts, unread: reading.unread, trouble };
      await tx.inventorySyncs.end(sync.name, owner, { ...ended, outcome: 'held', result, held });
      return;
    }
    await write(step, run);
    const result = { counts, unread: reading.unread, trouble: null };
    await tx.inventorySyncs.end(sync.name, owner, { ...ended, outcome: 'done', result });
  });
}

const countsOf = ({ compared: { ids, counts }, gone, breaks }: Differences): SyncCounts => ({
  read: ids.size,
  new: counts.new,
  changed: counts.changed,
  gone: gone.places.length,
  breaking: breaks.length,
});

/** Why an operator is asked first; null: it may be taken over. */
function reasonToHold(sync: InventorySync, { compared, gone, breaks }: Differences): SyncText | null {
  const { counts } = compared;
  const missing = gone.places.length;
  const known = counts.changed + counts.same + missing;
  // An empty answer where something is known is a missing permission more often than an empty account.
  if (compared.ids.size === 0 && missing > 0) return syncWords.nothing(missing);
  const isTooMuch = missing > sync.mostGone || missing * 100 > known * sync.mostGonePercent;
  if (sync.releaseGone && missing > 0 && isTooMuch) return syncWords.gone(missing, known);
  return breaks.length === 0 ? null : syncWords.breaks(breaks.length);
}

const brokenBy = ({ id, codes, filings, services }: Break): string[] => [
  ...codes.map((code) => `code ${code.id}`),
  ...filings.map((filing) => `filing ${filing.id}`),
  ...services.map(({ number }) => `service ${number} ${id}`),
];

async function heldChange(
  request: FlowRequest,
  { releaseGone }: InventorySync,
  differences: Differences,
): Promise<HeldChange> {
  const gone = releaseGone ? differences.gone.places.map(({ id }) => id).toSorted() : [];
  const breaking = differences.breaks.flatMap(brokenBy).toSorted();
  const digest = createHash('sha256')
    .update(JSON.stringify([gone, breaking]))
    .digest('hex');
  return {
    digest,
    gone,
    breaking,
    difference: await differenceRows(request, differences, new RoomForRows(shownBytes)),
  };
}

/** An operator has agreed to all that would be released or break now. */
async function isConfirmed({ tx }: Step, name: string, { gone, breaking }: HeldChange): Promise<boolean> {
  const [row] = await tx.inventorySyncs.list([name]);
  if (row === undefined || readableOf(row).confirmedBy === null) return false;
  const found = await tx.inventorySyncs.findHeld(name);
  if (found === null) return false;
  const agreed = readableOf(found);
  return isWithin(gone, agreed.gone) && isWithin(breaking, agreed.breaking);
}

const isWithin = (some: readonly string[], all: readonly string[]): boolean => {
  const known = new Set(all);
  return some.every((one) => known.has(one));
};

async function write(step: Step, { sync, inventory, differences }: SyncRun): Promise<void> {
  const { tx, at } = step;
  const { accounts } = inventory;
  await tx.accounts.putAll(
    accounts.map(({ id, realName = 'none' }) => ({ id, realName, displayName: '' })),
    at,
  );
  const { added, changed: different } = differences.compared;
  const differing = new Set([...added, ...different.map(({ id }) => id)]);
  const changed: string[] = [];
  let index = 0;
  for (const some of inParts(inventory.resources.filter(({ id }) => differing.has(id)))) {
    // What somebody has told here since it was compared stays.
    const stored = await tx.resources.listByIds(some.map(({ id }) => id));
    const facts = new Map(stored.map((row) => [row.id, row.facts]));
    changed.push(
      ...(await putResources(
        step,
        some.map((one) => keepUntold(one, facts.get(one.id))),
        index,
      )),
    );
    index += some.length;
  }
  const released = sync.releaseGone ? await release(step, differences) : [];
  if (changed.length + released.length + differences.accounts.changes.length === 0) return;
  const counts = { accounts: accounts.length, resources: differences.compared.ids.size };
  const object = { kind: 'inventory', id: 'inventory' } as const;
  await recordAudit(step, 'InventorySynced', object, { ...counts, changed, released, sync: sync.name });
}

/** Marks what is gone as released, but for what has been taken into use since it was compared: the next run judges that. */
async function release(step: Step, { gone }: Differences): Promise<string[]> {
  const { tx } = step;
  const known = new Set(gone.used.map(({ before }) => before.id));
  const released: string[] = [];
  for (const some of inParts(gone.places)) {
    const ids = some.map(({ id }) => id);
    const uses = [...(await tx.resources.listUses(ids)), ...(await tx.codes.listAlive(ids))];
    const taken = new Set(uses.map(({ resourceId }) => resourceId).filter((id) => !known.has(id)));
    const rows = (await tx.resources.listByIds(ids)).filter(({ id }) => !taken.has(id));
    const facts = rows.map((row) => ({ ...row.facts, account: row.accountId, state: 'released' as const }));
    released.push(...(await putResources(step, facts, 0)));
  }
  return released;
}

import { isFault } from '@openbeian/model/fault';
import { type InventorySync, type InventorySyncRow, readableOf } from '../../../ports/index.ts';
import { recordAudit } from '../../command/audit.ts';
import { command, query } from '../../command/operation.ts';
import type { Step } from '../../command/step.ts';

interface NamedInput {
  readonly name: string;
}

/** All that are configured, each with its last result. */
export const listInventorySyncs = query({ id: 'listInventorySyncs', faults: [] }, async ({ deps, tx, at }) => {
  const { syncs } = deps.inventorySyncs;
  const rows = await tx.inventorySyncs.list(syncs.map(({ name }) => name));
  // One that cannot be read is as one that has not run: the next run writes it again.
  const byName = new Map(rows.flatMap((row) => (isFault(row) ? [] : [[row.name, row] as const])));
  return { syncs: syncs.map((sync) => viewOf(sync, byName.get(sync.name) ?? null, at)) };
});

/** A sync as operators see it. */
function viewOf(sync: InventorySync, row: InventorySyncRow | null, at: string) {
  const { name, cloud, regions, account, everyHours, releaseGone } = sync;
  const isRunning = row?.leaseUntil != null && row.leaseUntil > at;
  const state = isRunning ? ('running' as const) : (row?.outcome ?? ('waiting' as const));
  return {
    name,
    cloud,
    regions,
    account,
    everyHours,
    releaseGone,
    state,
    dueAt: row === null || row.dueAt <= at ? null : row.dueAt,
    beganAt: row?.beganAt ?? null,
    endedAt: row?.endedAt ?? null,
    succeededAt: row?.succeededAt ?? null,
    failures: row?.failures ?? 0,
    counts: row?.result?.counts ?? null,
    unread: row?.result?.unread ?? [],
    trouble: row?.result?.trouble ?? null,
    isConfirmed: row !== null && row.heldDigest !== null && row.confirmedBy !== null,
  };
}

/** What a sync that waits for an operator would change. */
export const getHeldSync = query(
  { id: 'getHeldSync', faults: ['object.not_found'] },
  async (step, input: NamedInput) => {
    const { name } = configured(step, input);
    const held = await step.tx.inventorySyncs.findHeld(name);
    if (held === null) throw step.fault('object.not_found');
    const { digest, difference } = readableOf(held);
    return { digest, difference };
  },
);

/** Due at once, whatever its hours say. */
export const runInventorySync = command(
  { id: 'runInventorySync', faults: ['object.not_found'] },
  async (step, input: NamedInput) => {
    const { name } = configured(step, input);
    await step.tx.inventorySyncs.ask(name, step.at);
    await recordAudit(step, 'InventorySyncAsked', { kind: 'inventory', id: 'inventory' }, { sync: name });
    return {};
  },
);

/**
 * Agrees to what a sync waits for. The cloud is read again at once: only what was agreed to is released or breaks.
 * @throws Fault `object.changed` where something else waits by now
 */
export const confirmInventorySync = command(
  { id: 'confirmInventorySync', faults: ['object.not_found', 'object.changed'] },
  async (step, { digest, ...input }: NamedInput & { readonly digest: string }) => {
    const { name } = configured(step, input);
    const isSame = await step.tx.inventorySyncs.confirm(name, digest, step.actor.userId, step.at);
    if (!isSame) throw step.fault('object.changed');
    await recordAudit(step, 'InventorySyncConfirmed', { kind: 'inventory', id: 'inventory' }, { sync: name });
    return {};
  },
);

function configured({ deps, fault }: Step<'object.not_found'>, { name }: NamedInput): InventorySync {
  const found = deps.inventorySyncs.syncs.find((sync) => sync.name === name);
  if (found === undefined) throw fault('object.not_found');
  return found;
}

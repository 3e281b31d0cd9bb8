import type { InventorySync, InventorySyncRow } from '../../ports/index.ts';
import { spanOf } from './amounts.ts';
import { type Finding, itemOf, named, type OperationsItem, ok, partOf, wants } from './item.ts';
import { syncWords as words } from './sync-words.ts';

const inventoryPage = '/inventory';
/** From when on one that is due is late. */
const lateSeconds = 1800;
/** So often in a row it may fail before somebody should look at once. */
const mostFailures = 5;

/** Inventories that are read from clouds; null: none is configured. */
export function syncsItem(
  syncs: readonly InventorySync[],
  rows: readonly InventorySyncRow[],
  at: string,
): OperationsItem | null {
  if (syncs.length === 0) return null;
  const byName = new Map(rows.map((row) => [row.name, row]));
  const parts = syncs.map(({ name }) =>
    partOf({ id: name, name: named(name) }, findingOf(byName.get(name) ?? null, at)),
  );
  return itemOf('inventory_syncs', { text: words.syncs(syncs.length), link: inventoryPage }, parts);
}

function findingOf(row: InventorySyncRow | null, at: string): Finding {
  if (row === null) return wants('unknown', words.neverRan, words.lateTodo, inventoryPage);
  const secondsSince = (instant: string) => Math.max(0, (Date.parse(at) - Date.parse(instant)) / 1000);
  const isRunning = row.leaseUntil !== null && row.leaseUntil > at;
  const { outcome, result, endedAt, failures, confirmedBy } = row;
  const because = result?.trouble ?? words.noCause;
  if (outcome === 'held' && confirmedBy === null)
    return wants('attention', words.held(because), words.heldTodo, inventoryPage);
  if (outcome === 'failed') {
    const since = row.succeededAt === null ? null : spanOf(secondsSince(row.succeededAt));
    const state = failures >= mostFailures ? 'failing' : 'attention';
    return wants(state, words.failed(failures, because, since), words.failedTodo, inventoryPage);
  }
  if (!isRunning && secondsSince(row.dueAt) > lateSeconds)
    return wants('attention', words.late(spanOf(secondsSince(row.dueAt))), words.lateTodo, inventoryPage);
  if (endedAt === null || result?.counts == null) return ok(words.running, inventoryPage);
  return ok(words.done(result.counts, spanOf(secondsSince(endedAt))), inventoryPage);
}

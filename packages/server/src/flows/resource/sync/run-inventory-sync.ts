import type { OwnedResource } from '@openbeian/model/eligibility';
import { type FaultCode, faultCatalogue, isFault } from '@openbeian/model/fault';
import {
  type CloudReading,
  type EndedSync,
  type InventorySync,
  readableOf,
  type SyncText,
} from '../../../ports/index.ts';
import { worker } from '../../command/actors.ts';
import type { FlowDeps } from '../../command/deps.ts';
import { type FlowRequest, inReading, inWorkerTransaction, makeFault } from '../../command/step.ts';
import { findDifferences, type GoneScope } from '../compare-inventory.ts';
import { inParts } from '../inventory-rows.ts';
import { keepUntold } from './keep-untold.ts';
import { type SyncRun, takeOver } from './take-over.ts';
import { syncWords } from './words.ts';

/** What a worker that was killed had, another takes up then. */
const leaseMs = 2 * 60_000;
const renewEveryMs = 30_000;
/** As many as an import of the console is measured with. */
const mostResources = 50_000;
const hourMs = 3_600_000;
/** After the first failure; twice as long after each further one, up to the time between two runs. */
const firstRetryMs = 5 * 60_000;

const later = (at: string, ms: number): string => new Date(Date.parse(at) + ms).toISOString();

/** A configured sync that is due, for this worker alone; null: none is. */
export async function leaseInventorySync(deps: FlowDeps, owner: string): Promise<InventorySync | null> {
  const { syncs } = deps.inventorySyncs;
  const names = syncs.map(({ name }) => name);
  const taken = await inWorkerTransaction(deps, ({ tx, at }) =>
    tx.inventorySyncs.lease(names, owner, at, later(at, leaseMs)),
  );
  return syncs.find(({ name }) => name === taken) ?? null;
}

/**
 * Reads a cloud and takes its inventory over, all or nothing, in one transaction that begins when everything is read and compared;
 * or leaves everything as it is and says what an operator is asked, or why it failed. It is tried again by itself.
 */
export async function runInventorySync(
  deps: FlowDeps,
  sync: InventorySync,
  owner: string,
  report: (error: unknown) => void,
): Promise<void> {
  const renewal = setInterval(() => {
    inWorkerTransaction(deps, ({ tx, at }) => tx.inventorySyncs.renew(sync.name, owner, later(at, leaseMs))).catch(
      report,
    );
  }, renewEveryMs);
  try {
    const trouble = await attempt(deps, sync, owner, report);
    if (trouble !== null) await noteFailure(deps, sync, owner, trouble);
  } finally {
    clearInterval(renewal);
  }
}

/** @returns why it failed; null: it did not, and how it ended is written down */
async function attempt(
  deps: FlowDeps,
  sync: InventorySync,
  owner: string,
  report: (error: unknown) => void,
): Promise<SyncText | null> {
  try {
    const { reader } = deps.inventorySyncs;
    if (reader === null) throw new Error('a worker without a reader of clouds took a sync');
    const reading = await reader.read(sync);
    if (reading === 'stopped') {
      await inWorkerTransaction(deps, ({ tx }) => tx.inventorySyncs.release(sync.name, owner));
      return null;
    }
    if ('trouble' in reading) return reading.trouble;
    if (reading.resources.length > mostResources) return syncWords.tooMany(reading.resources.length, mostResources);
    const request: FlowRequest<FaultCode> = { deps, actor: worker, at: deps.clock.now(), fault: makeFault };
    const inventory = await inventoryOf(request, sync, reading);
    const differences = await findDifferences(request, inventory, {
      scopeOf: () => scopeOf(sync, reading),
      ...(!sync.releaseGone && { keepsGone: true }),
    });
    const run: SyncRun = {
      sync,
      owner,
      reading,
      inventory,
      differences,
      dueAt: later(request.at, sync.everyHours * hourMs),
    };
    await takeOver(request, run);
    return null;
  } catch (error) {
    // Without the database nothing can be noted, and who lost the lease has nothing to note.
    if (isFault(error, 'store.unavailable') || isFault(error, 'object.changed')) throw error;
    if (!isFault(error)) report(error);
    return troubleOf(error);
  }
}

function troubleOf(error: unknown): SyncText {
  if (!isFault(error)) return syncWords.unexpected;
  const { places } = error.extras;
  if (places === undefined) return faultCatalogue[error.code];
  const shown = places.slice(0, 5);
  return {
    zh: shown.map(({ path, expected, expectedZh }) => `${path}：${expectedZh ?? expected}`).join('\n'),
    en: shown.map(({ path, expected }) => `${path}: ${expected}`).join('\n'),
  };
}

/** What the cloud lists, as the inventory that would be imported: with what the cloud does not know, and is known here. */
async function inventoryOf(request: FlowRequest, sync: InventorySync, { resources }: CloudReading) {
  const { account, realName } = sync;
  const known = await inReading(request, null, ({ tx }) => tx.accounts.listByIds([account]));
  const accounts = realName !== null ? [{ id: account, realName }] : known.length > 0 ? [] : [{ id: account }];
  const listed = resources.map((one) => ({ ...one, account }));
  const body = new TextEncoder().encode(JSON.stringify({ accounts, resources: listed }));
  const read = await request.deps.inventories.read(body, 'inventory_sync');
  const rows: OwnedResource[] = [];
  for (const some of inParts(read.resources)) {
    const stored = await inReading(request, null, ({ tx }) => tx.resources.listByIds(some.map(({ id }) => id)));
    const facts = new Map(stored.map((row) => [row.id, row.facts]));
    rows.push(...some.map((one) => keepUntold(one, facts.get(one.id))));
  }
  return { accounts: [...read.accounts], resources: rows };
}

/** Behind every id of the account. */
const lastId = '\u{10ffff}';

function scopeOf({ account: accountId, cloud }: InventorySync, { covered }: CloudReading): GoneScope {
  const known = new Set(covered.map(({ product, region }) => `${product} ${region ?? ''}`));
  return {
    after: { accountId, id: '' },
    until: { accountId, id: lastId },
    isCovered: ({ provider, product, region }) =>
      provider === cloud && (known.has(`${product} `) || (region !== null && known.has(`${product} ${region}`))),
  };
}

/** What waits for an operator goes on waiting. */
async function noteFailure(deps: FlowDeps, sync: InventorySync, owner: string, trouble: SyncText): Promise<void> {
  await inWorkerTransaction(deps, async ({ tx, at }) => {
    const rows = await tx.inventorySyncs.list([sync.name]);
    const failures = rows.map((row) => readableOf(row).failures)[0] ?? 0;
    const waitMs = Math.min(sync.everyHours * hourMs, firstRetryMs * 2 ** Math.min(failures, 20));
    const ended: EndedSync = {
      at,
      dueAt: later(at, waitMs),
      outcome: 'failed',
      result: { counts: null, unread: [], trouble },
      held: null,
    };
    await tx.inventorySyncs.end(sync.name, owner, ended);
  });
}

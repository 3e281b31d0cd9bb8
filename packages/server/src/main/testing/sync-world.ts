import { inWorkerTransaction } from '../../flows/command/step.ts';
import { leaseInventorySync, runInventorySync } from '../../flows/resource/sync/run-inventory-sync.ts';
import {
  type CloudReader,
  type CloudReading,
  type InventorySync,
  readableOf,
  type SyncOutcome,
} from '../../ports/index.ts';
import type { Customer, OperationWorld } from './operation-world.ts';
import { failTest } from './rule-world.ts';

/** A sync of the sample provider's servers in one region, and a cloud that lists what a test says. */
export interface SyncWorld {
  readonly sync: InventorySync;
  /** Of a resource by its short name. */
  id(name: string): string;
  /** What the cloud lists from now on. */
  lists(...names: readonly (string | [name: string, facts: object])[]): void;
  answers(read: CloudReader['read']): void;
  /** Makes it due and runs it. */
  run(owner?: string): Promise<void>;
  isDue(): Promise<boolean>;
  outcome(): Promise<SyncOutcome | null>;
  heldDigest(): Promise<string>;
  /** Of all resources of its account. */
  states(): Promise<Readonly<Record<string, string>>>;
}

export const region = 'cn-north-1';

/** A server that may be filed on, as a cloud lists it. */
export const listed = (id: string, facts: object = {}) => ({
  id,
  provider: 'xingyun',
  product: 'server',
  region,
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2028-12-31',
  state: 'running',
  publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
  bandwidthMbps: 5,
  ...facts,
});

/** Until the test ends, nothing else is synced. */
export function syncWorld(world: OperationWorld, owner: Customer, more: Partial<InventorySync> = {}): SyncWorld {
  const prefix = world.fresh('ins');
  const id = (name: string) => `${prefix}-${name}`;
  const sync: InventorySync = {
    name: world.fresh('sync').replaceAll('_', '-'),
    cloud: 'xingyun',
    regions: [region],
    account: owner.accountId,
    realName: null,
    endpoint: null,
    variablesPrefix: null,
    everyHours: 24,
    timeoutMinutes: 15,
    partial: false,
    releaseGone: true,
    mostGone: 20,
    mostGonePercent: 50,
    ...more,
  };
  let read: CloudReader['read'] = async () => ({ resources: [], covered: [], unread: [] });
  world.replace({ inventorySyncs: { syncs: [sync], reader: { read: (asked) => read(asked), stop: async () => {} } } });
  const covered: CloudReading['covered'] = [{ product: 'server', region }];
  const row = async () => {
    const rows = await world.deps.store.transaction((tx) => tx.inventorySyncs.list([sync.name]));
    return rows.map(readableOf)[0] ?? null;
  };
  return {
    sync,
    id,
    lists(...names) {
      const resources = names.map((one) => (typeof one === 'string' ? listed(id(one)) : listed(id(one[0]), one[1])));
      read = async () => ({ resources, covered, unread: [] });
    },
    answers(how) {
      read = how;
    },
    async run(worker = 'w1') {
      await inWorkerTransaction(world.deps, ({ tx, at }) => tx.inventorySyncs.ask(sync.name, at));
      const taken = await leaseInventorySync(world.deps, worker);
      if (taken === null) throw new Error('it is not due');
      await runInventorySync(world.deps, taken, worker, failTest);
    },
    async isDue() {
      const found = await row();
      return found === null || found.dueAt <= world.deps.clock.now();
    },
    outcome: async () => (await row())?.outcome ?? null,
    heldDigest: async () => (await row())?.heldDigest ?? '',
    async states() {
      const rows = await world.deps.store.transaction((tx) => tx.resources.list({ accountId: owner.accountId }));
      const ours = rows.filter((one) => one.id.startsWith(`${prefix}-`));
      return Object.fromEntries(ours.map((one) => [one.id.slice(prefix.length + 1), one.facts.state]));
    },
  };
}

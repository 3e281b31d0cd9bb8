import { expect, test, vi } from 'vitest';
import { leaseInventorySync } from '../flows/resource/sync/run-inventory-sync.ts';
import { InventorySyncs } from '../work/inventory-syncs.ts';
import { openOperations } from './testing/operation-world.ts';
import { syncWorld } from './testing/sync-world.ts';

const ignore = () => {};

test('a cloud that hangs holds up no other, and is read again by another worker after the process has ended', async () => {
  const world = await openOperations();
  const hanging = syncWorld(world, await world.customer());
  const done = Promise.withResolvers<'stopped'>();
  const other = { ...hanging.sync, name: world.fresh('sync').replaceAll('_', '-') };
  const seen: string[] = [];
  const read = async ({ name }: { readonly name: string }) => {
    seen.push(name);
    return name === other.name ? { resources: [], covered: [], unread: [] } : done.promise;
  };
  const stop = async () => done.resolve('stopped');
  world.replace({ inventorySyncs: { syncs: [hanging.sync, other], reader: { read, stop } } });
  const working = new InventorySyncs(world.deps, { owner: 'w1', pollMs: 5, onError: ignore });
  working.start();
  const stateOf = async (name: string) =>
    (await world.people.operator.client.listInventorySyncs()).syncs.find((one) => one.name === name)?.state;
  await vi.waitFor(async () => expect(await stateOf(other.name)).toBe('done'), { timeout: 20_000 });
  expect(await stateOf(hanging.sync.name)).toBe('running');
  expect(working.underWay).toBe(1);
  await working.stop();
  expect(seen.toSorted()).toEqual([hanging.sync.name, other.name].toSorted());
  const taken = await leaseInventorySync(world.deps, 'w2');
  expect(taken?.name).toBe(hanging.sync.name);
});

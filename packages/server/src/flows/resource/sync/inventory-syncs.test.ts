import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../../main/testing/operation-world.ts';
import { type SyncWorld, syncWorld } from '../../../main/testing/sync-world.ts';

const staff = ['operator', 'auditor'] as const;

const configured = async (world: OperationWorld): Promise<SyncWorld> => syncWorld(world, await world.customer());

/** Waits for an operator: of three resources one is listed. */
async function held(world: OperationWorld): Promise<SyncWorld> {
  const sync = await configured(world);
  sync.lists('a', 'b', 'c');
  await sync.run();
  sync.lists('a');
  await sync.run();
  return sync;
}

const named = ({ sync: { name } }: SyncWorld) => ({ params: { name } });

describeOperation(
  'listInventorySyncs',
  {
    may: staff,
    sample: async (world) => {
      await configured(world);
      return {};
    },
    leaves: 'nothing',
  },
  (get) => {
    test('one that has not run waits; afterwards its last result, and when it runs next', async () => {
      const world = get();
      const sync = await configured(world);
      const list = async () => (await world.people.auditor.client.listInventorySyncs()).syncs;
      expect(await list()).toMatchObject([{ name: sync.sync.name, state: 'waiting', dueAt: null, counts: null }]);
      sync.lists('a', 'b');
      await sync.run();
      const dueAt = new Date(Date.parse(world.deps.clock.now()) + 24 * 3_600_000).toISOString();
      const counts = { read: 2, new: 2, changed: 0, gone: 0, breaking: 0 };
      expect(await list()).toMatchObject([{ state: 'done', dueAt, counts, failures: 0, trouble: null }]);
    });
  },
);

describeOperation(
  'getHeldSync',
  { may: staff, sample: async (world) => named(await held(world)), leaves: 'nothing' },
  (get) => {
    test('what it would change; nothing where nothing waits', async () => {
      const world = get();
      const sync = await held(world);
      const { difference } = await world.people.auditor.client.getHeldSync(named(sync));
      expect(difference.counts.resources).toMatchObject({ same: 1, gone: 2 });
      expect(difference.gone.map(({ id }) => id)).toEqual([sync.id('b'), sync.id('c')]);
      const other = await configured(world);
      expect(await refusal(world.people.auditor.client.getHeldSync(named(other)))).toEqual(['object.not_found']);
    });
  },
);

describeOperation(
  'runInventorySync',
  { may: ['operator'], sample: async (world) => named(await configured(world)), leaves: ['InventorySyncAsked'] },
  (get) => {
    test('it is due at once, whatever its hours say', async () => {
      const world = get();
      const sync = await configured(world);
      sync.lists('a');
      await sync.run();
      expect(await sync.isDue()).toBe(false);
      await world.people.operator.client.runInventorySync(named(sync));
      expect(await sync.isDue()).toBe(true);
      const unknown = world.people.operator.client.runInventorySync({ params: { name: 'nobody' } });
      expect(await refusal(unknown)).toEqual(['object.not_found']);
    });
  },
);

describeOperation(
  'confirmInventorySync',
  {
    may: ['operator'],
    sample: async (world) => {
      const sync = await held(world);
      return { ...named(sync), body: { digest: await sync.heldDigest() } };
    },
    leaves: ['InventorySyncConfirmed'],
  },
  (get) => {
    test('what was agreed to is released, and nothing that has gone since', async () => {
      const world = get();
      const { client } = world.people.operator;
      const sync = await held(world);
      const digest = await sync.heldDigest();
      expect(await refusal(client.confirmInventorySync({ ...named(sync), body: { digest: 'other' } }))).toEqual([
        'object.changed',
      ]);
      await client.confirmInventorySync({ ...named(sync), body: { digest } });
      sync.lists();
      await sync.run();
      expect(await sync.states()).toEqual({ a: 'running', b: 'running', c: 'running' });
      expect(await sync.outcome()).toBe('held');
      await client.confirmInventorySync({ ...named(sync), body: { digest: await sync.heldDigest() } });
      sync.lists('a');
      await sync.run();
      expect(await sync.states()).toEqual({ a: 'running', b: 'released', c: 'released' });
      expect(await sync.outcome()).toBe('done');
      const unknown = client.confirmInventorySync({ params: { name: 'nobody' }, body: { digest } });
      expect(await refusal(unknown)).toEqual(['object.not_found']);
    });
  },
);

import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';

async function failed(world: OperationWorld, retryAt: string | null, kind: 'message' | 'event' = 'message') {
  const itemId = world.fresh('msg');
  const row = { kind, itemId, payload: null, sealedPayload: null, lastError: 'TypeError' } as const;
  await world.deps.store.transaction((tx) =>
    tx.workFailures.put({ ...row, failedAt: world.deps.clock.now(), retryAt }),
  );
  return { kind, itemId };
}
const retryAtOf = async (world: OperationWorld, itemId: string) =>
  (await world.flows.listWorkFailures({ actor: world.operator }, {})).failures.find((one) => one.itemId === itemId)
    ?.retryAt;

describeOperation(
  'retryWork',
  { may: ['operator'], sample: async (world) => ({ params: await failed(world, null) }), leaves: ['WorkRetried'] },
  (get) => {
    test('a parked item is due now', async () => {
      const world = get();
      const params = await failed(world, null);
      const now = world.deps.clock.now();
      expect(await world.people.operator.client.retryWork({ params })).toEqual({ retryAt: now });
      expect(await retryAtOf(world, params.itemId)).toBe(now);
      const none = world.people.operator.client.retryWork({ params: { kind: 'forward', itemId: params.itemId } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);

describeOperation(
  'parkWork',
  {
    may: ['operator'],
    sample: async (world) => ({ params: await failed(world, world.deps.clock.now()) }),
    leaves: ['WorkParked'],
  },
  (get) => {
    test('an item that would be retried waits for an operator', async () => {
      const world = get();
      const params = await failed(world, world.deps.clock.now());
      expect(await world.people.operator.client.parkWork({ params })).toEqual({ retryAt: null });
      expect(await retryAtOf(world, params.itemId)).toBeNull();
      const none = world.people.operator.client.parkWork({ params: { kind: 'message', itemId: 'msg-none' } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);

describeOperation(
  'retryParkedWork',
  {
    may: ['operator'],
    sample: async (world) => {
      await failed(world, null);
      return { params: { kind: 'message' } };
    },
    leaves: ['WorkRetried'],
  },
  (get) => {
    test('all parked items of the kind are due now; others, and those that wait, stay as they are', async () => {
      const world = get();
      const { client } = world.people.operator;
      const later = '2027-01-01T00:00:00.000Z';
      const [one, two, waiting] = [await failed(world, null), await failed(world, null), await failed(world, later)];
      const other = await failed(world, null, 'event');
      const now = world.deps.clock.now();
      const answer = await client.retryParkedWork({ params: { kind: 'message' } });
      expect(answer.left).toBe(0);
      expect(answer.retried).toBeGreaterThanOrEqual(2);
      expect(await Promise.all([one, two, waiting, other].map(({ itemId }) => retryAtOf(world, itemId)))).toEqual([
        now,
        now,
        later,
        null,
      ]);
      expect(await client.retryParkedWork({ params: { kind: 'message' } })).toEqual({ retried: 0, left: 0 });
    });

    test('so many at once, and how many are left', async () => {
      const world = get();
      const itemIds = Array.from({ length: 5003 }, (_, item) => `code_${item}`);
      const row = { kind: 'clock', payload: null, sealedPayload: null, lastError: 'TypeError' } as const;
      const failedAt = world.deps.clock.now();
      await world.deps.store.transaction(async (tx) => {
        for (const itemId of itemIds) await tx.workFailures.put({ ...row, itemId, failedAt, retryAt: null });
      });
      try {
        const retry = () => world.people.operator.client.retryParkedWork({ params: { kind: 'clock' } });
        expect([await retry(), await retry()]).toEqual([
          { retried: 5000, left: 3 },
          { retried: 3, left: 0 },
        ]);
      } finally {
        // Other files of this process read all failures, row by row.
        await world.deps.store.transaction((tx) => tx.workFailures.clearAll('clock', itemIds));
      }
    });
  },
);

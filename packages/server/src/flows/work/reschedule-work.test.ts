import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';

async function failed(world: OperationWorld, retryAt: string | null) {
  const itemId = world.fresh('msg');
  const row = { kind: 'message', itemId, payload: null, sealedPayload: null, lastError: 'TypeError' } as const;
  await world.deps.store.transaction((tx) =>
    tx.workFailures.put({ ...row, failedAt: world.deps.clock.now(), retryAt }),
  );
  return { kind: 'message' as const, itemId };
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

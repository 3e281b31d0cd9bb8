import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation('listWorkFailures', { may: ['operator'], sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('parked ones first, then the soonest; never what is worked on', async () => {
    const world = get();
    const failedAt = world.deps.clock.now();
    const items = [
      ['2026-11-21T03:00:00.000Z', 'later'],
      [null, 'parked'],
      ['2026-11-21T02:00:00.000Z', 'soon'],
    ] as const;
    const ids = items.map(([, name]) => world.fresh(name));
    await world.deps.store.transaction(async (tx) => {
      for (const [index, [retryAt]] of items.entries()) {
        const row = {
          kind: 'message',
          itemId: ids[index] ?? '',
          payload: '{"secret":1}',
          sealedPayload: null,
        } as const;
        await tx.workFailures.put({ ...row, failedAt, retryAt, lastError: 'TypeError' });
      }
    });
    const { failures } = await world.people.operator.client.listWorkFailures({});
    const own = failures.filter(({ itemId }) => ids.includes(itemId));
    expect(own.map(({ itemId }) => itemId)).toEqual([ids[1], ids[2], ids[0]]);
    expect(own[0]).toEqual({
      kind: 'message',
      itemId: ids[1],
      failures: 1,
      failedAt,
      retryAt: null,
      lastError: 'TypeError',
    });
  });
});

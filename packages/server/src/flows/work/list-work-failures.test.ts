import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';

/** Failures that are retried at these instants (null: parked); their ids. */
async function failed(world: OperationWorld, retriedAt: readonly (string | null)[]): Promise<string[]> {
  const ids = retriedAt.map(() => world.fresh('item'));
  const row = { kind: 'message', payload: '{"secret":1}', sealedPayload: null, lastError: 'TypeError' } as const;
  const failedAt = world.deps.clock.now();
  await world.deps.store.transaction(async (tx) => {
    for (const [index, retryAt] of retriedAt.entries()) {
      await tx.workFailures.put({ ...row, itemId: ids[index] ?? '', failedAt, retryAt });
    }
  });
  return ids;
}

describeOperation('listWorkFailures', { may: ['operator'], sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('parked ones first, then the soonest, by pages; never what is worked on', async () => {
    const world = get();
    const { client } = world.people.operator;
    const failedAt = world.deps.clock.now();
    const [later, parked, soon, parkedToo] = await failed(world, [
      '2026-11-21T03:00:00.000Z',
      null,
      '2026-11-21T02:00:00.000Z',
      null,
    ]);
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await client.listWorkFailures({ query: { limit: 1, ...(after !== undefined && { after }) } });
      seen.push(...page.failures.map(({ itemId }) => itemId));
      after = page.next ?? undefined;
    } while (after !== undefined);
    expect(seen).toHaveLength((await client.countWorkFailures({})).total);
    const own = [parked, parkedToo, soon, later];
    expect(seen.filter((itemId) => own.includes(itemId))).toEqual(own);
    const narrowed = async (query: { readonly kind?: 'message' | 'notice'; readonly parked?: 'true' }) => {
      const found = await client.listWorkFailures({ query: { limit: 500, ...query } });
      return found.failures.map(({ itemId }) => itemId).filter((itemId) => own.includes(itemId));
    };
    expect([await narrowed({ kind: 'message' }), await narrowed({ kind: 'notice' })]).toEqual([own, []]);
    expect(await narrowed({ parked: 'true' })).toEqual([parked, parkedToo]);
    const { failures } = await client.listWorkFailures({});
    expect(failures.find(({ itemId }) => itemId === parked)).toEqual({
      kind: 'message',
      filingId: null,
      itemId: parked,
      failures: 1,
      failedAt,
      retryAt: null,
      lastError: 'TypeError',
      lastFault: null,
    });
  });
});

describeOperation('countWorkFailures', { may: ['operator'], sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('how many failed, and how many of them are parked', async () => {
    const world = get();
    const { client } = world.people.operator;
    const before = await client.countWorkFailures({});
    await failed(world, [null, '2026-11-21T03:00:00.000Z', null]);
    expect(await client.countWorkFailures({})).toEqual({ total: before.total + 3, parked: before.parked + 2 });
  });
});

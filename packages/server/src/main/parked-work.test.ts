import { expect, test } from 'vitest';
import { describeEmbedded, type RuleWorld, refusalOf } from './testing/rule-world.ts';

describeEmbedded('failed work', (get) => {
  const call = (world: RuleWorld) => ({ actor: world.operator, idempotencyKey: world.fresh('key') });
  const failed = async (world: RuleWorld) => {
    const itemId = world.fresh('fil');
    const at = new Date(world.clock.nowMs).toISOString();
    const row = { kind: 'overdue', itemId, payload: null, sealedPayload: null, failedAt: at } as const;
    await world.deps.store.transaction((tx) => tx.workFailures.put({ ...row, retryAt: at, lastError: 'TypeError' }));
    return { kind: 'overdue', itemId } as const;
  };
  const dueIds = async (world: RuleWorld) => {
    const at = new Date(world.clock.nowMs).toISOString();
    const due = await world.deps.store.transaction((tx) => tx.workFailures.listDue('overdue', at, 100));
    return due.map(({ itemId }) => itemId);
  };

  test('that an operator parks is not retried by itself; retried, it is due at once with all its attempts', async () => {
    const world = get();
    const item = await failed(world);
    expect(await dueIds(world)).toContain(item.itemId);
    expect(await world.flows.parkWork(call(world), item)).toEqual({ retryAt: null });
    world.clock.nowMs += 365 * 86_400_000;
    expect(await dueIds(world)).not.toContain(item.itemId);
    const { retryAt } = await world.flows.retryWork(call(world), item);
    expect(retryAt).toBe(new Date(world.clock.nowMs).toISOString());
    expect(await dueIds(world)).toContain(item.itemId);
    const { failures } = await world.flows.listWorkFailures({ actor: world.operator }, {});
    expect(failures.find(({ itemId }) => itemId === item.itemId)).toMatchObject({
      failures: 0,
      lastError: 'TypeError',
    });
    const { rows } = await world.flows.listAudit(
      { actor: world.operator },
      { objectId: `overdue:${item.itemId}`, limit: 9 },
    );
    expect(rows.map(({ action }) => action)).toEqual(['WorkRetried', 'WorkParked']);
  });

  test.each(['retryWork', 'parkWork'] as const)('%s of what has not failed is refused', async (operation) => {
    const world = get();
    const item = { kind: 'overdue', itemId: 'none' } as const;
    expect(await refusalOf(world.flows[operation](call(world), item))).toBe('object.not_found');
  });
});

import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { delivery, webhook } from '../../main/testing/webhooks.ts';
import { daysBefore } from '../command/settled-time.ts';
import { clearDeliveries } from './clear-deliveries.ts';

describe('clearDeliveries', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  test('what waited too long for a paused receiver is dead, and gone after the days that it is kept', async () => {
    const owner = await world.customer();
    const { id: webhookId, version } = await webhook(world, owner);
    const { id } = await delivery(world, webhookId);
    await owner.client.updateWebhook({ params: { webhookId }, body: { version, state: 'paused' } });
    const clear = async () => {
      while ((await clearDeliveries(world.deps, failTest)) > 0);
      return world.deps.store.transaction((tx) => tx.deliveries.find(id));
    };
    const { giveUpAfterMs, keepMs } = world.deps.webhooks;
    world.clock.nowMs += giveUpAfterMs - 1000;
    expect((await clear())?.state).toBe('waiting');
    world.clock.nowMs += 2000;
    expect((await clear())?.state).toBe('dead');
    // By a time that has been known for the term in which a wrong clock can be set right.
    const { undoDays } = world.deps.keep;
    world.clock.nowMs += keepMs + undoDays * 86_400_000;
    expect((await clear())?.state).toBe('dead');
    const mark = (beforeMs: number) =>
      world.deps.store.transaction((tx) =>
        tx.clockMarks.add(new Date(Date.parse(daysBefore(world.deps.clock.now(), undoDays)) - beforeMs).toISOString()),
      );
    await mark(1000);
    expect((await clear())?.state).toBe('dead');
    world.clock.nowMs += 86_400_000;
    await mark(0);
    expect(await clear()).toBeNull();
  });
});

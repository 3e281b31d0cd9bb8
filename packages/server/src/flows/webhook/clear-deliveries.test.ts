import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { delivery, webhook } from '../../main/testing/webhooks.ts';
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
    world.clock.nowMs += keepMs - 1000;
    expect((await clear())?.state).toBe('dead');
    world.clock.nowMs += 2000;
    expect(await clear()).toBeNull();
  });
});

import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { delivery, webhook } from '../../main/testing/webhooks.ts';

describeOperation(
  'redeliver',
  {
    may: ['customer', 'operator'],
    sample: async (world, owner, role) => {
      const { id: webhookId } = await webhook(world, owner, role);
      return { params: { webhookId, deliveryId: (await delivery(world, webhookId)).id } };
    },
    leaves: ['WebhookRedelivered'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('what is over waits again under the same event id', async () => {
      const world = get();
      const owner = await world.customer();
      const { id: webhookId } = await webhook(world, owner);
      const { id: deliveryId, eventId } = await delivery(world, webhookId);
      const at = world.deps.clock.now();
      const options = { owner: 'sender', at, leaseMs: 60_000, limit: 1000, perWebhook: 1000 };
      await world.deps.store.leaseDeliveries(options);
      const params = { webhookId, deliveryId };
      expect(await refusal(owner.client.redeliver({ params }))).toEqual(['object.changed']);
      const result = { status: 500, error: 'status', excerpt: null };
      await world.deps.store.transaction((tx) =>
        tx.deliveries.end({ id: deliveryId, owner: 'sender' }, { state: 'dead', result, at }),
      );
      const again = await owner.client.redeliver({ params });
      expect(again).toMatchObject({ id: deliveryId, eventId, state: 'waiting', endedAt: null });
    });

    test('not a customer’s by staff', async () => {
      const world = get();
      const { id: webhookId } = await webhook(world, await world.customer());
      const { id: deliveryId } = await delivery(world, webhookId);
      const { client } = world.people.operator;
      expect(await refusal(client.redeliver({ params: { webhookId, deliveryId } }))).toEqual(['auth.forbidden']);
    });

    test('not to one that is paused, and not another’s delivery', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const { id: webhookId, version } = await webhook(world, owner);
      const foreign = await delivery(world, (await webhook(world, other)).id);
      const redeliver = (deliveryId: string) => refusal(owner.client.redeliver({ params: { webhookId, deliveryId } }));
      expect(await redeliver(foreign.id)).toEqual(['object.not_found']);
      const own = await delivery(world, webhookId);
      await owner.client.updateWebhook({ params: { webhookId }, body: { version, state: 'paused' } });
      expect(await redeliver(own.id)).toEqual(['webhook.paused']);
    });
  },
);

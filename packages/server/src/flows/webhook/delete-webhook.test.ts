import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { delivery, webhook } from '../../main/testing/webhooks.ts';

describeOperation(
  'deleteWebhook',
  {
    may: ['customer', 'operator'],
    sample: async (world, owner, role) => ({ params: { webhookId: (await webhook(world, owner, role)).id } }),
    leaves: ['WebhookDeleted'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('goes with its deliveries, and is gone', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { webhookId: (await webhook(world, owner)).id };
      const { id } = await delivery(world, params.webhookId);
      expect(await owner.client.deleteWebhook({ params })).toEqual({ deleted: true });
      expect(await world.deps.store.transaction((tx) => tx.deliveries.find(id))).toBeNull();
      expect(await refusal(owner.client.deleteWebhook({ params }))).toEqual(['object.not_found']);
    });

    test('not a customer’s by staff', async () => {
      const world = get();
      const params = { webhookId: (await webhook(world, await world.customer())).id };
      const before = await world.books();
      expect(await refusal(world.people.operator.client.deleteWebhook({ params }))).toEqual(['auth.forbidden']);
      expect(await world.books()).toEqual(before);
    });
  },
);

import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { webhook } from '../../main/testing/webhooks.ts';

describeOperation(
  'sendTestEvent',
  {
    may: ['customer', 'operator'],
    sample: async (world, owner, role) => ({ params: { webhookId: (await webhook(world, owner, role)).id } }),
    leaves: ['WebhookTested'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('waits to be sent at once, about no code; not to one that is paused', async () => {
      const world = get();
      const owner = await world.customer();
      const { id: webhookId, version } = await webhook(world, owner);
      const params = { webhookId };
      const sent = await owner.client.sendTestEvent({ params });
      expect(sent).toMatchObject({ webhookId, type: 'WebhookTest', state: 'waiting', codeId: null, attempts: 0 });
      expect(sent.nextAt).toBe(world.deps.clock.now());
      await owner.client.updateWebhook({ params, body: { version, state: 'paused' } });
      expect(await refusal(owner.client.sendTestEvent({ params }))).toEqual(['webhook.paused']);
    });

    test('not a customer’s by staff', async () => {
      const world = get();
      const params = { webhookId: (await webhook(world, await world.customer())).id };
      const before = await world.books();
      expect(await refusal(world.people.operator.client.sendTestEvent({ params }))).toEqual(['auth.forbidden']);
      expect(await world.books()).toEqual(before);
    });
  },
);

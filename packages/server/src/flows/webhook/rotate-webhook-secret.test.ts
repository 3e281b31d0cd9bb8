import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { webhook } from '../../main/testing/webhooks.ts';

describeOperation(
  'rotateWebhookSecret',
  {
    may: ['customer', 'operator'],
    sample: async (world, owner, role) => ({ params: { webhookId: (await webhook(world, owner, role)).id }, body: {} }),
    leaves: ['WebhookSecretRotated'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('a new key; the one before signs as well until the overlap is over', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { webhookId: (await webhook(world, owner)).id };
      const first = await owner.client.rotateWebhookSecret({ params, body: { overlapHours: 1 } });
      expect(first.webhook.previousSecretUntil).toBe('2026-11-21T02:30:00.000Z');
      const second = await owner.client.rotateWebhookSecret({ params, body: { overlapHours: 0 } });
      expect(second.secret).toMatch(/^whsec_/);
      expect(second.secret).not.toBe(first.secret);
      expect(second.webhook.previousSecretUntil).toBeNull();
    });

    test('loses to a change that was faster; the key stays', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { webhookId: (await webhook(world, owner)).id };
      world.answer('webhooks', 'update', async () => false);
      const before = await world.books();
      expect(await refusal(owner.client.rotateWebhookSecret({ params, body: {} }))).toEqual(['object.changed']);
      expect(await world.books()).toEqual(before);
    });
  },
);

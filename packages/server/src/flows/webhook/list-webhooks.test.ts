import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import { delivery, webhook } from '../../main/testing/webhooks.ts';

describeOperation(
  'listWebhooks',
  { may: ['customer', 'operator', 'auditor'], sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('a customer’s own with what waits for each; staff see everybody’s by host', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const own = await webhook(world, owner);
      const foreign = await webhook(world, other);
      await delivery(world, own.id);
      const { webhooks } = await owner.client.listWebhooks({});
      expect(webhooks.map(({ id, url, waiting }) => [id, url, waiting])).toEqual([[own.id, own.url, 1]]);
      const all = (await world.people.auditor.client.listWebhooks({})).webhooks;
      expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining([own.id, foreign.id]));
      expect(all.find(({ id }) => id === foreign.id)?.url).toBe('https://hooks.example.com');
    });
  },
);

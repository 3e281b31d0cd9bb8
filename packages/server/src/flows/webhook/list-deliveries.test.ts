import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { delivery, webhook } from '../../main/testing/webhooks.ts';

describeOperation(
  'listDeliveries',
  {
    may: ['customer', 'operator', 'auditor'],
    sample: async (world, owner) => ({ params: { webhookId: (await webhook(world, owner)).id } }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('newest first, by pages and by state', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { webhookId: (await webhook(world, owner)).id };
      const ids = [
        (await delivery(world, params.webhookId)).id,
        (await delivery(world, params.webhookId)).id,
      ].reverse();
      const first = await owner.client.listDeliveries({ params, query: { limit: 1 } });
      const rest = await owner.client.listDeliveries({ params, query: { limit: 1, after: first.next ?? '' } });
      expect([...first.deliveries, ...rest.deliveries].map(({ id }) => id)).toEqual(ids);
      expect(rest.next).toBeNull();
      const older = await owner.client.listDeliveries({ params, query: { before: ids[0] } });
      expect(older.deliveries.map(({ id }) => id)).toEqual(ids.slice(1));
      expect((await owner.client.listDeliveries({ params, query: { state: 'dead' } })).deliveries).toEqual([]);
      const none = owner.client.listDeliveries({ params: { webhookId: 'whk_none' } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);

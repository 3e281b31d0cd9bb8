import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { person } from '../../main/testing/persons.ts';

describeOperation(
  'listSupportViews',
  {
    may: ['customer', 'operator', 'auditor'],
    sample: async (world, { accountId }) => {
      const operator = await person(world, 'operator');
      const { id } = await operator.client.beginSupportAccess({ body: { accountId, reason: '协助核对材料' } });
      return { params: { accessId: id } };
    },
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('what was opened, in that order, page by page', async () => {
      const world = get();
      const { accountId, client } = await world.customer();
      const operator = await person(world, 'operator');
      const { id: accessId } = await operator.client.beginSupportAccess({
        body: { accountId, reason: '协助核对材料' },
      });
      const call = { actor: { ...operator.actor, support: true as const } };
      for (const [operation, objectId] of [
        ['listFilings', null],
        ['getFiling', 'fil_2'],
        ['getFiling', 'fil_1'],
        ['getFiling', 'fil_2'],
      ] as const) {
        await world.flows.recordSupportView(call, { accessId, operation, objectId });
      }
      const first = await client.listSupportViews({ params: { accessId }, query: { limit: 2 } });
      expect(first.views.map(({ objectId, count }) => [objectId, count])).toEqual([
        [null, 1],
        ['fil_2', 2],
      ]);
      const rest = await client.listSupportViews({ params: { accessId }, query: { after: first.next ?? '' } });
      expect(rest).toMatchObject({ views: [{ operation: 'getFiling', objectId: 'fil_1', count: 1 }], next: null });
      expect(await refusal(client.listSupportViews({ params: { accessId: 'sup_none' } }))).toEqual([
        'object.not_found',
      ]);
    });
  },
);

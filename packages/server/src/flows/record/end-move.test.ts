import { expect, test } from 'vitest';
import { waitingMove } from '../../main/testing/filed-company.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'endMove',
  {
    may: ['customer'],
    sample: async (world, owner) => ({
      params: { moveId: (await waitingMove(world, owner, await world.customer())).moveId },
      body: {},
    }),
    leaves: ['MoveEnded'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('is withdrawn by who began it and refused by the other; either way everything stays', async () => {
      const world = get();
      const [owner, target] = [await world.customer(), await world.customer()];
      const { moveId, subjectNumber, proof } = await waitingMove(world, owner, target);
      const end = ({ client }: typeof owner, id: string) => client.endMove({ params: { moveId: id }, body: {} });
      expect(await end(owner, moveId)).toMatchObject({ state: 'withdrawn' });
      const body = { subjectNumber, ...proof, toAccountId: target.accountId };
      const again = await owner.client.beginMove({ body });
      expect(await end(target, again.id)).toMatchObject({ state: 'refused' });
      expect(await refusal(end(target, again.id))).toEqual(['move.ended']);
      expect((await owner.client.listRecords()).records).toHaveLength(1);
    });
  },
);

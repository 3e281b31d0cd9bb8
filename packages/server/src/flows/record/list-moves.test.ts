import { expect, test } from 'vitest';
import { waitingMove } from '../../main/testing/filed-company.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'listMoves',
  {
    may: ['customer', 'operator', 'auditor'],
    scope: 'records:read',
    sample: async (world, owner) => {
      if (owner.actor.role === 'customer') await waitingMove(world, owner, await world.customer());
      return {};
    },
    leaves: 'nothing',
  },
  (get) => {
    test('shows either side its own moves, and the provider’s people both sides', async () => {
      const world = get();
      const [owner, target] = [await world.customer(), await world.customer()];
      const { moveId } = await waitingMove(world, owner, target);
      const own = async ({ client }: typeof owner) =>
        (await client.listMoves()).moves.map(({ id, actions }) => [id, actions]);
      expect(await own(owner)).toEqual([[moveId, ['withdraw']]]);
      expect(await own(target)).toEqual([[moveId, ['confirm', 'refuse']]]);
      expect(await own(await world.customer())).toEqual([]);
      const inState = async (state: 'waiting' | 'lapsed' | 'moved') =>
        (await owner.client.listMoves({ query: { state } })).moves.map(({ id }) => id);
      expect([await inState('waiting'), await inState('lapsed'), await inState('moved')]).toEqual([[moveId], [], []]);
      const { moves } = await world.people.operator.client.listMoves();
      const seen = moves.find(({ id }) => id === moveId);
      expect(seen).toMatchObject({ fromAccountId: owner.accountId, toAccountId: target.accountId, actions: [] });
      world.clock.nowMs += 8 * 86_400_000;
      expect([await inState('waiting'), await inState('lapsed')]).toEqual([[], [moveId]]);
    });
  },
);

import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';

const ticking = (filingId: string, rules: string[], ticked = true) => ({
  params: { filingId },
  body: { rules, ticked },
});

async function checkListOf({ people }: OperationWorld, filingId: string): Promise<string[]> {
  const { checkList } = await people.reviewer.client.getFilingForm({ params: { filingId } });
  return (checkList ?? []).map(({ rule }) => rule);
}

describeOperation(
  'tickChecks',
  {
    may: ['reviewer'],
    sample: async (world, owner) =>
      ticking((await reach(world, owner, 'submitted')).filingId, ['addresses.to_the_door']),
    leaves: ['ChecksTicked'],
  },
  (get) => {
    test('who ticked first stays, until it is taken back; the next round begins with nothing ticked', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { reviewer } = world.people;
      const colleague = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null });
      const { ticks } = await reviewer.client.tickChecks(ticking(filing.filingId, ['one', 'two']));
      expect(ticks.map(({ rule, by }) => [rule, by.id])).toEqual([
        ['one', reviewer.actor.userId],
        ['two', reviewer.actor.userId],
      ]);
      const again = await colleague.client.tickChecks(ticking(filing.filingId, ['two', 'three']));
      expect(again.ticks.map(({ rule, by }) => [rule, by.id])).toEqual([
        ['one', reviewer.actor.userId],
        ['three', colleague.actor.userId],
        ['two', reviewer.actor.userId],
      ]);
      await colleague.client.tickChecks(ticking(filing.filingId, ['one'], false));
      const ticked = async () =>
        (await reviewer.client.getReview({ params: { filingId: filing.filingId } })).ticks.map(({ rule }) => rule);
      expect(await ticked()).toEqual(['three', 'two']);
      const withdrawn = await owner.client.withdrawFiling(stepOf(filing));
      await owner.client.submitFiling(stepOf({ ...filing, version: withdrawn.version }));
      expect(await ticked()).toEqual([]);
    });

    test('where the deployment asks for it, nothing passes with an item left', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      const { client } = world.people.reviewer;
      const rules = await checkListOf(world, filing.filingId);
      expect(rules.length).toBeGreaterThan(1);
      world.replace({ review: { ticksRequired: true } });
      await client.tickChecks(ticking(filing.filingId, rules.slice(1)));
      expect(await refusal(client.passFiling(stepOf(filing)))).toEqual(['review.checks_open']);
      await client.tickChecks(ticking(filing.filingId, rules));
      expect((await client.passFiling(stepOf(filing))).state).toBe('awaiting_forward');
    });

    test('not of what somebody else has, nor of one’s own, nor when nothing waits for review', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { client } = world.people.reviewer;
      const tick = (one: typeof client, filingId = filing.filingId) =>
        refusal(one.tickChecks(ticking(filingId, ['one'])));
      expect(await tick(client, 'fil_none')).toEqual(['object.not_found']);
      expect(await tick(client, (await reach(world, owner, 'bound')).filingId)).toEqual(['filing.wrong_state']);
      const self = world.as({ userId: owner.actor.userId, role: 'reviewer', accountId: null });
      expect(await tick(self.client)).toEqual(['review.own_work']);
      world.replace({ review: { secondLook: { share: 1, kinds: [], provinces: [] } } });
      await client.passFiling(stepOf(filing));
      expect(await tick(client)).toEqual(['review.second_person']);
      const colleague = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null });
      await colleague.client.claimFiling({ params: { filingId: filing.filingId }, body: {} });
      const third = world.as({ userId: world.fresh('usr_third'), role: 'reviewer', accountId: null });
      expect(await tick(third.client)).toEqual(['filing.claimed_by_other']);
    });
  },
);

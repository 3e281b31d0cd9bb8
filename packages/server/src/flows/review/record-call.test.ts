import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

type Outcome = 'reached' | 'not_reached' | 'wrong_number';
const call = (filingId: string, outcome: Outcome = 'not_reached', againAt?: string) => ({
  params: { filingId },
  body: { person: 'subject_principal' as const, outcome, ...(againAt !== undefined && { againAt }) },
});

describeOperation(
  'recordCall',
  {
    may: ['reviewer'],
    sample: async (world, owner) => call((await reach(world, owner, 'submitted')).filingId),
    leaves: ['CustomerCalled'],
  },
  (get) => {
    test('who was missed is called again after the time of the policy, or when the reviewer says', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { client } = world.people.reviewer;
      const after = (hours: number) => new Date(world.clock.nowMs + hours * 3_600_000).toISOString();
      const missed = await client.recordCall(call(filing.filingId));
      expect(missed.version).toBe(filing.version);
      expect(missed.review).toMatchObject({ callsMissed: 1, lastCall: 'not_reached', callAgainAt: after(4) });
      const said = await client.recordCall(call(filing.filingId, 'wrong_number', after(30)));
      expect(said.review).toMatchObject({ callsMissed: 2, lastCall: 'wrong_number', callAgainAt: after(30) });
      const reached = await client.recordCall(call(filing.filingId, 'reached'));
      expect(reached.review).toMatchObject({ callsMissed: 2, lastCall: 'reached', callAgainAt: null });
      const { calls } = await client.getReview({ params: { filingId: filing.filingId } });
      expect(calls.beforeReturn).toBe(world.deps.review.callsBeforeReturn);
      expect(calls.made.map(({ outcome }) => outcome)).toEqual(['reached', 'wrong_number', 'not_reached']);
      // The customer sees that there was a call, and that there will be another one.
      const { events } = await owner.client.getFiling({ params: { filingId: filing.filingId } });
      expect(events.filter(({ type }) => type === 'CustomerCalled')).toHaveLength(3);
      expect(await refusal(client.recordCall(call(filing.filingId, 'not_reached', after(-1))))).toEqual([
        'input.invalid',
      ]);
    });

    test('the next submission begins with no calls', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { client } = world.people.reviewer;
      await client.recordCall(call(filing.filingId));
      const withdrawn = await owner.client.withdrawFiling(stepOf(filing));
      const again = await owner.client.submitFiling(stepOf({ ...filing, version: withdrawn.version }));
      expect(again.review).toMatchObject({ round: 2, callsMissed: 0, lastCall: null, callAgainAt: null });
    });

    test('not of what somebody else has, nor of one’s own, nor when nothing waits for review', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { client } = world.people.reviewer;
      const note = (one: typeof client, filingId = filing.filingId) => refusal(one.recordCall(call(filingId)));
      expect(await note(client, 'fil_none')).toEqual(['object.not_found']);
      expect(await note(client, (await reach(world, owner, 'bound')).filingId)).toEqual(['filing.wrong_state']);
      const self = world.as({ userId: owner.actor.userId, role: 'reviewer', accountId: null });
      expect(await note(self.client)).toEqual(['review.own_work']);
      world.replace({ review: { secondLook: { share: 1, kinds: [], provinces: [] } } });
      await client.passFiling(stepOf(filing));
      expect(await note(client)).toEqual(['review.second_person']);
      const colleague = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null });
      await colleague.client.claimFiling({ params: { filingId: filing.filingId }, body: {} });
      const third = world.as({ userId: world.fresh('usr_third'), role: 'reviewer', accountId: null });
      expect(await note(third.client)).toEqual(['filing.claimed_by_other']);
    });
  },
);

import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const msPerMinute = 60_000;

describeOperation(
  'claimFiling',
  {
    may: ['reviewer', 'operator'],
    sample: async (world, owner) => ({
      params: { filingId: (await reach(world, owner, 'submitted')).filingId },
      body: {},
    }),
    leaves: ['FilingClaimed'],
  },
  (get) => {
    const waiting = async () => reach(get(), await get().customer(), 'submitted');
    const colleague = (role: 'reviewer' | 'operator' = 'reviewer') =>
      get().as({ userId: get().fresh('usr_colleague'), role, accountId: null });
    const claimOf = ({ filingId }: { filingId: string }) => ({ params: { filingId }, body: {} });

    test('is the claimer’s for as long as the deployment says; others see whose, the customer does not', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { reviewer } = world.people;
      const claimed = await reviewer.client.claimFiling(claimOf(filing));
      const until = new Date(world.clock.nowMs + world.deps.claims.minutes * msPerMinute).toISOString();
      expect(claimed.claim).toMatchObject({ holderId: reviewer.actor.userId, until, mine: true });
      // A claim makes no screen stale.
      expect(claimed.version).toBe(filing.version);
      expect(claimed.actions).toEqual(expect.arrayContaining(['pass', 'return', 'claim', 'release']));
      const seen = async (client: typeof reviewer.client) =>
        (await client.getFiling({ params: { filingId: filing.filingId } })).filing;
      const others = await seen(colleague().client);
      expect(others.claim).toMatchObject({ holderId: reviewer.actor.userId, mine: false });
      expect(others.actions).toEqual([]);
      expect((await seen(owner.client)).claim).toBeNull();
    });

    test('keeps others out until it ends, is prolonged by claiming once more, and then is anybody’s', async () => {
      const world = get();
      const filing = await waiting();
      const { reviewer } = world.people;
      const other = colleague();
      const first = await reviewer.client.claimFiling(claimOf(filing));
      expect(await refusal(other.client.claimFiling(claimOf(filing)))).toEqual(['filing.claimed_by_other']);
      const halfMs = (world.deps.claims.minutes * msPerMinute) / 2;
      world.clock.nowMs += halfMs;
      const longer = await reviewer.client.claimFiling(claimOf(filing));
      expect(longer.claim?.since).toBe(first.claim?.since);
      world.clock.nowMs += halfMs;
      expect(await refusal(other.client.claimFiling(claimOf(filing)))).toEqual(['filing.claimed_by_other']);
      world.clock.nowMs += halfMs;
      const taken = await other.client.claimFiling(claimOf(filing));
      expect(taken.claim).toMatchObject({ holderId: other.actor.userId, mine: true });
    });

    test('ends when the filing goes on; a decision needs none, but nobody decides what somebody else has claimed', async () => {
      const world = get();
      const { reviewer } = world.people;
      const filing = await waiting();
      const other = colleague();
      await other.client.claimFiling(claimOf(filing));
      expect(await refusal(reviewer.client.passFiling(stepOf(filing)))).toEqual(['filing.claimed_by_other']);
      const passed = await other.client.passFiling(stepOf(filing));
      expect(passed.claim).toBeNull();
      const { client } = colleague('operator');
      expect((await client.claimFiling(claimOf(filing))).claim?.mine).toBe(true);
    });

    test('not by whoever passed it first', async () => {
      const world = get();
      const filing = await waiting();
      world.replace({ review: { secondLook: { share: 1, kinds: [], provinces: [] } } });
      const { client } = world.people.reviewer;
      await client.passFiling(stepOf(filing));
      expect(await refusal(client.claimFiling(claimOf(filing)))).toEqual(['review.second_person']);
    });

    test('of those that wait for the role alone, and of nobody’s own', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await reach(world, owner, 'bound');
      const passed = await reach(world, await world.customer(), 'passed');
      const { reviewer, operator } = world.people;
      expect(await refusal(reviewer.client.claimFiling(claimOf(draft)))).toEqual(['filing.wrong_state']);
      expect(await refusal(operator.client.claimFiling(claimOf(draft)))).toEqual(['filing.wrong_state']);
      expect(await refusal(reviewer.client.claimFiling(claimOf(passed)))).toEqual(['filing.wrong_state']);
      const none = reviewer.client.claimFiling(claimOf({ filingId: 'fil_none' }));
      expect(await refusal(none)).toEqual(['object.not_found']);
      const submitted = await world.submit(draft);
      const self = world.as({ userId: owner.actor.userId, role: 'reviewer', accountId: null });
      expect(await refusal(self.client.claimFiling(claimOf(submitted)))).toEqual(['review.own_work']);
    });
  },
);

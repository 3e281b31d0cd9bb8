import { expect, test } from 'vitest';
import { changeUnderWay } from '../../main/testing/filed-company.ts';
import { reach, stepOf, testStep } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'passFiling',
  {
    may: ['reviewer'],
    sample: async (world, owner) => stepOf(await reach(world, owner, 'submitted')),
    leaves: ['FilingPassed'],
  },
  (get) => {
    testStep(get, 'passFiling', {
      by: 'reviewer',
      from: 'submitted',
      elsewhere: 'bound',
      to: 'awaiting_forward',
      event: 'FilingPassed',
    });

    test('puts the hand-over into the outbox', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      await world.people.reviewer.client.passFiling(stepOf(filing));
      const jobs = await world.deps.store.transaction((tx) => tx.jobs.list({ limit: 1000 }));
      const own = jobs.filter(({ payload }) => JSON.stringify(payload).includes(filing.filingId));
      expect(own.map(({ topic, runAt }) => [topic, runAt])).toEqual([['authority.submit', world.deps.clock.now()]]);
    });

    test('nobody passes what they submitted', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const self = world.as({ userId: owner.actor.userId, role: 'reviewer', accountId: null });
      expect(await refusal(self.client.passFiling(stepOf(filing)))).toEqual(['review.own_work']);
    });

    test('not what somebody else has claimed', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      const other = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null });
      await other.client.claimFiling({ params: { filingId: filing.filingId }, body: {} });
      const work = () => world.people.reviewer.client.passFiling(stepOf(filing));
      expect(await refusal(work())).toEqual(['filing.claimed_by_other']);
      // A claim that has ended keeps nobody out.
      world.clock.nowMs += world.deps.claims.minutes * 60_000;
      await work();
    });

    test('not the change of what was cancelled meanwhile', async () => {
      const world = get();
      const { filing, cancelRecord } = await changeUnderWay(world, await world.customer());
      await cancelRecord();
      const pass = world.people.reviewer.client.passFiling(stepOf(filing));
      expect(await refusal(pass)).toEqual(['filing.precondition_unmet', 'filing.service_filed']);
    });
  },
);

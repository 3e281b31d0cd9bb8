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

    test('where the policy says so, a second person looks: back in the queue with its due date, and then to the authority', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      world.replace({ review: { secondLook: { share: 0, kinds: ['first'], provinces: [] } } });
      const { reviewer } = world.people;
      await reviewer.client.claimFiling({ params: { filingId: filing.filingId }, body: {} });
      const { dueAt } = (await reviewer.client.getFiling({ params: { filingId: filing.filingId } })).filing;
      world.clock.nowMs += 60_000;
      const first = await reviewer.client.passFiling(stepOf(filing));
      expect(first).toMatchObject({ state: 'awaiting_review', claim: null, dueAt, review: { secondLook: true } });
      expect(first.actions).toEqual([]);
      expect(await world.events(filing.filingId)).toContain('FilingPassedFirst');
      const seen = { ...filing, version: first.version };
      expect(await refusal(reviewer.client.passFiling(stepOf(seen)))).toEqual(['review.second_person']);
      const colleague = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null });
      expect((await colleague.client.passFiling(stepOf(seen))).state).toBe('awaiting_forward');
    });

    test('a share is drawn by a key that no reviewer has: none of it, all of it, and always the same', async () => {
      const world = get();
      const passes = async (share: number) => {
        const filing = await reach(world, await world.customer(), 'submitted');
        world.replace({ review: { secondLook: { share, kinds: [], provinces: [] } } });
        const { state } = await world.people.reviewer.client.passFiling(stepOf(filing));
        world.reset();
        return state;
      };
      expect(await passes(0)).toBe('awaiting_forward');
      expect(await passes(1)).toBe('awaiting_review');
      const drawn = Array.from({ length: 2000 }, (_, index) => {
        const hash = world.deps.vault.hash(`fil_${index} 1`, 'second_look');
        return Buffer.from(hash.split('.').at(-1) ?? '', 'base64url').readUInt32BE(0) / 2 ** 32;
      });
      const chosen = drawn.filter((lot) => lot < 0.25).length;
      expect(chosen).toBeGreaterThan(400);
      expect(chosen).toBeLessThan(600);
    });

    test('not with an item of the check list open, nor while the customer is asked', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      const { client } = world.people.reviewer;
      world.replace({ review: { ticksRequired: true } });
      expect(await refusal(client.passFiling(stepOf(filing)))).toEqual(['review.checks_open']);
      world.reset();
      world.replace({ verification: { isRequired: true } });
      expect(await refusal(client.passFiling(stepOf(filing)))).toEqual(['review.verification_open']);
      world.reset();
      const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general' }];
      const asked = await client.askFiling(stepOf(filing, { reasons }));
      const seen = { ...filing, version: asked.version };
      expect(await refusal(client.passFiling(stepOf(seen)))).toEqual(['review.asked']);
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

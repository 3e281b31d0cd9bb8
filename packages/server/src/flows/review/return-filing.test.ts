import { expect, test } from 'vitest';
import { reach, stepOf, testStep } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general', comment: '请写明业务' }];

describeOperation(
  'returnFiling',
  {
    may: ['reviewer'],
    sample: async (world, owner) => stepOf(await reach(world, owner, 'submitted'), { reasons }),
    leaves: ['FilingReturned'],
  },
  (get) => {
    testStep(get, 'returnFiling', {
      by: 'reviewer',
      from: 'submitted',
      elsewhere: 'bound',
      to: 'returned',
      event: 'FilingReturned',
      more: { reasons },
    });

    test('its reasons become findings at their fields; the audit has no comment', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      const { findings } = await world.people.reviewer.client.returnFiling(stepOf(filing, { reasons }));
      expect(findings).toMatchObject([{ field: 'service.name', rule: 'service.name_too_general', from: 'reviewer' }]);
      expect(findings[0]?.message.zh).toContain('：请写明业务');
      const row = (await world.audit()).findLast(({ objectId }) => objectId === filing.filingId);
      expect(row?.detail).toEqual({ reasons: [{ field: 'service.name', reasonId: 'service.name_too_general' }] });
    });

    test('a material is refused at its place; the form itself is then not open for it', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const field = 'materials.subject_certificate.whole';
      const given = [{ field, reasonId: 'material.unreadable', comment: '' }];
      const { findings } = await world.people.reviewer.client.returnFiling(stepOf(filing, { reasons: given }));
      expect(findings).toMatchObject([{ field, rule: 'material.unreadable' }]);
      const params = { filingId: filing.filingId };
      expect((await owner.client.getFilingForm({ params })).refused).toEqual([]);
    });

    test.each([
      ['a material that nobody takes', { field: 'materials.passport.whole', reasonId: 'other', comment: '核对' }],
      ['an unknown reason', { field: null, reasonId: 'no.such', comment: '' }],
      ['a field that the form has not', { field: 'service.colour', reasonId: 'service.name_too_general', comment: '' }],
      ['“other” without a word', { field: null, reasonId: 'other', comment: ' ' }],
    ])('is refused for %s', async (_, reason) => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      const work = world.people.reviewer.client.returnFiling(stepOf(filing, { reasons: [reason] }));
      expect(await refusal(work)).toEqual(['input.invalid']);
    });

    test('nobody returns what they submitted', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const self = world.as({ userId: owner.actor.userId, role: 'reviewer', accountId: null });
      expect(await refusal(self.client.returnFiling(stepOf(filing, { reasons })))).toEqual(['review.own_work']);
    });

    test('because nobody answers only after as many calls as the policy says', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      const { client } = world.people.reviewer;
      const unreachable = [{ field: 'subject.principal.mobile', reasonId: 'principal.unreachable' }];
      const params = { filingId: filing.filingId };
      const give = () => client.returnFiling(stepOf(filing, { reasons: unreachable }));
      const call = (outcome: 'reached' | 'not_reached') =>
        client.recordCall({ params, body: { person: 'subject_principal', outcome } });
      expect(await refusal(give())).toEqual(['review.calls_left']);
      await call('not_reached');
      await call('reached');
      expect(await refusal(give())).toEqual(['review.calls_left']);
      await call('not_reached');
      expect((await give()).state).toBe('returned');
    });

    test('the second of two people returns it; not the first again', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      world.replace({ review: { secondLook: { share: 0, kinds: [], provinces: ['440000'] } } });
      const { reviewer } = world.people;
      const { version } = await reviewer.client.passFiling(stepOf(filing));
      const give = (client: typeof reviewer.client) => client.returnFiling(stepOf({ ...filing, version }, { reasons }));
      expect(await refusal(give(reviewer.client))).toEqual(['review.second_person']);
      const colleague = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null });
      const returned = await give(colleague.client);
      expect(returned).toMatchObject({ state: 'returned', review: null });
    });

    test('not what somebody else has claimed', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      const other = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null });
      await other.client.claimFiling({ params: { filingId: filing.filingId }, body: {} });
      const work = () => world.people.reviewer.client.returnFiling(stepOf(filing, { reasons }));
      expect(await refusal(work())).toEqual(['filing.claimed_by_other']);
      // A claim that has ended keeps nobody out.
      world.clock.nowMs += world.deps.claims.minutes * 60_000;
      await work();
    });
  },
);

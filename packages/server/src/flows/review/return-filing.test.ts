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

    test.each([
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

import { addDays, dayOf } from '@openbeian/model/calendar';
import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const span = { from: '2027-03-01', to: '2027-03-10' };

describeOperation(
  'getReviewStatistics',
  { may: ['reviewer', 'operator', 'auditor'], sample: () => ({ query: span }), leaves: 'nothing' },
  (get) => {
    test('what each reviewer did a day, for which reasons, and how long filings stayed with whom', async () => {
      const world = get();
      // Days on which no other test does anything: stays are counted over all accounts.
      world.clock.nowMs = Date.parse('2027-03-01T01:30:00.000Z');
      const owner = await world.customer();
      const id = world.fresh('usr_counted');
      const { client } = world.as({ userId: id, role: 'reviewer', accountId: null });
      const { operator } = world.people;
      const hour = 3_600_000;
      const returned = await reach(world, owner, 'submitted');
      const passed = await reach(world, owner, 'submitted');
      world.clock.nowMs += 2 * hour;
      const reasons = [
        { field: 'service.name', reasonId: 'service.name_too_general' },
        { field: null, reasonId: 'other', comment: '请核对' },
      ];
      const back = await client.returnFiling(stepOf(returned, { reasons }));
      world.clock.nowMs += 24 * hour;
      await client.recordCall({
        params: { filingId: passed.filingId },
        body: { person: 'subject_principal', outcome: 'reached' },
      });
      await client.passFiling(stepOf(passed));
      await owner.client.submitFiling(stepOf({ ...returned, version: back.version }));
      const read = (more = {}) => operator.client.getReviewStatistics({ query: { ...span, reviewerId: id, ...more } });
      const own = await read();
      expect(own.reviewers).toEqual([
        {
          id,
          name: null,
          done: { passed: 1, returned: 1, called: 1 },
          days: [
            { day: '2027-03-01', done: { returned: 1 } },
            { day: '2027-03-02', done: { passed: 1, called: 1 } },
          ],
        },
      ]);
      expect(own.provinces).toEqual([{ code: '440000', done: { passed: 1, returned: 1, called: 1 } }]);
      expect(own.rules.map(({ rule, done }) => [rule, done])).toEqual([
        ['other', { reason: 1 }],
        ['service.name_too_general', { reason: 1 }],
      ]);
      expect(own.fields.map(({ field, text }) => [field, text.zh])).toEqual([
        ['', '整份订单'],
        ['service.name', expect.stringMatching(/名称/)],
      ]);
      const stays = new Map(own.stays.map(({ state, ...stay }) => [state, stay]));
      expect(stays.get('returned')).toMatchObject({ holder: 'customer', count: 1, medianMinutes: 1400 });
      expect(stays.get('awaiting_review')?.holder).toBe('provider');
      // By type: the filings are of one, and nothing was done with any other.
      const { kind } = (await operator.client.getFiling({ params: { filingId: passed.filingId } })).filing;
      const ofKind = await read({ kind });
      expect([ofKind.reviewers, ofKind.rules, ofKind.stays]).toEqual([own.reviewers, own.rules, own.stays]);
      const ofOther = await read({ kind: 'cancel_site' });
      expect([ofOther.reviewers, ofOther.rules, ofOther.stays]).toEqual([[], [], []]);
      expect((await read({ from: '2027-03-02' })).reviewers[0]?.done).toEqual({ passed: 1, called: 1 });
      expect((await read({ provinceCode: '110000' })).reviewers).toEqual([]);
    });

    test('while the SMS is due, a filing is with its customer, as its page says', async () => {
      const world = get();
      const owner = await world.customer();
      await world.approve(await reach(world, owner, 'bound'));
      const today = dayOf(world.deps.clock.now());
      const query = { from: addDays(today, -1), to: today };
      const { stays } = await world.people.operator.client.getReviewStatistics({ query });
      expect(stays.find(({ state }) => state === 'awaiting_sms')?.holder).toBe('customer');
    });

    test('of 92 days at most', async () => {
      const { client } = get().people.auditor;
      const ask = (to: string) => client.getReviewStatistics({ query: { from: '2026-09-01', to } });
      await ask('2026-12-01');
      expect(await refusal(ask('2026-12-02'))).toEqual(['input.invalid']);
      expect(await refusal(ask('2026-08-31'))).toEqual(['input.invalid']);
    });
  },
);

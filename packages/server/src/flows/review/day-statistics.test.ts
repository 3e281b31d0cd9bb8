import { addDays } from '@openbeian/model/calendar';
import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { relayEvents } from '../webhook/relay-events.ts';

const span = { from: '2027-05-01', to: '2027-05-10' };

describeOperation(
  'getDayStatistics',
  { may: ['reviewer', 'operator', 'auditor'], sample: () => ({ query: span }), leaves: 'nothing' },
  (get) => {
    test('filings by the state they came into, codes by what happened to them, by day in Shanghai', async () => {
      const world = get();
      // Days on which no other test does anything; 15:30 in Greenwich is 23:30 in Shanghai.
      world.clock.nowMs = Date.parse('2027-05-03T15:30:00.000Z');
      const owner = await world.customer();
      const { operator, reviewer } = world.people;
      const read = async (more = {}) => operator.client.getDayStatistics({ query: { ...span, ...more } });
      const resourceId = await world.eligible(owner);
      await owner.client.issueCodes({ params: { resourceId }, body: { count: 2 } });
      const filing = await reach(world, owner, 'submitted');
      world.clock.nowMs += 3_600_000;
      const reasons = [{ field: null, reasonId: 'other', comment: '请核对' }];
      await reviewer.client.returnFiling(stepOf(filing, { reasons }));
      await relayEvents(world.deps, () => {});
      const { filings, codes } = await read();
      const days = { of: (state: string) => filings.filter((one) => one.state === state) };
      expect(days.of('awaiting_review')).toEqual([{ day: '2027-05-03', state: 'awaiting_review', count: 1 }]);
      expect(days.of('returned')).toEqual([{ day: '2027-05-04', state: 'returned', count: 1 }]);
      expect(days.of('draft')).toEqual([{ day: '2027-05-03', state: 'draft', count: 1 }]);
      expect(codes).toEqual([{ day: '2027-05-03', type: 'CodeIssued', count: 2 }]);
      const ofProvince = await read({ provinceCode: '440000' });
      expect([ofProvince.filings, ofProvince.codes, ofProvince.gates]).toEqual([filings, [], []]);
      expect((await read({ provinceCode: '110000' })).filings).toEqual([]);
      expect((await read({ kind: 'cancel_site' })).filings).toEqual([]);
    });

    test('of 92 days at most, such as the calendar has', async () => {
      const { client } = get().people.auditor;
      const ask = (to: string, from = span.from) => client.getDayStatistics({ query: { from, to } });
      await ask('9999-12-31', '9999-12-31');
      expect(await refusal(ask('9999-12-31', '9998-12-31'))).toEqual(['input.invalid']);
      expect(await refusal(ask('0001-01-01', '0000-12-31'))).toEqual(['input.invalid']);
      await ask(addDays(span.from, 91));
      expect(await refusal(ask(addDays(span.from, 92)))).toEqual(['input.invalid']);
    });
  },
);

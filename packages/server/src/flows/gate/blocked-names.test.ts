import { addDays, dayOf } from '@openbeian/model/calendar';
import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';

const counted = (name: string, count: number, reason = 'unfiled') => ({ name, reason, count });
const nothing = { total: 0, malformed: 0, tooLowBy: 0, domains: [], hosts: [] };
const reportOf = (world: OperationWorld, body = {}) => ({
  body: { ...nothing, gate: '广州 1', run: world.fresh('run'), number: 1, day: today(world), ...body },
});
const today = (world: OperationWorld) => dayOf(world.deps.clock.now());
/** Days on which no other test reports anything. */
const spanOf = (world: OperationWorld, at: string) => {
  world.clock.nowMs = Date.parse(`${at}T02:00:00.000Z`);
  return { from: at, to: at };
};

describeOperation(
  'reportBlockedNames',
  { may: 'gate', sample: (world) => reportOf(world, { total: 1, domains: [counted('a.cn', 1)] }), leaves: [] },
  (get) => {
    test('a report counts once, however often it comes, and one of another run or gate by itself', async () => {
      const world = get();
      const query = spanOf(world, '2027-06-01');
      const { gate, operator } = world.people;
      const report = reportOf(world, {
        total: 9,
        malformed: 2,
        tooLowBy: 1,
        domains: [counted('a.cn', 5), counted('a.cn', 2, 'cancelled')],
        hosts: [counted('www.a.cn', 4), counted('商店.a.cn', 1)],
      });
      const send = async (more = {}) =>
        (await gate.client.reportBlockedNames({ body: { ...report.body, ...more } })).counted;
      expect([await send(), await send(), await send({ number: 2 }), await send()]).toEqual([true, false, true, false]);
      expect([await send({ gate: '北京 1' }), await send({ run: world.fresh('run') })]).toEqual([true, true]);
      const read = await operator.client.listBlockedNames({ query });
      expect(read).toMatchObject({ total: 36, malformed: 8, tooLowBy: 4 });
      expect(read.names).toMatchObject([
        {
          domain: 'a.cn',
          count: 28,
          reasons: [
            { reason: 'unfiled', count: 20 },
            { reason: 'cancelled', count: 8 },
          ],
          hosts: [
            { host: 'www.a.cn', count: 16 },
            { host: '商店.a.cn', count: 4 },
          ],
        },
      ]);
    });

    test('what is no name in its normal form is counted with the malformed ones, and never shown', async () => {
      const world = get();
      const query = spanOf(world, '2027-06-03');
      const { gate, operator } = world.people;
      const hostile = ['<b>x</b>.cn', '=1+1.cn', 'A.cn', 'www.a.cn', 'a b', 'a\u202e.cn', 'xn--a.cn'];
      const domains = [...hostile.map((name) => counted(name, 1)), counted('localhost', 3)];
      const hosts = [...hostile.map((name) => counted(name, 1)), counted('www.b.cn', 2)];
      await gate.client.reportBlockedNames(reportOf(world, { total: 12, malformed: 1, domains, hosts }));
      const { malformed, names } = await operator.client.listBlockedNames({ query });
      expect([malformed, names.map(({ domain }) => domain)]).toEqual([8, ['localhost']]);
    });

    test('a day that is to come counts as today; one that is long past does not count', async () => {
      const world = get();
      const query = spanOf(world, '2027-06-05');
      const { gate, operator } = world.people;
      const send = (day: string) => gate.client.reportBlockedNames(reportOf(world, { total: 1, day }));
      expect((await send('2027-06-09')).counted).toBe(true);
      expect((await send(addDays(query.from, -93))).counted).toBe(false);
      expect((await operator.client.listBlockedNames({ query })).total).toBe(1);
    });
  },
);

describeOperation(
  'listBlockedNames',
  {
    may: ['operator', 'auditor'],
    sample: (world) => ({ query: { from: today(world), to: today(world) } }),
    leaves: 'nothing',
  },
  (get) => {
    test('the most frequent domains first, with what is on file or under way for each', async () => {
      const world = get();
      const query = spanOf(world, '2027-06-07');
      const owner = await world.customer();
      const filed = await world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
      const { gate, operator } = world.people;
      const domains = [counted('nobody.cn', 3), counted(filed.domainName, 7, 'access_missing')];
      await gate.client.reportBlockedNames(reportOf(world, { total: 10, domains }));
      const { names } = await operator.client.listBlockedNames({ query });
      expect(names).toMatchObject([
        { domain: filed.domainName, count: 7, filing: null, record: { number: filed.serviceNumber, state: 'filed' } },
        { domain: 'nobody.cn', count: 3, filing: null, record: null },
      ]);
      const ofReason = await operator.client.listBlockedNames({ query: { ...query, reason: 'unfiled' } });
      expect(ofReason.names.map(({ domain }) => domain)).toEqual(['nobody.cn']);
    });

    test('of 92 days at most', async () => {
      const { client } = get().people.auditor;
      const ask = (to: string) => client.listBlockedNames({ query: { from: '2027-06-01', to } });
      expect(await refusal(ask('2027-09-01'))).toEqual(['input.invalid']);
    });
  },
);

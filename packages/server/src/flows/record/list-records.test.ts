import type { Operations } from '@openbeian/contract';
import type { Input } from '@openbeian/contract/client';
import { provinces } from '@openbeian/model/province';
import { expect, test } from 'vitest';
import { anotherSite, filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const filed = async (world: OperationWorld, owner: Customer) =>
  world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
const everybody = ['customer', 'reviewer', 'operator', 'auditor'] as const;

describeOperation(
  'listRecords',
  { may: everybody, scope: 'records:read', sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('a customer’s own by their numbers, by pages; staff see all', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const own = [await filed(world, owner), await filed(world, owner)];
      const foreign = await filed(world, other);
      const numbers = own.map(({ serviceNumber }) => serviceNumber).sort();
      const first = await owner.client.listRecords({ query: { limit: 1 } });
      const rest = await owner.client.listRecords({ query: { limit: 1, after: first.next ?? '' } });
      const records = [...first.records, ...rest.records];
      expect(records.map(({ serviceNumber }) => serviceNumber)).toEqual(numbers);
      expect(rest.next).toBeNull();
      expect(records[0]).toMatchObject({ state: 'filed', accesses: ['xingyun'], here: true, cancelledAt: null });
      const all = await world.people.auditor.client.listRecords({ query: { limit: 500 } });
      expect(all.records.map(({ serviceNumber }) => serviceNumber)).toEqual(
        expect.arrayContaining([...numbers, foreign.serviceNumber]),
      );
    });

    test('narrowed by a part of number, domain or name, by state, service and province', async () => {
      const world = get();
      const owner = await world.customer();
      const [one, other] = [await filed(world, owner), await filed(world, owner)];
      const seen = async (query: NonNullable<Input<Operations['listRecords']>['query']>) => {
        const found = [owner, world.people.auditor].map(async ({ client }) => {
          const first = await client.listRecords({ query: { ...query, limit: 1 } });
          const rest = first.next && (await client.listRecords({ query: { ...query, after: first.next, limit: 500 } }));
          const records = [...first.records, ...(rest ? rest.records : [])];
          return records.map(({ serviceNumber }) => serviceNumber);
        });
        const [own = [], all = []] = await Promise.all(found);
        expect(all).toEqual(expect.arrayContaining(own));
        return own;
      };
      const both = [one.serviceNumber, other.serviceNumber].sort();
      expect(await seen({ search: one.domainName.slice(1, -1).toUpperCase() })).toEqual([one.serviceNumber]);
      expect(await seen({ search: other.serviceNumber.slice(-11) })).toEqual([other.serviceNumber]);
      const letter = one.serviceNumber.slice(0, 1);
      const provinceCode = provinces.find((province) => province.letter === letter)?.code;
      expect(await seen({ provinceCode, state: 'filed', serviceKind: 'website' })).toEqual(both);
      expect(await seen({ state: 'cancelled' })).toEqual([]);
      expect(await seen({ serviceKind: 'app' })).toEqual([]);
      expect(await seen({ provinceCode: '540000' })).toEqual([]);
      expect(await seen({ provinceCode: '990000' })).toEqual([]);
    });

    test('what is not here any more, and an organiser that is left without services, are told', async () => {
      const world = get();
      const owner = await world.customer();
      const company = await filedCompany(world, owner);
      const [site, other] = [company, await anotherSite(world, owner, company)];
      const { client: operator } = world.people.operator;
      const seen = async () => {
        const { records } = await owner.client.listRecords({});
        return records.map(({ serviceNumber, state, here, shellSubject }) => [
          serviceNumber,
          state,
          here,
          shellSubject,
        ]);
      };
      await operator.cancelRecord({ body: { scope: 'access', number: site.serviceNumber, reason: '不再接入' } });
      const left = [
        [site.serviceNumber, 'filed', false, false],
        [other.serviceNumber, 'filed', true, false],
      ];
      expect(await seen()).toEqual(left);
      for (const { serviceNumber: number } of [site, other])
        await operator.cancelRecord({ body: { scope: 'service', number, reason: '管局注销' } });
      expect(await seen()).toEqual(left.map(([number]) => [number, 'cancelled', false, true]));
      const body = { number: site.subjectNumber, wants: 'cancel' as const };
      const { filing } = await owner.client.startRecordFiling({ body });
      expect(filing.kind).toBe('cancel_subject');
      await operator.cancelRecord({ body: { scope: 'subject', number: site.subjectNumber, reason: '管局注销' } });
      expect(await seen()).toEqual(left.map(([number]) => [number, 'cancelled', false, false]));
    });
  },
);

describeOperation(
  'countRecords',
  { may: everybody, scope: 'records:read', sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('counts what the list lists', async () => {
      const world = get();
      const owner = await world.customer();
      const before = (await world.people.operator.client.countRecords({})).total;
      await filed(world, owner);
      expect((await owner.client.countRecords({})).total).toBe(1);
      expect((await world.people.operator.client.countRecords({})).total).toBe(before + 1);
    });
  },
);

import { expect, test } from 'vitest';
import { anotherSite, filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'useRecord',
  {
    may: ['customer'],
    sample: async (world, owner) => ({
      body: {
        serviceNumber: (await filedCompany(world, owner)).serviceNumber,
        resourceId: await world.eligible(owner),
      },
    }),
    leaves: ['RecordUsed'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('serves a record on a further resource without a filing; done again it changes nothing', async () => {
      const world = get();
      const owner = await world.customer();
      const { serviceNumber, resourceId: first } = await filedCompany(world, owner);
      const resourceId = await world.eligible(owner);
      const use = () => owner.client.useRecord({ body: { serviceNumber, resourceId } });
      expect(await use()).toEqual({ changed: true, resources: [first, resourceId] });
      expect(await use()).toEqual({ changed: false, resources: [first, resourceId] });
      expect((await owner.client.listFilings({ query: { group: 'open' } })).filings).toEqual([]);
      const { operator } = world.people;
      await operator.client.cancelRecord({ body: { scope: 'access', number: serviceNumber, reason: '核对' } });
      expect(await refusal(use())).toEqual(['object.not_found']);
    });

    test('one organiser has ten at most; what it ends makes room', async () => {
      const world = get();
      const owner = await world.customer();
      const filed = await filedCompany(world, owner);
      const { serviceNumber: other } = await anotherSite(world, owner, filed);
      const use = async (serviceNumber: string) =>
        owner.client.useRecord({ body: { serviceNumber, resourceId: await world.eligible(owner) } });
      expect(world.deps.desk.accessesPerSubject).toBe(10);
      for (let count = 0; count < 9; count += 1) await use(filed.serviceNumber);
      await use(other);
      expect(await refusal(use(other))).toEqual(['quota.exhausted']);
      // An access filing is one more of them.
      const { subjectNumber, proof } = filed;
      world.filedElsewhere({ subjectNumber, serviceNumber: `${subjectNumber}-99` });
      const { filing } = await owner.client.startFiling({
        body: {
          domainName: `${world.fresh('access')}.cn`,
          subjectKind: 'enterprise',
          provinceCode: '440000',
          ...proof,
        },
      });
      expect(filing.kind).toBe('access_one_click');
      const bind = { version: filing.version, with: { resourceId: await world.eligible(owner) } };
      const params = { filingId: filing.id };
      expect(await refusal(owner.client.bindFiling({ params, body: bind }))).toEqual(['quota.exhausted']);
      await owner.client.abandonFiling({ params, body: { version: filing.version } });
      const { operator } = world.people;
      await operator.client.cancelRecord({ body: { scope: 'access', number: other, reason: '不再使用' } });
      expect((await use(filed.serviceNumber)).changed).toBe(true);
      expect(await refusal(use(filed.serviceNumber))).toEqual(['quota.exhausted']);
    });
  },
);

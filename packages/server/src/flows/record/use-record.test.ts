import { expect, test } from 'vitest';
import { anotherSite, filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'useRecord',
  {
    may: ['customer'],
    scope: 'records:use',
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

    test('is refused on a resource that may carry no filing, with the reasons that binding gives', async () => {
      const world = get();
      const owner = await world.customer();
      const { serviceNumber } = await filedCompany(world, owner);
      const { id, version } = (
        await owner.client.startRecordFiling({ body: { number: serviceNumber, wants: 'change' } })
      ).filing;
      const refused: (readonly string[])[] = [];
      for (const resourceId of [await world.expired(owner), await world.eligible(owner, { publicIps: [] })]) {
        const use = await refusal(owner.client.useRecord({ body: { serviceNumber, resourceId } }));
        const body = { version, with: { resourceId } };
        expect(use).toEqual(await refusal(owner.client.bindFiling({ params: { filingId: id }, body })));
        refused.push(use);
      }
      expect(refused).toEqual([
        ['resource.not_eligible', 'resource.remaining_term_too_short', 'resource.expired'],
        ['resource.not_eligible', 'resource.no_public_ip'],
      ]);
    });

    test('no place is taken, so a resource whose places are taken serves it too', async () => {
      const world = get();
      const owner = await world.customer();
      const { serviceNumber } = await filedCompany(world, owner);
      const resourceId = await world.eligible(owner);
      const { limit } = (await owner.client.getResource({ params: { resourceId } })).check.file.quota ?? {};
      for (let taken = 0; taken < (limit ?? 0); taken += 1)
        await world.bind(await world.draft(owner.accountId), { resourceId });
      const one = await owner.client.getResource({ params: { resourceId } });
      expect(one.check.file.reasons.map(({ code }) => code)).toEqual(['resource.quota_exhausted']);
      expect((await owner.client.useRecord({ body: { serviceNumber, resourceId } })).changed).toBe(true);
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

    test('a record whose access ended is accessed again with what was filled in before; only its place is asked again', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId: before, domainName, subjectNumber, serviceNumber, proof } = await filedCompany(world, owner);
      const { operator } = world.people;
      await operator.client.cancelRecord({ body: { scope: 'access', number: serviceNumber, reason: '不再使用' } });
      world.filedElsewhere({ subjectNumber, serviceNumber });
      const body = { domainName, subjectKind: 'enterprise', provinceCode: '440000', ...proof } as const;
      const { filing } = await owner.client.startFiling({ body });
      expect(filing.kind).toBe('access_one_click');
      const formOf = (filingId: string) => owner.client.getFilingForm({ params: { filingId } });
      const { values, findings } = await formOf(filing.id);
      const { values: filed } = await formOf(before);
      for (const path of ['service.name', 'service.content', 'service.homeUrl'])
        expect([path, values[path]]).toEqual([path, filed[path]]);
      const empty = findings.filter(({ rule }) => rule === 'required').map(({ field }) => field);
      expect(empty).toEqual(['service.access.places']);
    });
  },
);

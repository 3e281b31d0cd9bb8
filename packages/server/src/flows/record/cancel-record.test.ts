import { expect, test } from 'vitest';
import { anotherSite, filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const filed = async (world: OperationWorld, owner: Customer) => {
  const resourceId = await world.eligible(owner);
  return { resourceId, ...(await world.filed(owner.accountId, { resourceId })) };
};
const reason = '管局通知注销';

describeOperation(
  'cancelRecord',
  {
    may: ['operator'],
    sample: async (world, owner) => ({
      body: { scope: 'service', number: (await filed(world, owner)).serviceNumber, reason },
    }),
    leaves: ['RecordCancelled'],
  },
  (get) => {
    const cancel = (body: { scope: 'subject' | 'service' | 'access'; number: string; provider?: string }) =>
      get().people.operator.client.cancelRecord({ body: { ...body, reason } });
    const outcomeOf = async (host: string) =>
      (await get().people.visitor.client.explainHost({ query: { host } })).outcome;

    test('blocks the domain, returns the place where the policy says so, and tells the filing', async () => {
      const world = get();
      const { serviceNumber, domainName, resourceId, filingId } = await filed(world, await world.customer());
      expect([await outcomeOf(domainName), await world.spent(resourceId, 'file')]).toEqual(['allow', 1]);
      const done = await cancel({ scope: 'service', number: ` ${serviceNumber} ` });
      const filings = [{ filingId, codeId: null, quotaReturned: true }];
      expect(done).toEqual({ changed: true, services: [{ serviceNumber, domainName, filings }] });
      expect([await outcomeOf(domainName), await world.spent(resourceId, 'file')]).toEqual(['block', 0]);
      expect((await world.events(filingId)).at(-1)).toBe('RecordCancelled');
      expect(await cancel({ scope: 'service', number: serviceNumber })).toEqual({ changed: false, services: [] });
      const rows = (await world.audit()).filter(({ objectId }) => objectId === serviceNumber);
      expect(rows.map(({ detail }) => detail)).toMatchObject([{ scope: 'service', reason }]);
    });

    test('of an organiser, all its sites; of an access, this provider’s', async () => {
      const world = get();
      const owner = await world.customer();
      const one = await filed(world, owner);
      const { services } = await cancel({ scope: 'subject', number: one.subjectNumber });
      expect(services.map(({ domainName }) => domainName)).toEqual([one.domainName]);
      const two = await filed(world, owner);
      expect((await cancel({ scope: 'access', number: two.serviceNumber })).changed).toBe(true);
      const { records } = await owner.client.listRecords({});
      const seen = records.find(({ serviceNumber }) => serviceNumber === two.serviceNumber);
      expect(seen).toMatchObject({ state: 'filed', accesses: [] });
    });

    test('tells the owner of an organiser how many services ended with it, not those that had ended before', async () => {
      const world = get();
      const owner = await world.customer();
      const first = await filedCompany(world, owner);
      await anotherSite(world, owner, first);
      const told = async () => (await owner.client.listNotices({})).notices[0]?.text.zh;
      await cancel({ scope: 'service', number: first.serviceNumber });
      await cancel({ scope: 'subject', number: first.subjectNumber });
      expect(await told()).toContain('其下 1 项服务同时注销');
      const second = await filedCompany(world, owner);
      await cancel({ scope: 'service', number: second.serviceNumber });
      await cancel({ scope: 'subject', number: second.subjectNumber });
      expect(await told()).toContain(`主体 ${second.subjectNumber} 的备案已注销。`);
    });

    test('ends what was demanded of a service that nobody can correct any more', async () => {
      const world = get();
      const owner = await world.customer();
      const items = [{ field: 'service.name', comment: '名称与网站内容不符' }];
      const numbers = {
        service: (await filed(world, owner)).serviceNumber,
        access: (await filed(world, owner)).serviceNumber,
      };
      for (const scope of ['service', 'access'] as const) {
        const serviceNumber = numbers[scope];
        await world.people.operator.client.demandCorrection({
          body: { serviceNumber, demandedBy: 'authority', items },
        });
        expect((await owner.client.listDemands({})).demands).toHaveLength(1);
        await cancel({ scope, number: serviceNumber });
        expect((await owner.client.listDemands({})).demands).toEqual([]);
      }
    });

    test('refuses a number of another scope, and one that is not on record here', async () => {
      const world = get();
      const { subjectNumber, serviceNumber } = await filed(world, await world.customer());
      const before = await world.books();
      expect(await refusal(cancel({ scope: 'service', number: subjectNumber }))).toEqual(['input.invalid']);
      expect(await refusal(cancel({ scope: 'subject', number: serviceNumber }))).toEqual(['input.invalid']);
      const withProvider = cancel({ scope: 'service', number: serviceNumber, provider: 'xingyun' });
      expect(await refusal(withProvider)).toEqual(['input.invalid']);
      const unknown = cancel({ scope: 'service', number: '粤ICP备2020000001号-1' });
      expect(await refusal(unknown)).toEqual(['object.not_found']);
      expect(await world.books()).toEqual(before);
    });
  },
);

import { expect, test } from 'vitest';
import { filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const demandOf = async (world: OperationWorld, owner: Customer) => {
  const { serviceNumber, domainName } = await filedCompany(world, owner);
  const items = [{ field: 'service.remark', comment: '请写明用途' }];
  const body = { serviceNumber, demandedBy: 'provider' as const, items };
  const { id } = await world.people.reviewer.client.demandCorrection({ body });
  return { id, serviceNumber, domainName };
};

describeOperation(
  'listDemands',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'records:read',
    sample: async (world, owner) => {
      if (owner.actor.role === 'customer') await demandOf(world, owner);
      return {};
    },
    leaves: 'nothing',
  },
  (get) => {
    test('shows an account those of its records, the provider’s people all, until they end', async () => {
      const world = get();
      const owner = await world.customer();
      const { id, serviceNumber, domainName } = await demandOf(world, owner);
      const list = async ({ client }: Pick<Customer, 'client'>) => (await client.listDemands()).demands;
      expect(await list(owner)).toMatchObject([{ id, serviceNumber, domainName, dueOn: null }]);
      expect(await list(await world.customer())).toEqual([]);
      expect((await list(world.people.auditor)).map((one) => one.id)).toContain(id);
      await world.people.operator.client.withdrawDemand({ params: { demandId: id }, body: {} });
      expect(await list(owner)).toEqual([]);
    });
  },
);

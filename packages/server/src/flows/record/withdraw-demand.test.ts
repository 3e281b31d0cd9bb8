import { expect, test } from 'vitest';
import { filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const demandOf = async (world: OperationWorld, owner: Customer) => {
  const { serviceNumber } = await filedCompany(world, owner);
  const items = [{ field: 'service.remark', comment: '请写明用途' }];
  const body = { serviceNumber, demandedBy: 'provider' as const, items };
  return world.people.reviewer.client.demandCorrection({ body });
};

describeOperation(
  'withdrawDemand',
  {
    may: ['reviewer', 'operator'],
    sample: async (world, owner) => ({ params: { demandId: (await demandOf(world, owner)).id }, body: {} }),
    leaves: ['DemandWithdrawn'],
  },
  (get) => {
    test('ends it once; a change is a change again', async () => {
      const world = get();
      const owner = await world.customer();
      const { id, serviceNumber } = await demandOf(world, owner);
      const withdraw = (demandId: string) =>
        world.people.reviewer.client.withdrawDemand({ params: { demandId }, body: {} });
      await withdraw(id);
      expect(await refusal(withdraw(id))).toEqual(['demand.ended']);
      expect(await refusal(withdraw('dem_none'))).toEqual(['object.not_found']);
      const { filing } = await owner.client.startRecordFiling({ body: { number: serviceNumber, wants: 'change' } });
      expect(filing.kind).toBe('change_site');
    });
  },
);

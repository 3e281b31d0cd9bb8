import { expect, test } from 'vitest';
import { describeOperation, outcomeOf } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';
import { person } from '../../main/testing/persons.ts';

async function begun(world: OperationWorld, accountId: string) {
  const operator = await person(world, 'operator');
  const body = { accountId, reason: '协助核对材料' };
  const { id } = await operator.client.beginSupportAccess({ body });
  return { operator, target: { params: { accessId: id } } };
}

describeOperation(
  'endSupportAccess',
  {
    may: ['customer', 'operator'],
    sample: async (world, owner) => (await begun(world, owner.accountId)).target,
    leaves: ['SupportAccessEnded'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('once, by the customer, or by the operator in it; each is said so', async () => {
      const world = get();
      const customer = await world.customer();
      const first = await begun(world, customer.accountId);
      expect(await customer.client.endSupportAccess(first.target)).toMatchObject({
        endedBy: 'customer',
        active: false,
      });
      expect(await outcomeOf(customer.client.endSupportAccess(first.target))).toBe('object.changed');
      const second = await begun(world, customer.accountId);
      const { userId } = second.operator.actor;
      const inside = world.as({ userId, role: 'customer', accountId: customer.accountId, support: true });
      expect(await inside.client.endSupportAccess(second.target)).toMatchObject({ endedBy: 'operator' });
      const row = (await world.audit()).findLast(({ action }) => action === 'SupportAccessEnded');
      expect(row).toMatchObject({ actorId: userId, actorRole: 'operator' });
    });
  },
);

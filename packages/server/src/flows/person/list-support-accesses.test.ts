import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import { person } from '../../main/testing/persons.ts';

describeOperation(
  'listSupportAccesses',
  { may: ['customer', 'operator', 'auditor'], sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('a customer sees those of its own account, the provider’s people all or one account’s; the newest first', async () => {
      const world = get();
      const [one, other] = [await world.customer(), await world.customer()];
      for (const { accountId } of [one, other, one]) {
        const operator = await person(world, 'operator');
        await operator.client.beginSupportAccess({ body: { accountId, reason: '协助核对材料' } });
      }
      const own = await one.client.listSupportAccesses({});
      expect(own.accesses.map(({ accountId }) => accountId)).toEqual([one.accountId, one.accountId]);
      expect((await one.client.listSupportAccesses({ query: { accountId: other.accountId } })).accesses).toEqual(
        own.accesses,
      );
      const { client } = world.people.auditor;
      const page = await client.listSupportAccesses({ query: { limit: 2 } });
      expect(page.accesses.map(({ accountId }) => accountId)).toEqual([one.accountId, other.accountId]);
      expect(page.next).not.toBeNull();
      expect((await client.listSupportAccesses({ query: { accountId: one.accountId } })).accesses).toEqual(
        own.accesses,
      );
    });
  },
);

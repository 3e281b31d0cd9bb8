import { expect, test } from 'vitest';
import { describeOperation, outcomeOf } from '../../main/testing/operation-tests.ts';
import { person } from '../../main/testing/persons.ts';

const body = (accountId: string) => ({ body: { accountId, reason: '协助核对材料', minutes: 30 } });

describeOperation(
  'beginSupportAccess',
  {
    may: ['operator'],
    sample: async (world) => body((await world.customer()).accountId),
    leaves: ['SupportAccessBegun'],
    byPeople: true,
  },
  (get) => {
    test('is in this session only, is told to the customer, and is for accounts that there are', async () => {
      const world = get();
      const customer = await world.customer();
      const operator = await person(world, 'operator');
      const begun = await operator.client.beginSupportAccess(body(customer.accountId));
      expect(begun).toMatchObject({ active: true, operatorName: '陈', reason: '协助核对材料', endedAt: null });
      const { notices } = await customer.client.listNotices({});
      expect(notices[0]).toMatchObject({ type: 'SupportAccessBegun', text: { zh: expect.stringContaining('陈') } });
      expect(await outcomeOf(operator.client.beginSupportAccess(body('acct-none')))).toBe('object.not_found');
      // One at a time: an operator in it is the customer, who begins none.
      expect(await outcomeOf(operator.client.beginSupportAccess(body(customer.accountId)))).toBe('auth.forbidden');
      // Whoever has no session here has nothing that it could be on in.
      const { client } = world.people.operator;
      expect(await outcomeOf(client.beginSupportAccess(body(customer.accountId)))).toBe('auth.required');
    });
  },
);

import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'listAccounts',
  { may: ['reviewer', 'operator', 'auditor'], sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('by id, narrowed to a part of id or name, by pages', async () => {
      const world = get();
      const { accountId } = await world.customer('individual');
      const { client } = world.people.auditor;
      const { accounts, next } = await client.listAccounts({ query: { search: accountId.toUpperCase(), limit: 1 } });
      expect(accounts.map(({ id, realName }) => [id, realName])).toEqual([[accountId, 'individual']]);
      const rest =
        next === null ? [] : (await client.listAccounts({ query: { search: accountId, after: next } })).accounts;
      expect(rest.every(({ id }) => id > accountId)).toBe(true);
    });
  },
);

describeOperation(
  'countAccounts',
  { may: ['reviewer', 'operator', 'auditor'], sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('counts what the list lists', async () => {
      const world = get();
      const count = async () => (await world.people.operator.client.countAccounts({})).total;
      const before = await count();
      await world.customer();
      expect(await count()).toBe(before + 1);
      expect((await world.people.operator.client.countAccounts({ query: { search: 'nobody-here' } })).total).toBe(0);
    });
  },
);

describeOperation(
  'findAccounts',
  { may: ['customer'], sample: () => ({ query: { name: '星云' } }), leaves: 'nothing' },
  (get) => {
    test('finds whoever has exactly that id or name, and nobody by a part of it', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const displayName = `港口${world.fresh('Named')}有限公司`;
      await world.run(`UPDATE account SET display_name = '${displayName}' WHERE id = '${other.accountId}'`);
      const find = async (name: string) => (await owner.client.findAccounts({ query: { name } })).accounts;
      const found = [{ id: other.accountId, displayName }];
      expect(await find(other.accountId)).toEqual(found);
      expect(await find(displayName.toUpperCase())).toEqual(found);
      expect(await find(displayName.slice(0, -1))).toEqual([]);
      // Without its last character it may be another's.
      expect(await find(other.accountId.slice(1))).toEqual([]);
    });
  },
);

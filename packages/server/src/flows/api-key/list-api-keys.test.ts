import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'listApiKeys',
  { may: ['customer', 'operator', 'auditor'], sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('a customer’s own, newest first, by pages; staff see the account that they name', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const ids: string[] = [];
      for (const scope of ['codes:read', 'codes:issue'] as const)
        ids.unshift((await world.program(owner, [scope])).actor.userId);
      await world.program(other, ['codes:read']);
      const first = await owner.client.listApiKeys({ query: { limit: 1, accountId: other.accountId } });
      const rest = await owner.client.listApiKeys({ query: { limit: 1, after: first.next ?? '' } });
      expect([...first.apiKeys, ...rest.apiKeys].map(({ id }) => id)).toEqual(ids);
      expect(rest.next).toBeNull();
      const { apiKeys } = await world.people.auditor.client.listApiKeys({ query: { accountId: other.accountId } });
      expect(apiKeys.map(({ accountId }) => accountId)).toEqual([other.accountId]);
      await owner.client.revokeApiKey({ params: { keyId: ids[0] ?? '' }, body: {} });
      const inState = async (state: 'active' | 'expired' | 'revoked') =>
        (await owner.client.listApiKeys({ query: { state } })).apiKeys.map(({ id }) => id);
      expect([await inState('revoked'), await inState('active'), await inState('expired')]).toEqual([
        [ids[0]],
        [ids[1]],
        [],
      ]);
      const past = new Date(world.clock.nowMs - 1000).toISOString();
      await world.run(`UPDATE api_key SET expires_at = '${past}' WHERE id = '${ids[1]}'`);
      expect([await inState('revoked'), await inState('active'), await inState('expired')]).toEqual([
        [ids[0]],
        [],
        [ids[1]],
      ]);
      expect(Object.keys(apiKeys[0] ?? {}).filter((key) => /hash|secret/i.test(key))).toEqual([]);
    });
  },
);

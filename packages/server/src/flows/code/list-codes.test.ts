import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'listCodes',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'codes:read',
    sample: async (world, owner) => {
      await world.issue(owner.accountId, await world.eligible(owner));
      return {};
    },
    leaves: 'nothing',
  },
  (get) => {
    test('gives each customer its side of its own codes, by pages, and staff one account’s', async () => {
      const world = get();
      const [owner, grantee] = [await world.customer(), await world.customer()];
      const resourceId = await world.eligible(owner);
      const ids: string[] = [];
      for (const to of [null, grantee.accountId, null])
        ids.unshift((await world.issue(owner.accountId, resourceId, to)).id);
      const idsOf = (page: { readonly codes: readonly { readonly id: string }[] }) => page.codes.map(({ id }) => id);
      const first = await owner.client.listCodes({ query: { limit: 2 } });
      expect(idsOf(first)).toEqual(ids.slice(0, 2));
      const rest = await owner.client.listCodes({ query: { limit: 2, after: first.next ?? '' } });
      expect([idsOf(rest), rest.next]).toEqual([ids.slice(2), null]);
      expect(idsOf(await grantee.client.listCodes({ query: { side: 'granted' } }))).toEqual([ids[1]]);
      expect(idsOf(await grantee.client.listCodes({}))).toEqual([]);
      const { operator } = world.people;
      expect(idsOf(await operator.client.listCodes({ query: { accountId: owner.accountId } }))).toEqual(ids);
      await owner.client.revokeCode({ params: { codeId: ids[0] ?? '' } });
      expect(idsOf(await owner.client.listCodes({ query: { state: 'revoked' } }))).toEqual([ids[0]]);
      expect(idsOf(await owner.client.listCodes({ query: { state: 'unused' } }))).toEqual(ids.slice(1));
    });
  },
);

import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'queryPartnerCodes',
  {
    may: ['customer'],
    scope: 'codes:read',
    sample: async (world, owner) => ({
      body: { codes: [(await world.issue(owner.accountId, await world.eligible(owner))).clear] },
    }),
    leaves: 'nothing',
  },
  (get) => {
    test('tells issuer and grantee what became of codes; a stranger’s look counts as a guess', async () => {
      const world = get();
      const [owner, grantee, stranger] = [await world.customer(), await world.customer(), await world.customer()];
      const resourceId = await world.eligible(owner);
      const used = await world.issue(owner.accountId, resourceId, grantee.accountId);
      const fresh = await world.issue(owner.accountId, resourceId);
      const { serviceNumber } = await world.filed(grantee.accountId, { code: used.clear });
      const ask = async ({ client }: typeof owner) => {
        const { results } = await client.queryPartnerCodes({ body: { codes: [used.clear, fresh.clear] } });
        return results.map((one) => [one.found, one.code?.state, one.serviceNumber, one.reasons[0]?.code]);
      };
      const filed = [true, 'used', serviceNumber, undefined];
      const unknown = [false, undefined, null, 'code.unknown'];
      expect(await ask(owner)).toEqual([filed, [true, 'unused', null, undefined]]);
      expect(await ask(grantee)).toEqual([filed, unknown]);
      expect(await ask(stranger)).toEqual([unknown, unknown]);
      expect(await ask(stranger)).toEqual([unknown, unknown]);
      expect(await refusal(ask(stranger))).toEqual(['auth.too_many_attempts']);
    });
  },
);

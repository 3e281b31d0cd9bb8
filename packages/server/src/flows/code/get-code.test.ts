import { expect, test } from 'vitest';
import { describeOperation, outcomeOf } from '../../main/testing/operation-tests.ts';

describeOperation(
  'getCode',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'codes:read',
    sample: async (world, owner) => ({
      params: { codeId: (await world.issue(owner.accountId, await world.eligible(owner))).id },
    }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('shows issuer and grantee the code’s facts, never the code', async () => {
      const world = get();
      const [owner, grantee] = [await world.customer(), await world.customer()];
      const resourceId = await world.eligible(owner);
      const { id: codeId, clear } = await world.issue(owner.accountId, resourceId, grantee.accountId);
      const seen = await owner.client.getCode({ params: { codeId } });
      expect(seen).toMatchObject({ id: codeId, resourceId, tail: clear.slice(-4), state: 'unused', reasons: [] });
      expect(JSON.stringify(seen)).not.toContain(clear);
      expect(await grantee.client.getCode({ params: { codeId } })).toEqual(seen);
      expect(await outcomeOf(owner.client.getCode({ params: { codeId: 'code_none' } }))).toBe('object.not_found');
    });
  },
);

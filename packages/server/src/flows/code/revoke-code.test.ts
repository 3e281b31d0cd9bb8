import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'revokeCode',
  {
    may: ['customer'],
    scope: 'codes:revoke',
    sample: async (world, owner) => ({
      params: { codeId: (await world.issue(owner.accountId, await world.eligible(owner))).id },
    }),
    leaves: ['CodeRevoked'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('returns the place, once; a revoked code stays so', async () => {
      const world = get();
      const owner = await world.customer();
      const resourceId = await world.eligible(owner);
      const { id: codeId, clear } = await world.issue(owner.accountId, resourceId);
      const revoke = () => owner.client.revokeCode({ params: { codeId } });
      expect((await revoke()).state).toBe('revoked');
      expect(await world.spent(resourceId, 'issue')).toBe(0);
      expect(await refusal(revoke())).toEqual(['code.wrong_state']);
      const filing = await world.draft(owner.accountId);
      const { filingId, version } = filing;
      const bind = owner.client.bindFiling({ params: { filingId }, body: { version, with: { code: clear } } });
      expect(await refusal(bind)).toEqual(['code.not_usable', 'code.revoked']);
    });

    test('is the issuer’s alone, and not of a code in use', async () => {
      const world = get();
      const [owner, grantee] = [await world.customer(), await world.customer()];
      const { id: codeId, clear } = await world.issue(owner.accountId, await world.eligible(owner), grantee.accountId);
      expect(await refusal(grantee.client.revokeCode({ params: { codeId } }))).toEqual(['object.not_found']);
      await world.bind(await world.draft(grantee.accountId), { code: clear });
      expect(await refusal(owner.client.revokeCode({ params: { codeId } }))).toEqual(['code.wrong_state']);
    });
  },
);

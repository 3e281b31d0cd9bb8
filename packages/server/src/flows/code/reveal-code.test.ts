import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'revealCode',
  {
    may: ['customer'],
    scope: 'codes:reveal',
    sample: async (world, owner) => ({
      params: { codeId: (await world.issue(owner.accountId, await world.eligible(owner))).id },
      body: { reason: '客户忘记保存' },
    }),
    leaves: ['CodeRevealed'],
    foreign: 'object.not_found',
    repeated: 'done again',
  },
  (get) => {
    test('shows issuer and grantee the code, and keeps why', async () => {
      const world = get();
      const [owner, grantee] = [await world.customer(), await world.customer()];
      const { id: codeId, clear } = await world.issue(owner.accountId, await world.eligible(owner), grantee.accountId);
      for (const { client } of [owner, grantee]) {
        expect(await client.revealCode({ params: { codeId }, body: { reason: '交给同事' } })).toEqual({ clear });
      }
      const rows = (await world.audit()).filter((row) => row.objectId === codeId);
      expect(rows.map(({ detail }) => detail)).toEqual([{ reason: '交给同事' }, { reason: '交给同事' }]);
      expect(JSON.stringify(await world.audit())).not.toContain(clear);
      const gone = owner.client.revealCode({ params: { codeId: 'code_none' }, body: { reason: '核对' } });
      expect(await refusal(gone)).toEqual(['object.not_found']);
    });
  },
);

import { expect, test } from 'vitest';
import { describeOperation, outcomeOf, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'grantCode',
  {
    may: ['customer'],
    scope: 'codes:grant',
    sample: async (world, owner) => ({
      params: { codeId: (await world.issue(owner.accountId, await world.eligible(owner))).id },
      body: { granteeAccountId: (await world.customer()).accountId },
    }),
    leaves: ['CodeGranted'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('the code is the grantee’s from then on, until it is granted to another or bound', async () => {
      const world = get();
      const [owner, first, second] = [await world.customer(), await world.customer(), await world.customer()];
      const { id: codeId, clear } = await world.issue(owner.accountId, await world.eligible(owner));
      const grantTo = (granteeAccountId: string) =>
        owner.client.grantCode({ params: { codeId }, body: { granteeAccountId } });
      expect((await grantTo(first.accountId)).granteeAccountId).toBe(first.accountId);
      expect((await grantTo(second.accountId)).granteeAccountId).toBe(second.accountId);
      expect(await outcomeOf(first.client.getCode({ params: { codeId } }))).toBe('object.not_found');
      await world.bind(await world.draft(second.accountId), { code: clear });
      expect(await refusal(grantTo(first.accountId))).toEqual(['code.wrong_state']);
    });

    test('the grantee passes nothing on, and nobody is granted to', async () => {
      const world = get();
      const [owner, grantee] = [await world.customer(), await world.customer()];
      const { id: codeId } = await world.issue(owner.accountId, await world.eligible(owner), grantee.accountId);
      const grant = { params: { codeId }, body: { granteeAccountId: grantee.accountId } };
      expect(await refusal(grantee.client.grantCode(grant))).toEqual(['object.not_found']);
      const toNobody = { params: { codeId }, body: { granteeAccountId: 'acct-nobody' } };
      expect(await refusal(owner.client.grantCode(toNobody))).toEqual(['input.invalid']);
    });
  },
);

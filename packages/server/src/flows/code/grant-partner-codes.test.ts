import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'grantPartnerCodes',
  {
    may: ['customer'],
    scope: 'codes:grant',
    sample: async (world, owner) => {
      const { id: codeId } = await world.issue(owner.accountId, await world.eligible(owner));
      return { body: { grants: [{ codeId, granteeAccountId: (await world.customer()).accountId }] } };
    },
    leaves: ['CodeGranted'],
    foreign: 'code.not_usable',
  },
  (get) => {
    test('grants by id and by the code itself, all or none', async () => {
      const world = get();
      const [owner, { accountId: granteeAccountId }] = [await world.customer(), await world.customer()];
      const resourceId = await world.eligible(owner);
      const codes = [];
      for (let made = 0; made < 3; made += 1) codes.push(await world.issue(owner.accountId, resourceId));
      const [one, two, bound] = codes.map(({ id, clear }) => ({ id, clear }));
      if (one === undefined || two === undefined || bound === undefined) throw new Error('three were issued');
      const grant = (...grants: ({ codeId: string } | { code: string })[]) =>
        owner.client.grantPartnerCodes({ body: { grants: grants.map((which) => ({ ...which, granteeAccountId })) } });
      await world.bind(await world.draft(owner.accountId), { code: bound.clear });
      const before = await world.books();
      expect(await refusal(grant({ codeId: one.id }, { codeId: bound.id }))).toEqual(['code.not_usable', 'code.bound']);
      expect(await refusal(grant({ codeId: one.id }, { code: one.clear }))).toEqual(['input.invalid']);
      expect(await world.books()).toEqual(before);
      const granted = await grant({ codeId: one.id }, { code: two.clear });
      expect(granted.codes.map((code) => [code.id, code.granteeAccountId])).toEqual([
        [one.id, granteeAccountId],
        [two.id, granteeAccountId],
      ]);
    });

    test('is undone when somebody takes a code meanwhile, and slowed down for who guesses', async () => {
      const world = get();
      const [owner, { accountId: granteeAccountId }] = [await world.customer(), await world.customer()];
      const { id: codeId } = await world.issue(owner.accountId, await world.eligible(owner));
      world.answer('codes', 'grant', async () => false);
      const grant = owner.client.grantPartnerCodes({ body: { grants: [{ codeId, granteeAccountId }] } });
      expect(await refusal(grant)).toEqual(['code.wrong_state']);
      const guess = () =>
        owner.client.grantPartnerCodes({ body: { grants: [{ code: 'AAAAA-AAAAA', granteeAccountId }] } });
      for (let wrong = 0; wrong < 3; wrong += 1) expect((await refusal(guess()))[0]).toBe('code.not_usable');
      expect(await refusal(guess())).toEqual(['auth.too_many_attempts']);
    });
  },
);

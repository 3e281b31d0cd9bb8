import { expect, test } from 'vitest';
import { boundByCode, reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'bindFiling',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) =>
      stepOf(await reach(world, owner, 'draft'), { with: { resourceId: await world.eligible(owner) } }),
    // The customer's own act on its own draft is in the filing's history, not in the audit of what others must see.
    leaves: [],
    foreign: 'object.not_found',
  },
  (get) => {
    test('spends a place, and gives it back when it binds to something else', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const [first, second] = [await world.eligible(owner), await world.eligible(owner)];
      const bound = await owner.client.bindFiling(stepOf(draft, { with: { resourceId: first } }));
      expect(bound).toMatchObject({ resourceId: first, codeId: null, state: 'draft' });
      expect(await world.spent(first, 'file')).toBe(1);
      const code = await world.issue(owner.accountId, second);
      const again = { ...draft, version: bound.version };
      const coded = await owner.client.bindFiling(stepOf(again, { with: { code: code.clear } }));
      expect(coded).toMatchObject({ resourceId: second, codeId: code.id });
      expect([await world.spent(first, 'file'), await world.spent(second, 'issue')]).toEqual([0, 1]);
      expect((await owner.client.getCode({ params: { codeId: code.id } })).state).toBe('bound');
      expect(await world.events(draft.filingId)).toEqual(
        expect.arrayContaining(['ResourceBound', 'QuotaReturned', 'CodeBound']),
      );
    });

    test('takes a code of the account’s list by its id: granted to it or its own, and nobody else’s', async () => {
      const world = get();
      const [owner, grantee, stranger] = [await world.customer(), await world.customer(), await world.customer()];
      const resourceId = await world.eligible(owner);
      const granted = await world.issue(owner.accountId, resourceId, grantee.accountId);
      const bearer = await world.issue(owner.accountId, resourceId);
      const bindBy = async (who: typeof owner, codeId: string) => {
        const draft = await reach(world, who, 'draft');
        return who.client.bindFiling(stepOf(draft, { with: { codeId } }));
      };
      expect(await bindBy(grantee, granted.id)).toMatchObject({ resourceId, codeId: granted.id });
      expect(await refusal(bindBy(stranger, granted.id))).toEqual(['code.not_usable', 'code.unknown']);
      expect(await refusal(bindBy(owner, 'code_none'))).toEqual(['code.not_usable', 'code.unknown']);
      expect(await refusal(bindBy(owner, granted.id))).toEqual(['code.not_usable', 'code.bound']);
      // An id is no secret: whoever knows one of a code that goes to its bearer still needs the code itself.
      expect(await refusal(bindBy(stranger, bearer.id))).toEqual(['code.not_usable', 'code.unknown']);
      expect(await bindBy(owner, bearer.id)).toMatchObject({ codeId: bearer.id });
    });

    test('is refused to a resource of others, to one that is not eligible or full; nothing is written', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const draft = await reach(world, owner, 'draft');
      const bindTo = (resourceId: string, ref = draft) =>
        refusal(owner.client.bindFiling(stepOf(ref, { with: { resourceId } })));
      const [foreign, expired, good] = [
        await world.eligible(other),
        await world.expired(owner),
        await world.eligible(owner),
      ];
      const sent = await reach(world, owner, 'submitted');
      world.answer('quota', 'spendDirect', async () => false);
      const before = await world.books();
      expect(await bindTo(foreign)).toEqual(['object.not_found']);
      expect(await bindTo(expired)).toEqual([
        'resource.not_eligible',
        'resource.remaining_term_too_short',
        'resource.expired',
      ]);
      expect(await bindTo(good)).toEqual(['quota.exhausted']);
      expect(await bindTo(good, { ...draft, version: 0 })).toEqual(['object.changed']);
      expect(await bindTo(good, sent)).toEqual(['filing.wrong_state']);
      expect(await world.books()).toEqual(before);
    });

    test('is refused to a code that is taken; who guesses codes has to wait', async () => {
      const world = get();
      const owner = await world.customer();
      const { codeId } = await boundByCode(world, owner);
      const { clear: taken } = await owner.client.revealCode({ params: { codeId }, body: { reason: '核对' } });
      const { clear } = await world.issue(owner.accountId, await world.eligible(owner));
      const draft = await reach(world, owner, 'draft');
      const bindBy = (code: string) => refusal(owner.client.bindFiling(stepOf(draft, { with: { code } })));
      expect(await bindBy(taken)).toEqual(['code.not_usable', 'code.bound']);
      // Somebody binds it between the look and the write.
      world.answer('codes', 'bind', async () => false);
      expect(await bindBy(clear)).toEqual(['code.wrong_state']);
      for (let wrong = 0; wrong < 3; wrong += 1) expect((await bindBy('AAAAA-AAAAA'))[1]).toBe('code.mistyped');
      expect(await bindBy(clear)).toEqual(['auth.too_many_attempts']);
    });
  },
);

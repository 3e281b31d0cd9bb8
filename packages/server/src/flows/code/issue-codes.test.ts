import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'issueCodes',
  {
    may: ['customer'],
    scope: 'codes:issue',
    sample: async (world, owner) => ({ params: { resourceId: await world.eligible(owner) }, body: { count: 2 } }),
    leaves: ['CodesIssued'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('spends a place for each code and gives the codes once in the clear', async () => {
      const world = get();
      const [owner, grantee] = [await world.customer(), await world.customer()];
      const resourceId = await world.eligible(owner);
      const body = { count: 2, granteeAccountId: grantee.accountId, note: '分销商甲' };
      const { codes } = await owner.client.issueCodes({ params: { resourceId }, body });
      expect(await world.spent(resourceId, 'issue')).toBe(2);
      for (const { clear, code } of codes) {
        expect(code).toMatchObject({
          resourceId,
          granteeAccountId: grantee.accountId,
          note: '分销商甲',
          state: 'unused',
        });
        expect(code.tail).toBe(clear.slice(-4));
        expect((await owner.client.revealCode({ params: { codeId: code.id }, body: { reason: '核对' } })).clear).toBe(
          clear,
        );
      }
      expect(new Set(codes.map(({ clear }) => clear)).size).toBe(2);
    });

    test('is refused with all reasons, or where the places are spent; nothing is issued', async () => {
      const world = get();
      const owner = await world.customer();
      const expired = await world.expired(owner);
      const resourceId = await world.eligible(owner);
      const issue = (params: { resourceId: string }, count: number) =>
        owner.client.issueCodes({ params, body: { count } });
      expect(await refusal(issue({ resourceId: expired }, 1))).toEqual([
        'resource.not_eligible',
        'resource.remaining_term_too_short',
        'resource.expired',
      ]);
      await issue({ resourceId }, 4);
      const before = await world.books();
      expect(await refusal(issue({ resourceId }, 2))).toEqual(['quota.exhausted']);
      expect(await refusal(issue({ resourceId }, 6))).toEqual(['input.invalid']);
      expect(await world.books()).toEqual(before);
    });

    test('is refused for a grantee who is nobody', async () => {
      const world = get();
      const owner = await world.customer();
      const resourceId = await world.eligible(owner);
      const body = { granteeAccountId: 'acct-nobody' };
      expect(await refusal(owner.client.issueCodes({ params: { resourceId }, body }))).toEqual(['input.invalid']);
    });

    test('remembered facts never refuse: what they would refuse is decided by all facts', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const resourceId = await world.eligible(owner);
      const { store } = world.deps;
      const findIssuing: typeof store.findIssuing = async (...asked) => {
        const found = await store.findIssuing(...asked);
        return found && { ...found, resource: { ...found.resource, accountId: other.accountId } };
      };
      world.replace({ store: { findIssuing } });
      expect((await owner.client.issueCodes({ params: { resourceId }, body: {} })).codes).toHaveLength(1);
      expect(await refusal(other.client.issueCodes({ params: { resourceId }, body: {} }))).toEqual([
        'object.not_found',
      ]);
    });

    test('gives up when the facts change again and again', async () => {
      const world = get();
      const owner = await world.customer();
      const resourceId = await world.eligible(owner);
      let attempts = 0;
      const issueCodes = async () => {
        attempts += 1;
        return { outcome: 'facts_changed' } as const;
      };
      world.replace({ store: { issueCodes } });
      expect(await refusal(owner.client.issueCodes({ params: { resourceId }, body: {} }))).toEqual(['object.changed']);
      expect(attempts).toBe(3);
    });
  },
);

describeOperation(
  'issuePartnerCodes',
  {
    may: ['customer'],
    scope: 'codes:issue',
    sample: async (world, owner) => ({ body: { resourceId: await world.eligible(owner) } }),
    leaves: ['CodesIssued'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('is issueCodes for programs: the same places, the same refusals', async () => {
      const world = get();
      const owner = await world.customer();
      const resourceId = await world.eligible(owner);
      const issue = (id: string, count: number) => owner.client.issuePartnerCodes({ body: { resourceId: id, count } });
      expect((await issue(resourceId, 3)).codes).toHaveLength(3);
      expect(await world.spent(resourceId, 'issue')).toBe(3);
      expect(await refusal(issue(resourceId, 3))).toEqual(['quota.exhausted']);
      expect(await refusal(issue(await world.expired(owner), 1))).toEqual([
        'resource.not_eligible',
        'resource.remaining_term_too_short',
        'resource.expired',
      ]);
      world.replace({ store: { issueCodes: async () => ({ outcome: 'facts_changed' }) } });
      expect(await refusal(issue(await world.eligible(owner), 1))).toEqual(['object.changed']);
    });
  },
);

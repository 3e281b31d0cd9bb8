import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'countCodes',
  { may: ['customer'], scope: 'codes:read', sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('counts one’s own codes by state, as the list derives it', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const resourceId = await world.eligible(owner);
      const issue = (to: string | null = null) => world.issue(owner.accountId, resourceId, to);
      const [bound, revoked] = [await issue(), await issue()];
      await issue(other.accountId);
      await world.bind(await world.draft(owner.accountId), { code: bound.clear });
      await owner.client.revokeCode({ params: { codeId: revoked.id } });
      const states = { unused: 1, suspended: 0, bound: 1, used: 0, revoked: 1 };
      expect(await owner.client.countCodes({})).toEqual({ total: 3, states });
      const granted = await other.client.countCodes({ query: { side: 'either' } });
      expect(granted).toEqual({ total: 1, states: { unused: 1, suspended: 0, bound: 0, used: 0, revoked: 0 } });
      world.clock.nowMs = Date.parse('2029-01-15T00:00:00Z');
      expect((await owner.client.countCodes({})).states).toMatchObject({ unused: 0, suspended: 1 });
    });
  },
);

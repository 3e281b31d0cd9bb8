import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'countResources',
  { may: ['customer'], scope: 'resources:read', sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('counts one’s own by what is decided, and names those that cease to be eligible soon', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      await world.eligible(other);
      await world.eligible(owner);
      const ending = await world.eligible(owner, { expiresAt: '2027-01-05' });
      await world.expired(owner);
      const counts = await owner.client.countResources({ query: { days: 30 } });
      expect(counts).toMatchObject({ at: '2026-11-21', total: 3, file: 2, issue: 2, blocked: 1 });
      expect([counts.ending.total, counts.ending.resources.map(({ id }) => id)]).toEqual([1, [ending]]);
      expect((await owner.client.countResources({ query: { days: 1 } })).ending.total).toBe(0);
    });
  },
);

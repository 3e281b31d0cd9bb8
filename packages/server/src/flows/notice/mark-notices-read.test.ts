import { expect, test } from 'vitest';
import { notify } from '../../main/testing/notices.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'markNoticesRead',
  {
    may: ['customer', 'reviewer', 'operator'],
    sample: async (world, { accountId }, role) => ({
      body: { ids: [await notify(world, role === 'customer' ? accountId : null)] },
    }),
    // Reading is no act that others must see.
    leaves: [],
  },
  (get) => {
    test('marks those that are named, or all, and never another’s', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const ids = [await notify(world, owner.accountId), await notify(world, owner.accountId)];
      const unreadOf = async ({ client }: typeof owner) => (await client.listNotices({})).unread;
      expect(await other.client.markNoticesRead({ body: { ids } })).toEqual({ unread: 0 });
      expect(await unreadOf(owner)).toBe(2);
      expect(await owner.client.markNoticesRead({ body: { ids: ids.slice(0, 1) } })).toEqual({ unread: 1 });
      await notify(world, other.accountId);
      expect(await owner.client.markNoticesRead({ body: {} })).toEqual({ unread: 0 });
      expect(await unreadOf(other)).toBe(1);
      // Unread again, of one's own.
      expect(await owner.client.markNoticesRead({ body: { ids: ids.slice(0, 1), read: false } })).toEqual({
        unread: 1,
      });
      expect(await other.client.markNoticesRead({ body: { ids, read: false } })).toEqual({ unread: 1 });
      expect(await unreadOf(owner)).toBe(1);
    });
  },
);

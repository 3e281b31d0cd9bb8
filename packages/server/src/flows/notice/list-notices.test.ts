import { expect, test } from 'vitest';
import { notify } from '../../main/testing/notices.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'listNotices',
  { may: ['customer', 'reviewer', 'operator', 'auditor'], sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('a customer’s own, newest first, by pages; the provider’s to its people', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const older = await notify(world, owner.accountId);
      const newer = await notify(world, owner.accountId);
      await notify(world, other.accountId);
      const ofProvider = await notify(world, null);
      const first = await owner.client.listNotices({ query: { limit: 1 } });
      const rest = await owner.client.listNotices({ query: { limit: 1, after: first.next ?? '' } });
      expect([...first.notices, ...rest.notices].map(({ id }) => id)).toEqual([newer, older]);
      expect([first.unread, rest.next]).toEqual([2, null]);
      expect(first.notices[0]?.text.zh).toContain('暂停使用');
      const { notices } = await world.people.auditor.client.listNotices({ query: { limit: 200 } });
      expect(notices.map(({ id }) => id)).toContain(ofProvider);
      expect(notices.map(({ id }) => id)).not.toContain(older);
      await owner.client.markNoticesRead({ body: { ids: [older] } });
      const unread = await owner.client.listNotices({ query: { unread: 'true' } });
      expect(unread.notices.map(({ id }) => id)).toEqual([newer]);
      const inGroup = async (group: 'code' | 'deadline') =>
        (await owner.client.listNotices({ query: { group } })).notices.map(({ id }) => id);
      expect([await inGroup('code'), await inGroup('deadline')]).toEqual([[newer, older], []]);
      expect((await world.people.reviewer.client.listNotices({ query: { group: 'code' } })).notices).toEqual([]);
      const before = await owner.client.listNotices({ query: { before: newer } });
      expect(before.notices.map(({ id }) => id)).toEqual([older]);
    });
  },
);

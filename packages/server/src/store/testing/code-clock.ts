import { describe, expect, test } from 'vitest';
import { at, factsOf, fresh, later, refusal, type World } from './world.ts';

/** The index of stop days, and notices. */
export function describeCodeClock(world: () => World): void {
  describe('the index of stop days', () => {
    test('takes codes that live, works them out once per change, and finds them by day', async () => {
      const { store } = world().open;
      const resource = await world().resource(await world().account());
      const [one = '', other = '', over = ''] = await world().issue(resource, { count: 3 });
      const codes = [one, other, over].map((codeId) => ({
        codeId,
        resourceId: resource.id,
        issuerAccountId: resource.accountId,
      }));
      await store.transaction(async (tx) => {
        await tx.codes.revoke(over, at);
        await tx.quota.returnSpend((await tx.codes.find(over))?.spendId ?? '', at);
        await tx.codeClock.add(codes);
      });
      const stale = async () => {
        const rows = await store.transaction((tx) => tx.codeClock.takeStale({ limit: 1000 }));
        return rows.filter(({ resourceId }) => resourceId === resource.id).map(({ codeId }) => codeId);
      };
      expect(await stale()).toEqual([one, other].sort());
      const filter = { from: '2031-01-01', to: '2031-01-30', issuerAccountId: resource.accountId };
      await store.transaction(async (tx) => {
        await tx.codeClock.put([
          { codeId: one, stopsOn: '2031-01-30', warnOn: '2000-01-01', suspensionNotified: false },
          { codeId: other, stopsOn: '2031-01-01', warnOn: null, suspensionNotified: true },
        ]);
      });
      expect(await stale()).toEqual([]);
      await store.transaction(async (tx) => {
        expect(await tx.codeClock.countStopping(filter)).toBe(2);
        expect(await tx.codeClock.countStopping({ ...filter, to: '2031-01-29' })).toBe(1);
        expect(await tx.codeClock.countStopping({ ...filter, issuerAccountId: null })).toBe(2);
        const all = await tx.codeClock.listStopping({ ...filter, limit: 5 });
        expect(all).toEqual([
          { codeId: other, stopsOn: '2031-01-01' },
          { codeId: one, stopsOn: '2031-01-30' },
        ]);
        const everybodys = { ...filter, issuerAccountId: null, limit: 5 };
        expect(await tx.codeClock.listStopping({ ...everybodys, after: ['2031-01-01', other] })).toEqual([all[1]]);
        const due = await tx.codeClock.takeDue('2000-01-01', { limit: 10 });
        expect(due.map(({ codeId, warnOn }) => [codeId, warnOn])).toEqual([[one, '2000-01-01']]);
        expect(await tx.codeClock.claimWarning({ codeId: one, stopsOn: '2031-01-30', thresholdDays: 7, at })).toBe(
          true,
        );
        expect(await tx.codeClock.claimWarning({ codeId: one, stopsOn: '2031-01-30', thresholdDays: 7, at })).toBe(
          false,
        );
      });
      while ((await store.transaction((tx) => tx.codeClock.markChanged('rules', 100))) > 0);
      expect(await stale()).toEqual([one, other].sort());
      await store.transaction((tx) =>
        tx.codeClock.put(
          [one, other].map((codeId) => ({ codeId, stopsOn: null, warnOn: null, suspensionNotified: null })),
        ),
      );
      await store.transaction((tx) => tx.resources.put({ ...resource, facts: factsOf({ trial: true }) }, at));
      const pending = await store.transaction((tx) => tx.codeClock.countPending('rules'));
      expect(pending).toBeGreaterThan(0);
      expect(await store.transaction((tx) => tx.codeClock.markChanged('rules', 100))).toBe(1);
      expect(await stale()).toEqual([one, other].sort());
      await store.transaction(async (tx) => {
        await tx.codeClock.remove([one, other]);
        expect((await tx.codes.listByIds([one, fresh('code')])).map(({ id }) => id)).toEqual([one]);
      });
      expect(await stale()).toEqual([]);
    });

    test('what is told about it is a notice, and nothing tells a change that did not happen', async () => {
      const resource = await world().resource(await world().account());
      const [codeId = ''] = await world().issue(resource);
      const notice = {
        codeId,
        at,
        issuerAccountId: resource.accountId,
        granteeAccountId: null,
        resourceId: resource.id,
        detail: { daysLeft: 7 },
      };
      const append = (type: string) =>
        world().open.store.transaction((tx) => tx.codeEvents.appendNotice({ ...notice, type: type as 'CodeStopping' }));
      await append('CodeStopping');
      expect(await refusal(append('CodeUsed'))).toBe('append_code_notice');
      const rows = await world().run(`SELECT type, detail FROM code_event WHERE code_id = '${codeId}' ORDER BY seq`);
      expect(rows.map(({ type }) => type)).toEqual(['CodeIssued', 'CodeStopping']);
      expect(rows[1]?.detail).toEqual({ daysLeft: 7 });
    });

    test('notices about the same are one, which becomes unread again', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const notice = (about: string) => ({
        id: fresh('ntc'),
        accountId,
        type: 'CodeStopping' as const,
        about,
        at,
        resourceId: 'r',
        webhookId: null,
        codes: 2,
        stopsOn: '2031-01-01',
        daysLeft: 7,
      });
      await store.transaction(async (tx) => {
        await tx.notices.add(notice('a'));
        await tx.notices.add(notice('b'));
        await tx.notices.markRead({ accountId }, null, later(1));
        expect(await tx.notices.countUnread({ accountId })).toBe(0);
        await tx.notices.add(notice('a'));
        expect(await tx.notices.countUnread({ accountId })).toBe(1);
        const [unread, ...more] = await tx.notices.list({ accountId }, { unread: true, limit: 5 });
        expect([unread?.about, unread?.codes, unread?.stopsOn, more.length]).toEqual(['a', 4, '2031-01-01', 0]);
        const [newest] = await tx.notices.list({ accountId }, { unread: false, limit: 1 });
        expect(newest?.about).toBe('b');
        expect(await tx.notices.list({ accountId }, { unread: false, after: [unread?.id ?? ''], limit: 5 })).toEqual(
          [],
        );
        await tx.notices.markRead({ accountId }, [unread?.id ?? ''], later(1));
        expect(await tx.notices.countUnread({ accountId })).toBe(0);
        expect(await tx.notices.countUnread({ accountId: null })).toBeGreaterThanOrEqual(0);
      });
    });
  });
}

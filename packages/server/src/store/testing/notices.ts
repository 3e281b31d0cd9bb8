import { describe, expect, test } from 'vitest';
import { fresh, later, type World } from './world.ts';

export function describeNotices(world: () => World): void {
  describe('notices whose mail is due', () => {
    test('are leased up to the limit, whatever waits for accounts that have no address any more', async () => {
      const { store } = world().open;
      const [without, withAddress] = [await world().account(), await world().account()];
      const due = async (accountId: string, minutes: number) => {
        const id = fresh('ntc');
        await world().run(
          `INSERT INTO notice (id, account_id, type, about, at, mail_next_at)
           VALUES ('${id}', '${accountId}', 'CodeStopping', '${id}', '${later(0)}', '${later(minutes)}')`,
        );
        return id;
      };
      for (let n = 0; n < 5; n += 1) await due(without, -9);
      const mailed = [await due(withAddress, -2), await due(withAddress, -1)];
      await store.transaction(({ notices }) => notices.putMail(withAddress, 'sealed-addresses', later(0)));
      const lease = (minutes: number) =>
        store.transaction(({ notices }) => notices.leaseMail(later(minutes), 60_000, 2));
      const leased = await lease(0);
      expect(leased.map(({ notice }) => notice.id).sort()).toEqual(mailed);
      expect(leased[0]).toMatchObject({ notice: { accountId: withAddress }, sealed: 'sealed-addresses', attempts: 0 });
      expect(await lease(0)).toEqual([]);
      expect(await lease(2)).toHaveLength(2);
      await world().run(`DELETE FROM notice WHERE account_id IN ('${without}', '${withAddress}')`);
    });

    test('that failed are no failures any more once nobody is left to be mailed', async () => {
      const { store } = world().open;
      const accountId = await world().account();
      const noticeId = fresh('ntc');
      await world().run(`INSERT INTO notice (id, account_id, type, about, at)
        VALUES ('${noticeId}', '${accountId}', 'CodeStopping', '${noticeId}', '${later(0)}')`);
      const userId = fresh('usr');
      await world().run(`INSERT INTO auth_user (id, name, email, username, role, "accountId", sealed_mail, "createdAt", "updatedAt")
        VALUES ('${userId}', 'one', '${userId}@users.invalid', '${userId}', 'customer', '${accountId}', 'sealed', now(), now())`);
      const row = {
        kind: 'notice',
        itemId: noticeId,
        payload: null,
        sealedPayload: null,
        lastError: 'EENVELOPE',
      } as const;
      const isWaitingAfterRetry = () =>
        store.transaction(async ({ workFailures }) => {
          await workFailures.put({ ...row, failedAt: later(0), retryAt: null });
          await workFailures.reschedule('notice', noticeId, later(1));
          return workFailures.isPutOff('notice', noticeId, later(0));
        });
      expect(await isWaitingAfterRetry()).toBe(true);
      await world().run(`UPDATE auth_user SET "disabledAt" = now() WHERE id = '${userId}'`);
      expect(await isWaitingAfterRetry()).toBe(false);
      await world().run(`DELETE FROM notice WHERE id = '${noticeId}'`);
      await world().run(`DELETE FROM auth_user WHERE id = '${userId}'`);
    });
  });
}

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { AuthorityMessage } from '../../ports/authority.ts';
import { fresh, type World } from './world.ts';

/** What is kept for a while only. */
export function describeOldRows(world: () => World): void {
  describe('what is old enough', () => {
    test('goes, the oldest first, so many at a time, and nothing younger', async () => {
      const { store } = world().open;
      const account = await world().account();
      const days = ['2001-01-03', '2001-01-01', '2001-01-02', '2001-01-04'];
      const keyOf = (day: string) => ({ actorId: account, operation: 'old', key: day, requestHash: 'h' });
      await store.transaction(async (tx) => {
        for (const day of days) {
          const at = `${day}T00:00:00.000Z`;
          await tx.idempotency.claim({ ...keyOf(day), at }, z.unknown());
          await tx.notices.add({
            id: fresh('ntc'),
            accountId: account,
            type: 'CodeStopping',
            about: day,
            at,
            resourceId: null,
            webhookId: null,
            codes: 1,
            stopsOn: day,
            daysLeft: 1,
          });
          await tx.codeClock.claimWarning({ codeId: account, stopsOn: day, thresholdDays: 7, at });
        }
      });
      const left = () =>
        store.transaction(async (tx) => ({
          keys: (await Promise.all(days.toSorted().map((day) => tx.idempotency.find(keyOf(day), z.unknown())))).map(
            (found) => found !== null,
          ),
          notices: (await tx.notices.list({ accountId: account }, { unread: false, limit: 9 }))
            .map(({ about }) => about)
            .sort(),
        }));
      const clear = (limit: number) =>
        store.transaction(async (tx) => [
          await tx.idempotency.deleteClaimedBefore('2001-01-03T00:00:00.000Z', limit),
          await tx.notices.deleteBefore('2001-01-03T00:00:00.000Z', limit),
          await tx.codeClock.deleteWarningsBefore('2001-01-03', limit),
        ]);
      expect(await clear(1)).toEqual([1, 1, 1]);
      expect(await left()).toEqual({ keys: [false, true, true, true], notices: days.toSorted().slice(1) });
      expect(await clear(9)).toEqual([1, 1, 1]);
      expect(await clear(9)).toEqual([0, 0, 0]);
      expect(await left()).toEqual({ keys: [false, false, true, true], notices: days.toSorted().slice(2) });
      const again = (day: string) =>
        store.transaction((tx) =>
          tx.codeClock.claimWarning({
            codeId: account,
            stopsOn: day,
            thresholdDays: 7,
            at: '2001-01-05T00:00:00.000Z',
          }),
        );
      expect([await again('2001-01-02'), await again('2001-01-03')]).toEqual([true, false]);
    });

    test('messages of the authority go by age, but for those that say what is on record', async () => {
      const { store } = world().open;
      const came = (day: string) => `${day}T00:00:00.000Z`;
      const head = (day: string) => ({ messageId: fresh('msg'), submissionId: 'sub_old', sentAt: came(day) });
      const numbers = { subjectNumber: '粤ICP备2001000001号', serviceNumber: '粤ICP备2001000001号-1' };
      const messages: AuthorityMessage[] = [
        { kind: 'sms_requested', ...head('2001-01-01'), dueAt: came('2001-01-02') },
        { kind: 'sms_confirmed', ...head('2001-01-02') },
        { kind: 'approved', ...head('2001-01-03'), ...numbers },
        { kind: 'rejected', ...head('2001-01-04'), reasons: [] },
        { kind: 'rejected', ...head('2001-01-06'), reasons: [] },
      ];
      await store.transaction(async ({ exchange }) => {
        for (const message of messages) await exchange.insertMessage(message, message.sentAt);
      });
      const clear = (limit: number) =>
        store.transaction(({ exchange }) => exchange.deleteMessagesBefore(came('2001-01-05'), limit));
      expect([await clear(2), await clear(2), await clear(2)]).toEqual([2, 1, 0]);
      const rows = await world().run(
        `SELECT message_id AS id FROM authority_message WHERE submission_id = 'sub_old' ORDER BY received_at`,
      );
      expect(rows.map(({ id }) => id)).toEqual([messages[2]?.messageId, messages[4]?.messageId]);
    });

    test('sessions that ended and tokens that nobody used go, so many at a time', async () => {
      const { store } = world().open;
      const userId = fresh('usr');
      const day = (n: number) => `2001-01-0${n}T00:00:00.000Z`;
      await world().run(`INSERT INTO auth_user (id, name, email, username, role, "createdAt", "updatedAt")
        VALUES ('${userId}', 'old', '${userId}@users.invalid', '${userId}', 'reviewer', now(), now())`);
      for (const n of [1, 2, 3]) {
        await world().run(`INSERT INTO auth_session (id, token, "userId", "expiresAt", "createdAt", "updatedAt",
            "lastSeenAt", "openedBy", device, "secondFactorDue")
          VALUES ('${userId}-${n}', '${userId}-${n}', '${userId}', '${day(n)}', now(), now(), now(), 'password', '', false)`);
        const token = { digest: `${userId}-${n}`, purpose: 'reset', userId, expiresAt: day(n) } as const;
        await store.transaction(({ signIns }) => signIns.putToken(token, day(1)));
      }
      const purge = () => store.transaction(({ signIns }) => signIns.purge(day(3), 1));
      expect([await purge(), await purge(), await purge()]).toEqual([2, 2, 0]);
      const left = await world().run(`SELECT
        (SELECT count(*)::int FROM auth_session WHERE "userId" = '${userId}') AS sessions,
        (SELECT count(*)::int FROM one_time_token WHERE user_id = '${userId}') AS tokens`);
      expect(left).toEqual([{ sessions: 1, tokens: 1 }]);
    });
  });
}

import { describe, expect, test } from 'vitest';
import { z } from 'zod';
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
          notices: (await tx.notices.list(account, { unread: false, limit: 9 })).map(({ about }) => about).sort(),
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
  });
}

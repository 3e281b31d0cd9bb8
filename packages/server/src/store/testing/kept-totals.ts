import { describe, expect, test } from 'vitest';
import { at, fresh, jobPayload, later, type World } from './world.ts';

/** Totals that triggers keep, against the rows themselves, after everything that changes them and in between. */
export function describeKeptTotals(world: () => World): void {
  describe('kept totals', () => {
    test('of jobs and failed work are what counting the rows gives', async () => {
      const { store } = world().open;
      const topic = 'authority.submit';
      const runAt = '1950-01-01T00:00:00.000Z';
      const ids = [fresh('out'), fresh('out'), fresh('out')] as const;
      const items = [fresh('item'), fresh('item'), fresh('item')] as const;
      const row = { kind: 'overdue', payload: null, sealedPayload: null, failedAt: at, lastError: 'x' } as const;
      const put = (itemId: string, retryAt: string | null) =>
        store.transaction((tx) => tx.workFailures.put({ ...row, itemId, retryAt }));
      const reschedule = (itemId: string, retryAt: string | null) =>
        store.transaction((tx) => tx.workFailures.reschedule('overdue', itemId, retryAt));
      const lease = () => store.leaseJobs({ topics: [topic], limit: 3, owner: 'w', at: runAt, leaseMs: 1 });
      const retry = (id: string) => store.transaction((tx) => tx.jobs.retry(id, 'w', runAt, 'unreachable'));
      const steps: (() => Promise<unknown>)[] = [
        () =>
          store.transaction(async (tx) => {
            for (const id of ids) await tx.jobs.enqueue({ id, topic, payload: jobPayload, runAt });
          }),
        lease,
        () => retry(ids[0]),
        lease,
        () => retry(ids[0]),
        () => store.transaction((tx) => tx.jobs.complete(ids[0], 'w', runAt)),
        () => store.transaction((tx) => tx.jobs.complete(ids[1], 'w', runAt)),
        () => put(items[0], null),
        () => put(items[1], later(1)),
        () => put(items[1], later(2)),
        () => put(items[1], null),
        () => put(items[2], later(3)),
        () => reschedule(items[1], later(4)),
        () => reschedule(items[2], null),
        () => store.transaction((tx) => tx.workFailures.clear('overdue', items[0])),
        () => store.transaction((tx) => tx.workFailures.clear('overdue', items[1])),
        () => store.transaction((tx) => tx.workFailures.clear('overdue', items[1])),
        () => store.transaction((tx) => tx.rowCounts.fold(1000)),
        () => world().run(`DELETE FROM job WHERE id = ANY (ARRAY['${ids.join("','")}'])`),
        () => world().run(`DELETE FROM work_failure WHERE item_id = ANY (ARRAY['${items.join("','")}'])`),
      ];
      for (const step of steps) {
        await step();
        const [counted] = await world().run(
          `SELECT (SELECT count(*) FROM job)::integer AS jobs, (SELECT count(last_error) FROM job)::integer AS failing,
             (SELECT count(*) FROM work_failure)::integer AS failures,
             (SELECT count(*) FROM work_failure WHERE retry_at IS NULL)::integer AS parked`,
        );
        const kept = await store.transaction(async ({ jobs, workFailures }) => ({
          ...(await jobs.count()),
          work: await workFailures.countAll(),
        }));
        expect(kept).toEqual({
          total: counted?.jobs,
          failing: counted?.failing,
          work: { total: counted?.failures, parked: counted?.parked },
        });
      }
    });
  });
}

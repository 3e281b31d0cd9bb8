import { afterEach, describe, expect, test } from 'vitest';
import type { LeaseJobsOptions } from '../../ports/jobs.ts';
import { fresh, type World } from './world.ts';

/** Jobs by province: how many of each are under way, and in which order. */
export function describeLines(world: () => World): void {
  const topic = 'authority.submit' as const;
  const minute = (n: number) => new Date(Date.UTC(1960, 0, 1, 0, n)).toISOString();
  const store = () => world().open.store;

  describe('lines of jobs', () => {
    afterEach(() => world().run(`DELETE FROM job WHERE run_at < '1961-01-01'`));

    /** A job in that line; as one of a filing of that province. */
    async function stand(line: string, at = 0): Promise<string> {
      const id = fresh('out');
      const payload = { submissionId: fresh('sub'), filingId: 'none' };
      await store().transaction((tx) => tx.jobs.enqueue({ id, topic, payload, runAt: minute(at) }));
      await world().run(`UPDATE job SET line = '${line}' WHERE id = '${id}'`);
      return id;
    }
    const lease = async (options: Partial<LeaseJobsOptions> = {}) =>
      (
        await store().leaseJobs({ topics: [topic], limit: 100, owner: 'w', at: minute(5), leaseMs: 60_000, ...options })
      ).map(({ id }) => id);
    const finish = (id: string) => store().transaction((tx) => tx.jobs.complete(id, 'w', minute(5)));

    test('a job waits in the line of its filing’s province', async () => {
      const filing = await world().filing(await world().account(), { provinceCode: '510000' });
      const id = fresh('out');
      const payload = { submissionId: fresh('sub'), filingId: filing.id };
      await store().transaction((tx) => tx.jobs.enqueue({ id, topic, payload, runAt: minute(0) }));
      const [job] = await store().leaseJobs({ topics: [topic], limit: 9, owner: 'w', at: minute(0), leaseMs: 1 });
      expect(job).toMatchObject({ id, line: '510000' });
    });

    test('each gives as many as may be under way of it, whoever holds the others', async () => {
      const first = [await stand('110000', 0), await stand('110000', 1), await stand('110000', 2)];
      const other = await stand('310000', 3);
      expect(await lease({ perLine: 2 })).toEqual([first[0], first[1], other]);
      expect(await lease({ perLine: 2, owner: 'another' })).toEqual([]);
      expect(await lease({ perLine: 3, owner: 'another', fewer: new Map([['110000', 1]]) })).toEqual([]);
      await finish(first[0] ?? '');
      expect(await lease({ perLine: 2, owner: 'another' })).toEqual([first[2]]);
    });

    test('one that is renewed stays with its owner; a lease that was lost is not', async () => {
      const id = await stand('110000');
      await lease();
      const renew = (owner: string) => store().renewJobs({ ids: [id], owner, at: minute(6), leaseMs: 60_000 });
      expect(await renew('w')).toEqual([id]);
      expect(await renew('stranger')).toEqual([]);
      expect(await lease({ at: minute(6), owner: 'another' })).toEqual([]);
      expect(await lease({ at: minute(7), owner: 'another' })).toEqual([id]);
    });

    test('in turn: one at a time, and none while nobody knows what became of the one before', async () => {
      const inTurn = ['110000'];
      const [first, second] = [await stand('110000', 0), await stand('110000', 1)];
      expect(await lease({ perLine: 9, inTurn })).toEqual([first]);
      expect(await lease({ perLine: 9, inTurn, owner: 'another' })).toEqual([]);
      // Not answered: it goes first, whenever that is.
      await store().transaction(({ jobs }) => jobs.retry(first, 'w', minute(8), 'authority.unreachable'));
      expect(await lease({ inTurn })).toEqual([]);
      expect(await lease({ inTurn, at: minute(8) })).toEqual([first]);
      // Refused: nothing of it is there, and the next one's turn has come.
      await store().transaction(async ({ jobs }) => {
        await jobs.markAnswered(first, 'w');
        await jobs.retry(first, 'w', minute(20), 'authority.refused');
      });
      expect(await lease({ inTurn, at: minute(9) })).toEqual([second]);
    });

    test('in turn: after a killed worker the same job comes first, and a parked one lets the others go on', async () => {
      const inTurn = ['110000'];
      const [first, second] = [await stand('110000', 3), await stand('110000', 4)];
      expect(await lease({ inTurn })).toEqual([first]);
      expect(await lease({ inTurn, at: minute(7), owner: 'another' })).toEqual([first]);
      const failure = { payload: null, sealedPayload: null, failedAt: minute(7), lastError: 'TypeError' } as const;
      const item = { kind: 'forward', itemId: first } as const;
      await store().transaction((tx) => tx.workFailures.put({ ...item, ...failure, retryAt: null }));
      await store().transaction(({ jobs }) => jobs.release(first, 'another', minute(7)));
      expect(await lease({ inTurn, at: minute(8) })).toEqual([second]);
      await finish(second);
      expect(await lease({ inTurn, at: minute(9) })).toEqual([]);
      await store().transaction((tx) => tx.workFailures.reschedule('forward', first, minute(9)));
      expect(await lease({ inTurn, at: minute(9) })).toEqual([first]);
      // What failed of a job goes with it, and nothing is noted of one that is done.
      await finish(first);
      const failures = () => store().transaction((tx) => tx.workFailures.count('forward', first));
      expect(await failures()).toBe(0);
      await store().transaction((tx) => tx.workFailures.put({ ...item, ...failure, retryAt: minute(10) }));
      expect(await failures()).toBe(0);
    });
  });
}

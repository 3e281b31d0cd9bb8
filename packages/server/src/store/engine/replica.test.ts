import { readFileSync } from 'node:fs';
import { Fault, isFault } from '@openbeian/model/fault';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  type PrivatePostgres,
  type StandbyPostgres,
  startPrivatePostgres,
  startStandby,
  type TestDatabase,
} from '../../../../../tests/support/private-postgres.ts';
import { at, fresh } from '../testing/world.ts';
import { readMigrationLists } from './migrate.ts';
import { type OpenStore, openStore } from './open-store.ts';
import { openPostgresEngine } from './postgres-engine.ts';
import { Replica } from './replica.ts';
import type { ReplicaState } from './replica-reading.ts';

const primary = await startPrivatePostgres({ fsync: false });
afterAll(() => primary?.stop());

/** Longer than any test: whatever is not shown within it was read on the standby. */
const longMs = 600_000;
const soon = { timeout: 60_000, interval: 20 };

describe.skipIf(primary === null)(
  'a standby that is read from',
  () => {
    // Left out where there is none.
    const own = primary as PrivatePostgres;
    let standby: StandbyPostgres;
    let database: TestDatabase;
    const closing: (() => Promise<void>)[] = [];

    beforeAll(async () => {
      // Of the standby, which copies it: whoever is in the way of replaying is ended at once.
      await onPrimary('ALTER SYSTEM SET max_standby_streaming_delay = 0', own.url);
      standby = await startStandby(own);
      database = await own.createDatabase();
      await (await openStore({ databaseUrl: database.url })).close();
    }, 120_000);
    let isPromoted = false;
    afterEach(async () => {
      if (!isPromoted) await standby.resume();
      for (const close of closing.splice(0)) await close();
    });
    afterAll(() => standby?.stop());

    async function onPrimary(text: string, url = database.url): Promise<void> {
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query(text).finally(() => client.end());
    }

    interface Options {
      readonly url?: string;
      readonly maxLagMs?: number;
      readonly mayOwn?: boolean;
      readonly settleMs?: number;
      readonly withinMs?: number;
    }

    /** However busy the machine is, the standby has the time to answer. */
    async function open(replica: Options = {}) {
      const told: ReplicaState[] = [];
      const usual = { url: standby.urlOf(database), maxLagMs: longMs, mayOwn: true, withinMs: 60_000 };
      const opened = await openStore({ databaseUrl: database.url, replica: { ...usual, ...replica } });
      closing.push(() => opened.close());
      opened.replica?.watch((state) => told.push(state));
      return { ...opened, told };
    }
    const stateOf = ({ replica }: OpenStore) => replica?.reading().state;
    const readsOn = ({ replica }: OpenStore, why: Parameters<ReadonlyMap<unknown, number>['get']>[0] = null) =>
      new Map<unknown, number>(replica?.reading().reads).get(why) ?? 0;
    const toBeUsed = (opened: OpenStore) => vi.waitUntil(() => stateOf(opened) === null, soon);

    async function put({ store }: OpenStore): Promise<string> {
      const id = fresh('acct');
      await store.transaction((tx) => tx.accounts.put({ id, realName: 'none', displayName: '' }, at));
      return id;
    }
    const sees = ({ store }: OpenStore, id: string, after?: string) =>
      store.read(async (tx) => (await tx.accounts.find(id)) !== null, { after });

    test('is read for whoever may lag, and shows nobody less than they have written themselves', async () => {
      const opened = await open();
      await toBeUsed(opened);
      await vi.waitUntil(() => opened.told.at(-1)?.why === null, soon);
      // Once, however often it is looked at.
      expect(opened.told.filter(({ why }) => why === null)).toHaveLength(1);
      await standby.pause();
      const id = await put(opened);
      const written = await opened.replica?.position();
      expect(await sees(opened, id, '0/0')).toBe(false);
      expect(readsOn(opened)).toBe(1);
      expect(await sees(opened, id, written)).toBe(true);
      expect(readsOn(opened, 'own_changes')).toBe(1);
      // Whoever does not say what they have written, or says it in no way that is known.
      expect(await sees(opened, id)).toBe(true);
      expect(await sees(opened, id, 'yesterday')).toBe(true);
      expect(readsOn(opened, 'not_asked')).toBe(2);
      await standby.resume();
      await vi.waitUntil(async () => (await sees(opened, id, written)) && readsOn(opened) > 1, soon);
      expect(await sees(opened, id, '0/0')).toBe(true);
    });

    test('takes no writes of a reading, and neither does the primary in its place', async () => {
      const opened = await open();
      await toBeUsed(opened);
      const id = fresh('acct');
      const write = (after?: string) =>
        opened.store.read((tx) => tx.accounts.put({ id, realName: 'none', displayName: '' }, at), { after });
      await expect(write('0/0')).rejects.toThrow(/a query writes or locks/);
      await expect(write()).rejects.toThrow(/a query writes or locks/);
      expect(await sees(opened, id)).toBe(false);
    });

    test('whatever is older than the bound is seen, also where nothing is replayed any more', async () => {
      const maxLagMs = 400;
      const opened = await open({ maxLagMs });
      await toBeUsed(opened);
      await standby.pause();
      const id = await put(opened);
      const writtenMs = performance.now();
      const tooLate: number[] = [];
      // On either side of the bound; how many of them are asked within it depends on the machine.
      await vi.waitUntil(async () => {
        const begunMs = performance.now();
        const isSeen = await sees(opened, id, '0/0');
        if (!isSeen && begunMs - writtenMs > maxLagMs) tooLate.push(begunMs - writtenMs);
        return begunMs - writtenMs > 3 * maxLagMs;
      }, soon);
      expect(tooLate).toEqual([]);
      await vi.waitUntil(() => stateOf(opened) === 'behind', soon);
      await vi.waitUntil(() => (opened.replica?.reading().lagSeconds ?? 0) * 1000 > maxLagMs, soon);
      await standby.resume();
      await toBeUsed(opened);
    });

    test('is not old because the primary has nothing to write', async () => {
      const maxLagMs = 400;
      const opened = await open({ maxLagMs });
      await toBeUsed(opened);
      const idleFromMs = performance.now();
      await vi.waitUntil(() => performance.now() - idleFromMs > 4 * maxLagMs, soon);
      await toBeUsed(opened);
    });

    test('a reading that is in the way of replaying is ended there, and done again on the primary', async () => {
      const opened = await open();
      await toBeUsed(opened);
      const id = await put(opened);
      await vi.waitUntil(() => sees(opened, id, '0/0'), soon);
      const before = readsOn(opened, 'failed');
      let runs = 0;
      const found = await opened.store.read(
        async (tx) => {
          runs += 1;
          await tx.accounts.find(id);
          if (runs === 1) {
            await onPrimary(
              'ALTER TABLE account ALTER COLUMN id SET STATISTICS 100; LOCK TABLE account IN ACCESS EXCLUSIVE MODE',
            );
            await vi.waitUntil(() => hasNoReader(), soon);
          }
          return tx.accounts.find(id);
        },
        { after: '0/0' },
      );
      expect(found?.id).toBe(id);
      expect(runs).toBe(2);
      expect(readsOn(opened, 'failed')).toBe(before + 1);
    });

    async function hasNoReader(): Promise<boolean> {
      const client = new Client({ connectionString: standby.url });
      await client.connect();
      const text = `SELECT FROM pg_stat_activity WHERE application_name = 'openbeian reads' AND state LIKE 'idle in%'`;
      const { rowCount } = await client.query(text).finally(() => client.end());
      return rowCount === 0;
    }

    test('refuses nobody: what it lacks is looked for on the primary', async () => {
      const opened = await open();
      await toBeUsed(opened);
      await standby.pause();
      const id = await put(opened);
      const find = opened.store.read(
        async (tx) => {
          if ((await tx.accounts.find(id)) === null) throw new Fault('object.not_found');
          return id;
        },
        { after: '0/0' },
      );
      expect(await find).toBe(id);
      expect(readsOn(opened, 'refused')).toBe(1);
      // Of what is nowhere the fault stays what it is.
      const missing = opened.store.read(() => Promise.reject(new Fault('object.not_found')), { after: '0/0' });
      expect(isFault(await missing.catch((error: unknown) => error), 'object.not_found')).toBe(true);
    });

    test('killed while it is read: no reading fails, and it is read again once it is back', async () => {
      const opened = await open();
      await toBeUsed(opened);
      const id = await put(opened);
      await vi.waitUntil(() => sees(opened, id, '0/0'), soon);
      let isOver = false;
      const readers = Array.from({ length: 4 }, async () => {
        const seen = new Set<boolean>();
        while (!isOver) seen.add(await sees(opened, id, '0/0'));
        return [...seen];
      });
      const read = readsOn(opened);
      await vi.waitUntil(() => readsOn(opened) > read + 8, soon);
      await standby.crash();
      await vi.waitUntil(() => stateOf(opened) === 'away', soon);
      const away = readsOn(opened, 'away');
      await vi.waitUntil(() => readsOn(opened, 'away') > away, soon);
      isOver = true;
      expect(await Promise.all(readers)).toEqual([[true], [true], [true], [true]]);
      await standby.restart();
      await toBeUsed(opened);
    }, 180_000);

    test('frozen while it is read: no reading fails or waits for its statement, and soon nobody waits for it', async () => {
      // Longer than the test: readings that are under way leave it as soon as it does not answer any more.
      const opened = await open({ url: `${standby.urlOf(database)}?statement_timeout=300000`, withinMs: 500 });
      await toBeUsed(opened);
      const id = await put(opened);
      await vi.waitUntil(() => sees(opened, id, '0/0'), soon);
      const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
        const children = readFileSync(`/proc/${standby.pid}/task/${standby.pid}/children`, 'utf8').trim().split(' ');
        for (const pid of [standby.pid, ...children.map(Number)]) process.kill(pid, name);
      };
      signal('SIGSTOP');
      try {
        const readings = Array.from({ length: 8 }, () => sees(opened, id, '0/0'));
        expect(await Promise.all(readings)).toEqual(readings.map(() => true));
        await vi.waitUntil(() => stateOf(opened) === 'away', soon);
        expect(await sees(opened, id, '0/0')).toBe(true);
      } finally {
        signal('SIGCONT');
      }
      await toBeUsed(opened);
    });

    test.each([
      ['nobody listens there', 'away', () => 'postgres://postgres:x@127.0.0.1:1/x'],
      ['the password is another', 'away', () => standby.urlOf(database).replace(/:[^:@/]+@/, ':wrong@')],
      ['it leads to the primary itself', 'no_standby', () => database.url],
      ['it leads to another database', 'other_database', () => standby.urlOf({ ...database, url: own.url })],
    ])('where %s, the primary is read (%s)', async (_, why, url) => {
      const opened = await open({ url: url() });
      await vi.waitUntil(() => stateOf(opened) === why, soon);
      const id = await put(opened);
      expect(await sees(opened, id, '0/0')).toBe(true);
      expect(readsOn(opened)).toBe(0);
      await vi.waitUntil(() => opened.told.at(-1)?.why === why, soon);
      expect(JSON.stringify(opened.told)).not.toMatch(/wrong|postgres:\/\//);
    });

    test('a role is held to the same rules as on the primary, and must be able to read all tables', async () => {
      const owning = await open({ mayOwn: false });
      await vi.waitUntil(() => stateOf(owning) === 'role', soon);
      await onPrimary(
        `CREATE ROLE reader LOGIN PASSWORD 'reader'; GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader`,
      );
      const url = standby.urlOf(database).replace(/\/\/[^@]+@/, '//reader:reader@');
      const reading = await open({ url, mayOwn: false });
      await toBeUsed(reading);
      const id = await put(reading);
      await vi.waitUntil(() => sees(reading, id, '0/0'), soon);
      expect(readsOn(reading)).toBeGreaterThan(0);
      await onPrimary('REVOKE SELECT ON filing FROM reader');
      const limited = await open({ url, mayOwn: false });
      await vi.waitUntil(() => stateOf(limited) === 'role', soon);
      await vi.waitUntil(() => limited.told.at(-1)?.why === 'role', soon);
      expect(limited.told.at(-1)?.detail).toBe('reader may not read the table filing');
    });

    test('one that does not have this release’s migrations yet is left alone', async () => {
      const { current } = readMigrationLists();
      const [first] = current;
      if (first === undefined) throw new Error('there are no migrations');
      const replica = new Replica({
        primary: openPostgresEngine({ databaseUrl: database.url, maxConnections: 1 }),
        replica: openPostgresEngine({ databaseUrl: standby.urlOf(database) }),
        maxLagMs: longMs,
        mayOwn: true,
        withinMs: 60_000,
        migrations: [...current, { ...first, number: 9999, checksum: 'of a newer release' }],
      });
      closing.push(() => replica.close());
      replica.watch(() => {});
      await vi.waitUntil(() => replica.reading().state === 'other_schema', soon);
    });

    test('after the primary was restarted or replaced it is left alone for a while', async () => {
      const [soonAgain, late] = [await open({ settleMs: 10 }), await open()];
      await toBeUsed(soonAgain);
      await toBeUsed(late);
      await own.crash();
      await own.restart();
      await vi.waitUntil(() => stateOf(late) === 'primary_changed', soon);
      await toBeUsed(soonAgain);
    }, 180_000);

    test('promoted, it is not read any more', async () => {
      const opened = await open();
      await toBeUsed(opened);
      isPromoted = true;
      await onPrimary('SELECT pg_promote()', standby.url);
      const id = await put(opened);
      // From the first reading on, before anybody has looked.
      expect(await sees(opened, id, '0/0')).toBe(true);
      await vi.waitUntil(() => stateOf(opened) === 'no_standby', soon);
    });
  },
  120_000,
);

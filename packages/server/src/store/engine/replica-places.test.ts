import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, describe, expect, test, vi } from 'vitest';
import {
  type PrivatePostgres,
  type StandbyPostgres,
  startPrivatePostgres,
  startStandby,
  type TestDatabase,
} from '../../../../../tests/support/private-postgres.ts';
import { openStore } from './open-store.ts';
import type { WhyPrimary } from './replica-reading.ts';

const primary = await startPrivatePostgres({ fsync: false });
const soon = { timeout: 60_000, interval: 20 };

/** Leads each connection to the next of these, as a load balancer does. */
async function leadInTurn(places: readonly StandbyPostgres[]) {
  let made = 0;
  const server = createServer((inner) => {
    const next = places[made % places.length];
    made += 1;
    const outer = connect(Number(new URL(next?.url ?? '').port), '127.0.0.1');
    inner.on('error', () => {}).on('close', () => outer.destroy());
    outer.on('error', () => {}).on('close', () => inner.destroy());
    inner.pipe(outer).pipe(inner);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as AddressInfo).port, close: () => server.close() };
}

async function run(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(text).finally(() => client.end());
}

describe.skipIf(primary === null)(
  'sessions that lead to different standbys',
  () => {
    // Left out where there is none.
    const own = primary as PrivatePostgres;
    const endings: (() => unknown)[] = [() => primary?.stop()];
    afterAll(async () => {
      for (const end of endings.reverse()) await end();
    });
    const start = async (of: Pick<PrivatePostgres, 'url'>) => {
      const standby = await startStandby(of);
      endings.push(() => standby.stop());
      return standby;
    };

    async function makeDatabase() {
      const database = await own.createDatabase();
      await (await openStore({ databaseUrl: database.url })).close();
      return database;
    }

    async function open(database: TestDatabase, places: readonly StandbyPostgres[], maxLagMs: number) {
      const balancer = await leadInTurn(places);
      endings.push(() => balancer.close());
      const url = new URL(database.url);
      url.port = String(balancer.port);
      const replica = { url: url.href, maxLagMs, mayOwn: true, withinMs: 60_000 };
      const opened = await openStore({ databaseUrl: database.url, replica });
      endings.push(() => opened.close());
      opened.replica?.watch(() => {});
      await vi.waitUntil(() => opened.replica?.reading().state === null, soon);
      const readsOn = (why: WhyPrimary | null) => opened.replica?.reading().reads.get(why) ?? 0;
      return { store: opened.store, readsOn };
    }

    test('those of a copy that was promoted, and has written since, are never read', async () => {
      const [standby, copy] = [await start(own), await start(own)];
      const database = await makeDatabase();
      const copied = async (what: string) =>
        run(copy.urlOf(database), `DO $$ BEGIN LOOP EXIT WHEN ${what}; PERFORM pg_sleep(0.01); END LOOP; END $$`);
      await vi.waitUntil(
        () =>
          copied(`to_regclass('account') IS NOT NULL`).then(
            () => true,
            () => false,
          ),
        soon,
      );
      await run(copy.url, 'SELECT pg_promote()');
      await copied('NOT pg_is_in_recovery()');
      // Its log is ahead of the primary's from now on.
      await run(copy.urlOf(database), 'CREATE TABLE ahead AS SELECT generate_series(1, 100000)');
      await run(copy.urlOf(database), `INSERT INTO account VALUES ('of-the-copy', 'none', '', now())`);
      await run(copy.url, 'CHECKPOINT');
      const wrong = await start(copy);
      const { store, readsOn } = await open(database, [standby, wrong], 600_000);
      const read = () =>
        store.read(
          async (tx) => {
            // Several at a time, so that each has a session of its own.
            await pause(20);
            return tx.accounts.find('of-the-copy');
          },
          { after: '0/0' },
        );
      await vi.waitUntil(async () => {
        expect(await Promise.all([read(), read(), read(), read()])).toEqual([null, null, null, null]);
        return readsOn(null) > 8 && readsOn('other_database') > 0;
      }, soon);
    });

    test('one that is behind is left for another one that is not', async () => {
      const [good, lagging] = [await start(own), await start(own)];
      const database = await makeDatabase();
      await lagging.pause();
      await run(database.url, `INSERT INTO account VALUES ('late', 'none', '', now())`);
      const { store, readsOn } = await open(database, [lagging, good], 1000);
      await vi.waitUntil(async () => {
        expect(await store.read((tx) => tx.accounts.find('late'), { after: '0/0' })).not.toBeNull();
        return readsOn(null) > 3;
      }, soon);
    });
  },
  120_000,
);

import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { isFault } from '@openbeian/model/fault';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import { type OpenStore, openStore } from './open-store.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

test.skipIf(database === null)(
  'a database that refuses connections is asked by one caller at a time, and used again at once when it takes them',
  async () => {
    const target = new URL(database?.url ?? '');
    const socketFolder = target.searchParams.get('host');
    const port = Number(target.port || 5432);
    let [refuses, knocks] = [false, 0];
    const proxy = createServer((inner) => {
      knocks += 1;
      const outer = socketFolder ? connect(`${socketFolder}/.s.PGSQL.${port}`) : connect(port, target.hostname);
      inner.on('error', () => {}).on('close', () => outer.destroy());
      outer.on('error', () => {}).on('close', () => inner.destroy());
      if (refuses) inner.destroy();
      else inner.pipe(outer).pipe(inner);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const url = new URL(target);
    url.searchParams.delete('host');
    [url.hostname, url.port] = ['127.0.0.1', String((proxy.address() as AddressInfo).port)];
    const open: OpenStore = await openStore({ databaseUrl: url.href, maxConnections: 5 });
    try {
      refuses = true;
      const all = () => Promise.allSettled(Array.from({ length: 64 }, () => open.store.now()));
      // The sessions that there are go on; they are ended as a database that crashed ends them.
      await endSessions(target.href, open);
      knocks = 0;
      const outcomes = [];
      const beganMs = performance.now();
      for (let round = 0; round < 100; round += 1) outcomes.push(...(await all()));
      const tookMs = performance.now() - beganMs;
      for (const outcome of outcomes) {
        expect(outcome.status === 'rejected' && isFault(outcome.reason, 'store.unavailable')).toBe(true);
      }
      // The first ones knock all at once; from then on one does every tenth of a second.
      expect(knocks).toBeLessThanOrEqual(5 + 64 + Math.ceil(tookMs / 100));
      expect(knocks).toBeLessThan(outcomes.length / 10);
      refuses = false;
      await pause(150);
      expect((await all()).every(({ status }) => status === 'fulfilled')).toBe(true);
    } finally {
      await open.close();
      proxy.close();
    }
  },
);

async function endSessions(url: string, open: OpenStore): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
  );
  await client.end();
  await open.store.now().catch(() => {});
}

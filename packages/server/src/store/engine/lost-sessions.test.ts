import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { isFault } from '@openbeian/model/fault';
import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import { at, fresh, worldOf } from '../testing/world.ts';
import { type OpenStore, openStore } from './open-store.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

/** A proxy between the store and PostgreSQL; `freeze` silences the connections that there are, and lets new ones through. */
async function startProxy(target: URL) {
  const pairs = new Set<readonly [Socket, Socket]>();
  const server = createServer((inner) => {
    const socketFolder = target.searchParams.get('host');
    const port = Number(target.port || 5432);
    const outer = socketFolder ? connect(`${socketFolder}/.s.PGSQL.${port}`) : connect(port, target.hostname);
    inner.on('error', () => {}).on('close', () => outer.destroy());
    outer.on('error', () => {}).on('close', () => inner.destroy());
    inner.pipe(outer).pipe(inner);
    pairs.add([inner, outer]);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(target);
  url.searchParams.delete('host');
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url,
    freeze() {
      for (const [inner, outer] of pairs) {
        inner.unpipe().pause();
        outer.unpipe().pause();
      }
    },
    close() {
      for (const pair of pairs) for (const socket of pair) socket.destroy();
      server.close();
    },
  };
}

/** A session is dead when it says nothing for an eighth more. */
const statementTimeoutMs = 2400;
/** For a transaction that does nothing for longer than others may. */
const holding = { isPatient: true };

describe.skipIf(database === null)('sessions of PostgreSQL', () => {
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let open: OpenStore;
  beforeAll(async () => {
    proxy = await startProxy(new URL(database?.url ?? ''));
    proxy.url.searchParams.set('statement_timeout', String(statementTimeoutMs));
    open = await openStore({ databaseUrl: proxy.url.href, maxConnections: 5 });
  });
  afterAll(async () => {
    await open.close();
    proxy.close();
  });

  const write = () => {
    const id = fresh('acct');
    return open.store.transaction((tx) => tx.accounts.put({ id, realName: 'none', displayName: '' }, at));
  };
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: unknown) => (isFault(error) ? error.code : String(error)),
    );

  test('that die in silence are noticed, and all of them replaced at once', async () => {
    await Promise.all(Array.from({ length: 5 }, write));
    proxy.freeze();
    const begunMs = performance.now();
    expect(await codeOf(write())).toBe('store.unavailable');
    expect(performance.now() - begunMs).toBeLessThan(3 * 1.25 * statementTimeoutMs);
    // The other four were dead, too, and nobody has to wait for them.
    const againMs = performance.now();
    expect(await Promise.all(Array.from({ length: 8 }, () => codeOf(write())))).toEqual(Array(8).fill('done'));
    expect(performance.now() - againMs).toBeLessThan(statementTimeoutMs);
  });

  test('that die while better-auth asks are replaced as well', async () => {
    await Promise.all(Array.from({ length: 5 }, write));
    proxy.freeze();
    expect(await codeOf(sql`SELECT 1`.execute(open.kysely))).toBe('store.unavailable');
    expect(await codeOf(sql`SELECT 1`.execute(open.kysely))).toBe('done');
  });

  test('that cannot be opened are an unavailable database to better-auth as well', async () => {
    const leaving = await startProxy(new URL(database?.url ?? ''));
    const one = await openStore({ databaseUrl: leaving.url.href, maxConnections: 1 });
    leaving.close();
    const ask = () => codeOf(sql`SELECT 1`.execute(one.kysely));
    expect([await ask(), await ask()]).toEqual(['store.unavailable', 'store.unavailable']);
    await one.close();
  });

  test('that are ended beneath a reading cost nobody an answer; a writing says that it is unknown', async () => {
    let runs = 0;
    const id = fresh('acct');
    await open.store.transaction((tx) => tx.accounts.put({ id, realName: 'none', displayName: '' }, at));
    const others = new Client({ connectionString: database?.url ?? '' });
    await others.connect();
    const endAll = () =>
      others.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()`);
    const find = async () => {
      const found = await open.store.read(async (tx) => {
        runs += 1;
        await tx.accounts.find(id);
        if (runs === 1) await endAll();
        return tx.accounts.find(id);
      });
      return found?.id;
    };
    expect(await find()).toBe(id);
    expect(runs).toBe(2);
    const writing = open.store.transaction(async (tx) => {
      await tx.accounts.lock(id);
      await endAll();
      await tx.accounts.put({ id, realName: 'none', displayName: 'x' }, at);
    });
    expect(await codeOf(writing)).toBe('store.unavailable');
    await others.end();
  });

  test('end a statement that takes too long, and go on', async () => {
    expect(await codeOf(sql`SELECT pg_sleep(5)`.execute(open.kysely))).toBe('store.unavailable');
    expect(await codeOf(write())).toBe('done');
  });

  test('wait as long as it takes where the transaction is patient, and no longer than a statement may otherwise', async () => {
    const id = fresh('acct');
    await open.store.transaction((tx) => tx.accounts.put({ id, realName: 'none', displayName: '' }, at));
    let letGo = () => {};
    const isLocked = new Promise<void>((locked) => {
      void open.store.transaction(async (tx) => {
        await tx.accounts.lock(id);
        locked();
        await new Promise<void>((done) => {
          letGo = done;
        });
      }, holding);
    });
    await isLocked;
    const lock = (isPatient: boolean) => codeOf(open.store.transaction((tx) => tx.accounts.lock(id), { isPatient }));
    const patient = lock(true);
    expect(await lock(false)).toBe('store.unavailable');
    letGo();
    expect(await patient).toBe('done');
  });

  test('that die while their transaction is patient are noticed, too: the database is not at it', async () => {
    const find = (tx: { accounts: { find(id: string): Promise<unknown> } }) => tx.accounts.find('nobody');
    const begunMs = performance.now();
    const dead = open.store.transaction(
      async (tx) => {
        await find(tx);
        proxy.freeze();
        await find(tx);
      },
      { isPatient: true },
    );
    expect(await codeOf(dead)).toBe('store.unavailable');
    expect(performance.now() - begunMs).toBeLessThan(6 * statementTimeoutMs);
  });

  test('that are long at a patient statement are left to it', async () => {
    const id = fresh('acct');
    await open.store.transaction((tx) => tx.accounts.put({ id, realName: 'none', displayName: '' }, at));
    const { promise: isLocked, resolve: locked } = Promise.withResolvers<void>();
    const holder = open.store.transaction(async (tx) => {
      await tx.accounts.lock(id);
      locked();
      await new Promise((resolve) => setTimeout(resolve, 2.5 * statementTimeoutMs));
    }, holding);
    await isLocked;
    expect(await codeOf(open.store.transaction((tx) => tx.accounts.lock(id), { isPatient: true }))).toBe('done');
    await holder;
  });

  test('that die inside a transaction hold its locks no longer than another statement or two may wait', async () => {
    const id = fresh('acct');
    const other = await openStore({ databaseUrl: `${database?.url}?statement_timeout=${statementTimeoutMs}` });
    await other.store.transaction((tx) => tx.accounts.put({ id, realName: 'none', displayName: '' }, at));
    const { promise: isDead, resolve: dead } = Promise.withResolvers<void>();
    const { promise: isOver, resolve: over } = Promise.withResolvers<void>();
    const dying = open.store.transaction(async (tx) => {
      await tx.accounts.lock(id);
      proxy.freeze();
      dead();
      await isOver;
    });
    await isDead;
    const begunMs = performance.now();
    while ((await codeOf(other.store.transaction((tx) => tx.accounts.lock(id)))) !== 'done') {
      expect(performance.now() - begunMs).toBeLessThan(4 * statementTimeoutMs);
    }
    over();
    expect(await codeOf(dying)).toBe('store.unavailable');
    await other.close();
  });

  test('that lead to a server which takes no writes are given up, and readiness says so', async () => {
    const { run } = worldOf(open);
    const name = new URL(database?.url ?? '').pathname.slice(1);
    await run(`ALTER DATABASE "${name}" SET default_transaction_read_only = on`);
    const standby = await openReadOnly();
    try {
      expect(await codeOf(standby.store.transaction((tx) => tx.accounts.find('nobody')))).toBe('done');
      expect(await standby.store.ready()).toBe(false);
      await run(`ALTER DATABASE "${name}" SET default_transaction_read_only = off`);
      // Its sessions are read-only still: the first one to write finds out, and all are replaced.
      const put = () =>
        standby.store.transaction((tx) =>
          tx.accounts.put({ id: fresh('acct'), realName: 'none', displayName: '' }, at),
        );
      expect(await codeOf(put())).toBe('store.unavailable');
      expect(await codeOf(put())).toBe('done');
      expect(await standby.store.ready()).toBe(true);
    } finally {
      await run(`ALTER DATABASE "${name}" RESET default_transaction_read_only`);
      await standby.close();
    }
  });

  /** Migrating needs no write where everything is done. */
  async function openReadOnly(): Promise<OpenStore> {
    return openStore({ databaseUrl: database?.url ?? '', maxConnections: 1 });
  }

  test('behind a pooler that changes them under a prepared statement: the work is done without names', async () => {
    const single = await openStore({ databaseUrl: database?.url ?? '', maxConnections: 1 });
    try {
      const find = () => single.store.transaction((tx) => tx.accounts.find('nobody'));
      await find();
      // As the next client of a pooler in transaction mode finds it.
      await sql`DEALLOCATE ALL`.execute(single.kysely);
      expect(await find()).toBeNull();
      await sql`DEALLOCATE ALL`.execute(single.kysely);
      expect(await find()).toBeNull();
    } finally {
      await single.close();
    }
  });
});

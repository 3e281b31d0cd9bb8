import { isFault } from '@openbeian/model/fault';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PrivatePostgres, startPrivatePostgres } from '../../../../../tests/support/private-postgres.ts';
import { at, fresh } from '../testing/world.ts';
import { type OpenStore, openStore } from './open-store.ts';

const postgres = await startPrivatePostgres({ fsync: false });
afterAll(() => postgres?.stop());

describe.skipIf(postgres === null)('a commit that the synchronous standby does not have', () => {
  // Left out where there is none.
  const own = postgres as PrivatePostgres;
  let open: OpenStore;
  let administrator: Client;
  beforeAll(async () => {
    const { url } = await own.createDatabase();
    open = await openStore({ databaseUrl: `${url}?statement_timeout=2400`, maxConnections: 2 });
    administrator = new Client({ connectionString: own.url });
    await administrator.connect();
    await administrator.query(`SET synchronous_commit = local`);
    await administrator.query(`ALTER SYSTEM SET synchronous_standby_names = 'nobody'`);
    await administrator.query('SELECT pg_reload_conf()');
  });
  afterAll(async () => {
    await administrator.query('ALTER SYSTEM RESET synchronous_standby_names');
    await administrator.query('SELECT pg_reload_conf()');
    await administrator.end();
    await open.close();
  });

  const write = () => {
    const id = fresh('acct');
    return open.store
      .transaction((tx) => tx.accounts.put({ id, realName: 'none', displayName: '' }, at))
      .then(
        () => 'done',
        (error: unknown) => (isFault(error) ? error.code : String(error)),
      );
  };

  test('is not acknowledged, however long it takes', async () => {
    expect(await write()).toBe('store.unavailable');
  });

  test('is not acknowledged when somebody ends its waiting either', async () => {
    const writing = write();
    const cancel = `SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname <> 'postgres'`;
    let isOver = false;
    void writing.finally(() => {
      isOver = true;
    });
    while (!isOver) await administrator.query(cancel);
    expect(await writing).toBe('store.unavailable');
  });
});

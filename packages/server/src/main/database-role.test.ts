import { isFault } from '@openbeian/model/fault';
import { sql } from 'kysely';
import { afterAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { openStore } from '../store/index.ts';
import { parseConfig } from './config.ts';
import { refuseOwner } from './database-role.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

const configOf = (url: string, allowOwner = false) =>
  parseConfig({
    provider: 'tencent',
    name: { zh: '测试', en: 'Test' },
    database: { url, allowOwner },
    keyRingFile: 'keys.json',
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  });

describe.skipIf(database === null)('the role that serves', () => {
  test('is refused where it owns the tables of a database elsewhere, and taken where it does not', async () => {
    const open = await openStore({ databaseUrl: database?.url ?? '', maxConnections: 1 });
    const placesFor = async (config: ReturnType<typeof configOf>) => {
      try {
        await refuseOwner({ config, open });
        return [];
      } catch (error) {
        if (!isFault(error, 'config.invalid')) throw error;
        return error.extras.places?.map(({ path, expected }) => [path, /openbeian migrate/.test(expected)]);
      }
    };
    const away = configOf('postgres://owner@db.example/openbeian?sslmode=verify-full');
    expect(await placesFor(away)).toEqual([['database.url', true]]);
    expect(await placesFor(configOf('postgres://owner@db.example/openbeian?sslmode=verify-full', true))).toEqual([]);
    for (const here of ['postgres://owner@127.0.0.1/x', 'postgres://owner@[::1]/x', 'postgres:///x?host=/run/pg']) {
      expect(await placesFor(configOf(here)), here).toEqual([]);
    }
    // One connection: the role lasts for what follows.
    const role = `app_${Date.now()}`;
    await sql.raw(`CREATE ROLE ${role} NOSUPERUSER NOINHERIT`).execute(open.kysely);
    await sql.raw(`SET ROLE ${role}`).execute(open.kysely);
    expect(await placesFor(away)).toEqual([]);
    await sql.raw('RESET ROLE').execute(open.kysely);
    await sql.raw(`DROP ROLE ${role}`).execute(open.kysely);
    await open.close();
  });

  test('is told what to do where it may not sign in, the database is new, or the release brings migrations', async () => {
    const blank = await createTestDatabase();
    if (blank === null) throw new Error('unreachable: skipped without PostgreSQL');
    const owner = await openStore({ databaseUrl: database?.url ?? '', maxConnections: 1 });
    const run = (text: string) => sql.raw(text).execute(owner.kysely);
    const role = `app_${Date.now()}`;
    await run(`CREATE ROLE ${role} LOGIN NOSUPERUSER PASSWORD 'of-the-test'`);
    const urlOf = (some: { url: string }, change: Partial<URL> = {}) =>
      Object.assign(new URL(some.url), { username: role, password: 'of-the-test' }, change).href;
    const startWith = async (databaseUrl: string) => {
      try {
        await (await openStore({ databaseUrl, maxConnections: 1 })).close();
        return 'started';
      } catch (error) {
        if (!isFault(error, 'store.role_refused')) throw error;
        return error.extras.detail?.en;
      }
    };
    try {
      const here = database as NonNullable<typeof database>;
      expect(await startWith(urlOf(blank))).toMatch(/permission denied for schema public/);
      expect(await startWith(urlOf(here, { password: 'wrong' }))).toMatch(/password authentication failed/);
      expect(await startWith(urlOf(here, { pathname: '/no_such_database' }))).toMatch(/does not exist/);
      expect(await startWith(urlOf(here))).toMatch(/permission denied for table schema_migration/);
      await run(`GRANT SELECT ON schema_migration TO ${role}`);
      expect(await startWith(urlOf(here))).toBe('started');
      await run('DELETE FROM schema_migration WHERE number = (SELECT max(number) FROM schema_migration)');
      expect(await startWith(urlOf(here))).toMatch(/must be owner of|permission denied for (schema|table job)/);
    } finally {
      await run(`DROP OWNED BY ${role}`);
      await run(`DROP ROLE ${role}`);
      await owner.close();
      await blank.drop();
    }
  });
});

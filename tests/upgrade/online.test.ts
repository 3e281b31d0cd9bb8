import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Connection, Engine } from '../../packages/server/src/store/engine/connection.ts';
import { migrate, readMigrationLists } from '../../packages/server/src/store/engine/migrate.ts';
import type { MigrationProgress } from '../../packages/server/src/store/engine/migrate-online.ts';
import { openPostgresEngine } from '../../packages/server/src/store/engine/postgres-engine.ts';
import { dumpSchema } from '../../scripts/dump-schema.ts';
import { createTestDatabase } from '../support/shared-postgres.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const golden = readFileSync(join(import.meta.dirname, '../../packages/server/src/store/schema.sql'), 'utf8');
const rowsOfFirstLanded = readFileSync(join(import.meta.dirname, 'first-landed.sql'), 'utf8');
const lists = readMigrationLists();
const firstList = lists.former[0] ?? [];
const plain = { ...lists, current: lists.current.map((migration) => ({ ...migration, online: null })) };
const probe = await createTestDatabase();
const databases: { drop(): Promise<void> }[] = [];
afterAll(async () => {
  for (const database of [probe, ...databases]) await database?.drop();
});

/** A database of the last commit before the squash, with a row of everything, as it was counted as `0001`. */
async function openOld(): Promise<{ readonly engine: Engine; readonly url: string }> {
  const database = await createTestDatabase();
  if (database === null) throw new Error('PostgreSQL was there a moment ago');
  databases.push(database);
  const engine = openPostgresEngine({ databaseUrl: database.url });
  await migrate(engine, { current: firstList.slice(0, 6), former: [] });
  const connection = await engine.connect();
  await connection.script(rowsOfFirstLanded);
  connection.release();
  await migrate(engine, { ...lists, current: lists.current.slice(0, 1) });
  return { engine, url: database.url };
}

async function on<T>(engine: Engine, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await engine.connect();
  try {
    return await work(connection);
  } finally {
    connection.release();
  }
}

/** When a migration was: sessions were last seen, and people's tours ended, when the column was added. */
const timesOfMigrations: Readonly<Record<string, string>> = { auth_session: 'lastSeenAt', auth_user: 'tourEndedAt' };

/** Every row of every table, but when the migrations were. */
const rowsOf = (engine: Engine) =>
  on(engine, async (connection) => {
    const { rows: tables } = await connection.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name <> 'schema_migration' ORDER BY 1`,
      [],
    );
    const found: Record<string, unknown> = {};
    for (const { name } of tables) {
      const columns = name === 'row_count_change' ? 'counted, state, sum(change) AS change' : '*';
      const group = name === 'row_count_change' ? 'GROUP BY counted, state' : '';
      const time = timesOfMigrations[name];
      const row = time === undefined ? 'to_jsonb(r)' : `to_jsonb(r) - '${time}'`;
      const text = `SELECT coalesce(jsonb_agg(${row} ORDER BY r::text), '[]') AS rows FROM (SELECT ${columns} FROM ${name} ${group}) AS r`;
      found[name] = (await connection.query<{ rows: unknown }>(text, [])).rows[0]?.rows;
    }
    return found;
  });

/** Ends with an error at the given call, before or after that was done, and whatever comes later. */
function killedAt(engine: Engine, calls: number, when: 'before' | 'after'): Engine {
  let left = calls;
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left < 0 || (left === 0 && when === 'before')) throw new Error('killed');
    const answer = await work();
    if (left === 0) throw new Error('killed');
    return answer;
  };
  return {
    ...engine,
    async connect() {
      const connection = await engine.connect();
      return {
        query: (text, values) => guarded(() => connection.query(text, values)),
        script: (text) => guarded(() => connection.script(text)),
        bePatient: (scope) => connection.bePatient(scope),
        // Its session ends with the process.
        release: () => connection.release(true),
      };
    },
  };
}

describe.skipIf(probe === null)('a database that is in use', () => {
  let expected: Record<string, unknown>;
  beforeAll(async () => {
    const { engine } = await openOld();
    await migrate(engine, plain);
    expected = await rowsOf(engine);
    await engine.close();
  });

  test('comes to the same schema and the same rows by steps as by whole migrations, and every step is said', async () => {
    const { engine } = await openOld();
    const said: MigrationProgress[] = [];
    await migrate(engine, lists, (progress) => said.push(progress));
    expect(await on(engine, dumpSchema)).toBe(golden);
    expect(await rowsOf(engine)).toEqual(expected);
    const named = lists.current.slice(1).map(({ number, name }) => `${String(number).padStart(4, '0')}-${name}`);
    expect(said.filter(({ state }) => state === 'done').map(({ migration }) => migration)).toEqual(named);
    expect(
      said.filter(({ migration, step }) => migration === '0013-lists-by-index' && step !== undefined),
    ).toHaveLength(7);
    await engine.close();
  });

  test.each(['before', 'after'] as const)('goes on where it was when it is ended %s any step', async (when) => {
    const { engine } = await openOld();
    let kills = 0;
    // Each run comes a little further than the one before; none of them begins again.
    for (let calls = 4; ; calls += 1) {
      try {
        await migrate(killedAt(engine, calls, when), lists);
        break;
      } catch (error) {
        if ((error as Error).message !== 'killed') throw error;
        kills += 1;
      }
    }
    expect(kills).toBeGreaterThan(5);
    expect(await on(engine, dumpSchema)).toBe(golden);
    expect(await rowsOf(engine)).toEqual(expected);
    await engine.close();
  });

  test('waits until the sessions that a killed run has left are done with an index', async () => {
    const { engine, url } = await openOld();
    // The first thing that the next one does is to make an index.
    await migrate(engine, { ...lists, current: lists.current.filter(({ number }) => number < 32) });
    const [busy, maker, dropper, watcher] = [
      new pg.Client(url),
      new pg.Client(url),
      new pg.Client(url),
      new pg.Client(url),
    ];
    for (const client of [busy, maker, dropper, watcher]) await client.connect();
    // Whoever makes an index waits for it, as it does for other things where a table is large.
    await busy.query('BEGIN; LOCK TABLE job IN ROW EXCLUSIVE MODE');
    const isAt = (what: string) =>
      vi.waitUntil(
        async () => {
          const text = `SELECT FROM pg_stat_activity WHERE query LIKE $1 || ' INDEX%' AND wait_event_type = 'Lock'`;
          return (await watcher.query(text, [what])).rowCount === 1;
        },
        { timeout: 20_000 },
      );
    // They may be in each other's way, too.
    const left = [
      maker.query("CREATE INDEX CONCURRENTLY job_of_filing ON job ((payload->>'filingId'))").catch(() => {}),
    ];
    await isAt('CREATE');
    left.push(dropper.query('DROP INDEX CONCURRENTLY job_of_filing').catch(() => {}));
    await isAt('DROP');
    const waiting = Promise.withResolvers<void>();
    const done = migrate(engine, lists, ({ state, about }) => {
      if (state === 'waiting' && about === 'job_of_filing') waiting.resolve();
    });
    await Promise.race([waiting.promise, done]);
    await busy.query('COMMIT');
    await done;
    await Promise.all(left);
    expect(await on(engine, dumpSchema)).toBe(golden);
    for (const client of [busy, maker, dropper, watcher]) await client.end();
    await engine.close();
  });

  test('waits for a lock without letting others queue up behind it', async () => {
    const { engine, url } = await openOld();
    const [busy, writer] = [new pg.Client(url), new pg.Client(url)];
    await busy.connect();
    await writer.connect();
    await busy.query('BEGIN');
    await busy.query('UPDATE account SET display_name = display_name');
    const waiting = Promise.withResolvers<void>();
    const done = migrate(engine, lists, ({ state, about }) => {
      if (state === 'waiting' && about === 'account_added_to_count') waiting.resolve();
    });
    // While an index of it is made the statement that holds the table is waited for, without any lock in the way.
    await Promise.race([waiting.promise, new Promise((resolve) => setTimeout(resolve, 3000))]);
    await writer.query(`SET lock_timeout = '10s'`);
    await writer.query(`INSERT INTO account (id, real_name, changed_at) VALUES ('acct_new', 'enterprise', now())`);
    await writer.query(`UPDATE account SET display_name = 'x' WHERE id = 'acct_new'`);
    await busy.query('COMMIT');
    await done;
    const { rows } = await writer.query(
      `SELECT (SELECT sum(change) FROM row_count_change WHERE counted = 'account')::int AS kept, (SELECT count(*) FROM account)::int AS there`,
    );
    expect(rows[0].kept).toBe(rows[0].there);
    expect(await on(engine, dumpSchema)).toBe(golden);
    await busy.end();
    await writer.end();
    await engine.close();
  });
});

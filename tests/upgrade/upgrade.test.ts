import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Connection, Engine } from '../../packages/server/src/store/engine/connection.ts';
import { openEmbeddedEngine } from '../../packages/server/src/store/engine/embedded-engine.ts';
import { isMigrated, migrate, readMigrationLists } from '../../packages/server/src/store/engine/migrate.ts';
import { openPostgresEngine } from '../../packages/server/src/store/engine/postgres-engine.ts';
import { dumpSchema } from '../../scripts/dump-schema.ts';
import { createTestDatabase } from '../support/shared-postgres.ts';

// Making an embedded database takes 3 s of a whole processor, which tests seldom have to themselves.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const golden = readFileSync(join(import.meta.dirname, '../../packages/server/src/store/schema.sql'), 'utf8');
const rowsOfFirstLanded = readFileSync(join(import.meta.dirname, 'first-landed.sql'), 'utf8');
const lists = readMigrationLists();
const firstList = lists.former[0] ?? [];

/** Commit c48a3d0 is the first that was landed; databases of that day hold these six. */
const firstLanded = [
  '1 accounts-and-resources f8c7736e791fece0b72c1793a581f5f5e84e86eb00faa9311a80416981b9aa62',
  '2 quota-and-codes 96629d2aab5325ff334e63d8ae23f0a305a149130eeb27fa0f5b43b0e9d8b54c',
  '3 filings 0a4d4f8eb4967c272e5e5e00d8b69cea09283ff9ed329c33f483cf0137faef57',
  '4 records-and-gate 2575eb88093b1b6355ba0d32b5e69c0cf53b338f6e39290bcda3327c730c2243',
  '5 exchange-jobs-audit 2471bd0b8f9d549b99d5eb46b3238bbf56a2b0103f9fa44356aae0a7396544f6',
  '6 sign-in 64dec07631b7560115b1012662404ca2a7d8c0051d535bd599e6891d9b8072c5',
];

interface Driver {
  readonly name: string;
  /** A new, empty database. */
  open(): Promise<Engine>;
}

const databases: { drop(): Promise<void> }[] = [];
const drivers: Driver[] = [
  { name: 'embedded', open: () => openEmbeddedEngine(null) },
  {
    name: 'PostgreSQL',
    async open() {
      const database = await createTestDatabase();
      if (database === null) throw new Error('PostgreSQL was there a moment ago');
      databases.push(database);
      return openPostgresEngine({ databaseUrl: database.url });
    },
  },
];
const probe = await createTestDatabase();
afterAll(async () => {
  for (const database of [probe, ...databases]) await database?.drop();
});

/** Columns that have other names by now. */
const renamed: Readonly<Record<string, string>> = {
  'code_clock.told_suspended': 'suspension_notified',
  'webhook.dead_in_row': 'consecutive_dead_deliveries',
  'gate_change.mark': 'history_digest',
  'gate_log.mark': 'history_digest',
  'filing_code.live_for': 'live_holder',
  'quota_spend.live_for': 'live_holder',
};

/** Every row of every table, by these columns, as text; the migrator's own table aside. `now`: by what they are called now. */
async function readRows(
  connection: Connection,
  columns: ReadonlyMap<string, readonly string[]>,
  now: Readonly<Record<string, string>> = {},
) {
  const rows: Record<string, unknown> = {};
  for (const [table, names] of columns) {
    const list = names.map((name) => `"${now[`${table}.${name}`] ?? name}" AS "${name}"`).join(', ');
    const text = `SELECT coalesce(json_agg(r ORDER BY r::text), '[]')::text AS rows FROM (SELECT ${list} FROM ${table}) AS r`;
    rows[table] = JSON.parse((await connection.query<{ rows: string }>(text, [])).rows[0]?.rows ?? '[]');
  }
  return rows;
}

/** Records that were older than the column say since when they are in their state, by what they hold. */
function datedRecords(before: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const dated = before['service_record'] as readonly Record<string, unknown>[];
  const since = ({ state, recorded_at, cancelled_at }: Record<string, unknown>) =>
    state === 'filed' ? recorded_at : (cancelled_at ?? null);
  const records = dated.map((row) =>
    'state_since' in row ? { ...row, state_since: row['state_since'] ?? since(row) } : row,
  );
  return { ...before, service_record: records };
}

async function readColumns(connection: Connection): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await connection.query<{ table: string; names: string[] }>(
    `SELECT table_name AS table, array_agg(column_name::text ORDER BY ordinal_position) AS names
     FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> 'schema_migration'
     GROUP BY table_name ORDER BY table_name`,
    [],
  );
  return new Map(rows.map(({ table, names }) => [table, names]));
}

async function using<T>(engine: Engine, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await engine.connect();
  try {
    return await work(connection);
  } finally {
    connection.release();
  }
}

test('the first migrations are those of the first landed commit, unchanged', () => {
  expect(firstList.slice(0, 6).map(({ number, name, checksum }) => `${number} ${name} ${checksum}`)).toEqual(
    firstLanded,
  );
});

test('no function of the schema executes SQL that is put together at run time', () => {
  expect(golden).toContain('EXECUTE FUNCTION');
  expect(golden.match(/^.*\bEXECUTE (?!FUNCTION).*$/gm)).toBeNull();
});

describe.each(probe === null ? drivers.slice(0, 1) : drivers)('on the $name database', ({ open }) => {
  test('a new database has the schema of schema.sql', async () => {
    const engine = await open();
    await migrate(engine);
    expect(await using(engine, dumpSchema)).toBe(golden);
    await engine.close();
  });

  test.each([
    { from: 'the first landed commit', applied: 6 },
    { from: 'the last commit before the squash', applied: 21 },
  ])('a database of $from keeps every row and comes to the same schema', async ({ applied }) => {
    const engine = await open();
    await migrate(engine, { current: firstList.slice(0, 6), former: [] });
    await using(engine, (connection) => connection.script(rowsOfFirstLanded));
    await migrate(engine, { current: firstList.slice(0, applied), former: [] });
    const columns = await using(engine, readColumns);
    const before = await using(engine, (connection) => readRows(connection, columns));
    if (applied === 6) {
      expect(Object.entries(before).filter(([, rows]) => (rows as unknown[]).length === 0)).toEqual([]);
    }

    await migrate(engine);
    expect(await using(engine, (connection) => readRows(connection, columns, renamed))).toEqual(datedRecords(before));
    expect(await using(engine, dumpSchema)).toBe(golden);
    expect(await using(engine, (connection) => isMigrated(connection, lists.current))).toBe(true);

    // What later releases derive is there for the rows of the first one, and the next change continues it.
    const derived = await using(engine, async (connection) => {
      await connection.script(
        `UPDATE service_record SET state = 'cancelled', cancelled_at = '2026-02-01T00:00:00Z' WHERE id = 'srv_1'`,
      );
      return readRows(
        connection,
        new Map([
          ['gate_entry', ['name']],
          ['code_clock', ['code_id']],
          ['gate_log', ['name', 'exact']],
        ]),
      );
    });
    expect(derived).toEqual({
      gate_entry: [{ name: 'filed.example.cn' }, { name: 'review.example.cn' }, { name: 'was.example.cn' }],
      code_clock: [{ code_id: 'code_bound' }, { code_id: 'code_free' }],
      gate_log: [
        { name: '', exact: false },
        { name: 'filed.example.cn', exact: false },
      ],
    });
    await engine.close();
  });
});

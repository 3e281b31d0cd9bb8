import { appendFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import type { Engine } from './connection.ts';
import { openEmbeddedEngine } from './embedded-engine.ts';
import { migrate, readMigrationLists, readMigrations } from './migrate.ts';
import { openStore } from './open-store.ts';
import { openPostgresEngine } from './postgres-engine.ts';

// Making an embedded database takes 3 s of a whole processor, which tests seldom have to themselves.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let files: string;
beforeEach(() => {
  files = mkdtempSync(join(tmpdir(), 'openbeian-migrations-'));
});
afterEach(() => rmSync(files, { recursive: true, force: true }));

async function query(engine: Engine, text: string): Promise<Record<string, unknown>[]> {
  const connection = await engine.connect();
  try {
    return (await connection.query<Record<string, unknown>>(text, [])).rows;
  } finally {
    connection.release();
  }
}

async function faultOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!isFault(error)) throw error ?? new Error('nothing was refused');
  return error.message;
}

test('the files of the release and of each former list are numbered from 1 without a gap', () => {
  const { current, former } = readMigrationLists();
  for (const list of [current, ...former]) {
    const numbers = list.map((migration) => migration.number);
    expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  }
});

test('two files of one number are refused by name, before any database is asked', () => {
  const folder = join(files, 'twice');
  mkdirSync(folder);
  for (const name of ['one', 'other']) writeFileSync(join(folder, `0001-${name}.sql`), 'SELECT 1;');
  expect(() => readMigrations(folder)).toThrow('have the number 1');
});

test('line ends do not change a checksum, a changed character does', () => {
  const write = (text: string) => {
    writeFileSync(join(files, '0001-a.sql'), text);
    return readMigrations(files)[0]?.checksum;
  };
  expect(write('a;\r\nb;\r\n')).toBe(write('a;\nb;\n'));
  expect(write('a;\nc;\n')).not.toBe(write('a;\nb;\n'));
});

describe('bringing a database up to date', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await openEmbeddedEngine(null);
  });
  afterAll(() => engine.close());
  afterEach(() => query(engine, 'DROP TABLE IF EXISTS schema_migration, one, two, three'));

  const add = (number: string, sql: string) => writeFileSync(join(files, `${number}.sql`), sql);
  const run = () => migrate(engine, readMigrationLists(files));
  const applied = async () =>
    (await query(engine, 'SELECT number, name FROM schema_migration ORDER BY number')).map((row) => row.name);

  test('applies what is missing, once, and nothing else', async () => {
    add('0001-one', 'CREATE TABLE one (x int); INSERT INTO one VALUES (1);');
    await run();
    add('0002-two', 'CREATE TABLE two (x int); INSERT INTO one VALUES (2);');
    add('notes', 'not SQL');
    await run();
    await run();
    expect(await applied()).toEqual(['one', 'two']);
    expect(await query(engine, 'SELECT count(*) AS count FROM one')).toEqual([{ count: 2 }]);
  });

  test('one that fails leaves nothing of itself, and what came before it stays', async () => {
    add('0001-one', 'CREATE TABLE one (x int);');
    add('0002-two', 'CREATE TABLE two (x int); INSERT INTO one VALUES (1); INSERT INTO no_such_table VALUES (1);');
    expect(await faultOf(run())).toMatch(/^store.migration_failed: .*0002-two.*no_such_table/);
    expect(await applied()).toEqual(['one']);
    expect(await query(engine, `SELECT to_regclass('two') AS two, count(*) AS count FROM one`)).toEqual([
      { two: null, count: 0 },
    ]);
    add('0002-two', 'CREATE TABLE two (x int);');
    await run();
    expect(await applied()).toEqual(['one', 'two']);
  });

  test('a database of a newer release is left alone, and the migration is named', async () => {
    add('0001-one', 'CREATE TABLE one (x int);');
    add('0002-two', 'CREATE TABLE two (x int);');
    await run();
    rmSync(join(files, '0002-two.sql'));
    add('0003-three', 'CREATE TABLE three (x int);');
    expect(await faultOf(run())).toMatch(/^store.schema_newer: .*0002-two/);
    expect(await applied()).toEqual(['one', 'two']);
  });

  test('a file that changed after it was applied stops the start, and is named', async () => {
    add('0001-one', 'CREATE TABLE one (x int);');
    await run();
    appendFileSync(join(files, '0001-one.sql'), '-- a remark\n');
    add('0002-two', 'CREATE TABLE two (x int);');
    expect(await faultOf(run())).toMatch(/^store.schema_altered: .*0001-one/);
    expect(await applied()).toEqual(['one']);
  });

  describe('that began with a former list', () => {
    beforeEach(() => {
      mkdirSync(join(files, 'former/1'), { recursive: true });
      add('former/1/0001-a', 'CREATE TABLE one (x int);');
      add('former/1/0002-b', 'CREATE TABLE two (x int);');
      add('0001-squashed', 'CREATE TABLE one (x int); CREATE TABLE two (x int);');
      add('0002-third', 'CREATE TABLE three (x int);');
    });

    test('a new database runs the current list only', async () => {
      await run();
      expect(await applied()).toEqual(['squashed', 'third']);
    });

    test('what is missing of the former list runs, then the current list goes on after its 0001', async () => {
      await migrate(engine, { current: readMigrations(join(files, 'former/1')).slice(0, 1), former: [] });
      await query(engine, 'INSERT INTO one VALUES (7)');
      await run();
      expect(await applied()).toEqual(['squashed', 'third']);
      expect(
        await query(engine, `SELECT x, to_regclass('two') AS two, to_regclass('three') AS three FROM one`),
      ).toEqual([{ x: 7, two: 'two', three: 'three' }]);
      await run();
      expect(await applied()).toEqual(['squashed', 'third']);
    });

    test('several former lists are gone through one after another', async () => {
      mkdirSync(join(files, 'former/2'), { recursive: true });
      add('former/2/0001-first-squash', 'CREATE TABLE never (x int);');
      add('former/2/0002-more', 'INSERT INTO one VALUES (8);');
      await migrate(engine, { current: readMigrations(join(files, 'former/1')), former: [] });
      await run();
      expect(await applied()).toEqual(['squashed', 'third']);
      expect(await query(engine, `SELECT x, to_regclass('never') AS never FROM one`)).toEqual([{ x: 8, never: null }]);
    });

    test('a changed file of the former list stops the start, and is named', async () => {
      await migrate(engine, { current: readMigrations(join(files, 'former/1')), former: [] });
      appendFileSync(join(files, 'former/1/0002-b.sql'), '-- a remark\n');
      expect(await faultOf(run())).toMatch(/^store.schema_altered: .*0002-b/);
      expect(await applied()).toEqual(['a', 'b']);
    });

    test('a migration unknown to the former list is a newer release’s', async () => {
      await migrate(engine, { current: readMigrations(join(files, 'former/1')), former: [] });
      await query(
        engine,
        `INSERT INTO schema_migration (number, name, checksum) VALUES (3, 'c', 'of a newer release')`,
      );
      expect(await faultOf(run())).toMatch(/^store.schema_newer: .*0003-c/);
    });
  });
});

const database = await createTestDatabase();
afterAll(() => database?.drop());

describe.skipIf(database === null)('on PostgreSQL', () => {
  const databaseUrl = database?.url ?? '';

  test('servers that start at once each find it done once', async () => {
    const stores = await Promise.all(Array.from({ length: 6 }, () => openStore({ databaseUrl, maxConnections: 2 })));
    expect(await Promise.all(stores.map(({ store }) => store.ready()))).toEqual(Array(6).fill(true));
    await Promise.all(stores.map((one) => one.close()));
    const engine = openPostgresEngine({ databaseUrl });
    const rows = await query(engine, 'SELECT number FROM schema_migration ORDER BY number');
    expect(rows.map((row) => row.number)).toEqual(readMigrationLists().current.map((migration) => migration.number));
    // A store is not ready on a schema that is not its own.
    await query(engine, 'UPDATE schema_migration SET number = 9999 WHERE number = 1');
    expect(await faultOf(openStore({ databaseUrl }))).toMatch(/schema_newer/);
    await query(engine, 'UPDATE schema_migration SET number = 1 WHERE number = 9999');
    await engine.close();
  });

  test('a server goes on while a newer release has migrated, and is not ready where one of its own migrations is missing', async () => {
    const { store, close } = await openStore({ databaseUrl, maxConnections: 1 });
    const engine = openPostgresEngine({ databaseUrl, maxConnections: 1 });
    await query(
      engine,
      "INSERT INTO schema_migration (number, name, checksum) VALUES (9999, 'of-the-next-release', 'x')",
    );
    expect(await store.ready()).toBe(true);
    expect(await faultOf(openStore({ databaseUrl }))).toMatch(/schema_newer/);
    await query(engine, 'DELETE FROM schema_migration WHERE number = 9999');
    await query(engine, 'UPDATE schema_migration SET number = 9999 WHERE number = 2');
    expect(await store.ready()).toBe(false);
    await query(engine, 'UPDATE schema_migration SET number = 2 WHERE number = 9999');
    expect(await store.ready()).toBe(true);
    await Promise.all([engine.close(), close()]);
  });

  test('a step that the database refuses is named with its migration and what it makes, and goes on once that is put right', async () => {
    const own = await createTestDatabase();
    const engine = openPostgresEngine({ databaseUrl: own?.url ?? '' });
    mkdirSync(join(files, 'online'));
    const add = (file: string, sql: string) => writeFileSync(join(files, file), sql);
    add('0001-names.sql', 'CREATE TABLE person (name text);');
    const run = () => migrate(engine, readMigrationLists(files));
    await run();
    await query(engine, `INSERT INTO person VALUES ('same'), ('same')`);
    add(
      '0002-unique.sql',
      'ALTER TABLE person ADD COLUMN note text; CREATE UNIQUE INDEX person_by_name ON person (name);',
    );
    add(
      'online/0002-unique.sql',
      `-- step\nALTER TABLE person ADD COLUMN note text;
-- step index\nCREATE UNIQUE INDEX CONCURRENTLY person_by_name ON person (name);`,
    );
    const fault = await faultOf(run());
    expect(fault).toMatch(
      /^store.migration_failed: .*0002-unique.*2.*2.*person_by_name.*could not create unique index/,
    );
    // What the row holds may be somebody's.
    expect(fault).not.toContain('same');
    await query(engine, `DELETE FROM person WHERE ctid IN (SELECT min(ctid) FROM person)`);
    await run();
    expect(await query(engine, 'SELECT name FROM schema_migration ORDER BY number')).toEqual([
      { name: 'names' },
      { name: 'unique' },
    ]);
    await engine.close();
    await own?.drop();
  });

  test('two that start at once with a migration that fails leave nothing behind', async () => {
    cpSync(join(import.meta.dirname, '../migrations'), files, { recursive: true });
    writeFileSync(join(files, '9000-bad.sql'), 'CREATE TABLE half (x int); SELECT 1/0;');
    const engines = [openPostgresEngine({ databaseUrl }), openPostgresEngine({ databaseUrl })] as const;
    const outcomes = await Promise.allSettled(engines.map((engine) => migrate(engine, readMigrationLists(files))));
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
    expect(await query(engines[0], `SELECT to_regclass('half') AS half`)).toEqual([{ half: null }]);
    await Promise.all(engines.map((engine) => engine.close()));
  });
});

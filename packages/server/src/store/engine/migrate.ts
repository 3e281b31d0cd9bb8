import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Fault } from '@openbeian/model/fault';
import type { Connection, Engine } from './connection.ts';
import { isUnknownStatement, toMigrationFault, toStartFault } from './database-errors.ts';
import { applyOnline, inPatientTransaction, type ReportProgress } from './migrate-online.ts';
import { fileOf, type Migration } from './migration.ts';

/** Reads `NNNN-<name>.sql` files, in order. @throws Error where two have one number: a database would take one for the other */
export function readMigrations(directory: string): Migration[] {
  const read = filesIn(directory);
  const numbers = read.map(({ number }) => number);
  const twice = numbers.find((number, index) => numbers.indexOf(number) !== index);
  if (twice !== undefined)
    throw new Error(`two migrations in ${directory} have the number ${twice}: rename the later one`);
  return read;
}

function filesIn(directory: string): Migration[] {
  return readdirSync(directory)
    .sort()
    .flatMap((file) => {
      const match = /^(\d{4})-(.+)\.sql$/.exec(file);
      if (match === null) return [];
      const sql = readText(join(directory, file));
      const checksum = createHash('sha256').update(sql).digest('hex');
      const steps = join(directory, 'online', file);
      const online = existsSync(steps) ? readText(steps) : null;
      return [{ number: Number(match[1]), name: match[2] ?? '', sql, checksum, online }];
    });
}

const readText = (file: string): string => readFileSync(file, 'utf8').replaceAll('\r\n', '\n');

/**
 * The lists of migrations that this release knows: what a new database runs, and the former lists that were squashed
 * into it (`former/1`, `former/2` …). The whole of a former list makes the same schema as `0001` of the one after it.
 */
export interface MigrationLists {
  readonly current: readonly Migration[];
  /** Oldest first. */
  readonly former: readonly (readonly Migration[])[];
}

/** @param directory of the current list; the former ones are below it. */
export function readMigrationLists(directory: string = join(import.meta.dirname, '../migrations')): MigrationLists {
  const former: Migration[][] = [];
  for (;;) {
    const folder = join(directory, 'former', String(former.length + 1));
    if (!existsSync(folder)) return { current: readMigrations(directory), former };
    former.push(readMigrations(folder));
  }
}

/** Arbitrary numbers that only we use: starters on one PostgreSQL wait for each other here. */
const lockKey = 7_202_611_21;
const turnKey = 7_202_611_22;

/**
 * Brings the database up to date, one starter after another. A database that began with a former list runs what it misses of it,
 * then counts `0001` of the next list as applied and goes on from there.
 * A new database, and the embedded one, which has one process by its directory lock, runs each migration in its own transaction.
 * One that others use meanwhile runs those that would hold a lock for long in steps (`online`), and waits for locks for a moment
 * only, again and again, so that nobody waits behind it.
 * @throws Fault `store.schema_newer` when it holds migrations that are unknown here, `store.schema_altered` when an
 *   applied file has changed since, `store.role_refused` when the role may not sign in, or not migrate what needs it: nothing
 *   is written then. `store.migration_failed` when the database refuses a step: those before it stay.
 */
export async function migrate(
  engine: Engine,
  lists: MigrationLists = readMigrationLists(),
  report: ReportProgress = () => {},
): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await applyAll(engine, lists, report);
    } catch (error) {
      // Behind a pooler; the engine asks without prepared statements from then on, and what was done is remembered.
      if (!isFirst || !isUnknownStatement(error)) throw toStartFault(error);
    }
  }
}

async function applyAll(engine: Engine, lists: MigrationLists, report: ReportProgress): Promise<void> {
  const connection = await engine.connect();
  let turn: Connection | null = null;
  let broken = true;
  try {
    const found = await readApplied(connection);
    // An ordinary start finds everything done, and must notice a database that hangs.
    let next = nextStep(found ?? [], lists);
    if (next !== null && engine.isShared) {
      const waiting = { migration: fileOf(next.migration), state: 'waiting' } as const;
      turn = await takeTurn(engine, () => report(waiting));
    }
    const isInUse = engine.isShared && (found ?? []).length > 0;
    for (;;) {
      // Whoever had the turn before may have done it.
      next = nextStep((await readApplied(connection)) ?? [], lists);
      if (next === null) break;
      await apply({ engine, connection, lists, isInUse, report }, next);
    }
    broken = false;
  } finally {
    // Its transaction, and with it the turn, ends with the session.
    turn?.release(true);
    connection.release(broken);
  }
}

interface Migrating {
  readonly engine: Engine;
  readonly connection: Connection;
  readonly lists: MigrationLists;
  readonly isInUse: boolean;
  readonly report: ReportProgress;
}

async function apply(
  { engine, connection, lists, isInUse, report }: Migrating,
  { migration, isBaseline }: NextStep,
): Promise<void> {
  const { online } = migration;
  if (isInUse && !isBaseline && online !== null) {
    return applyOnline({ engine, connection, report }, { ...migration, online });
  }
  const progress = { migration: fileOf(migration), state: 'begun' } as const;
  report(progress);
  const locks = isInUse ? 'again and again' : 'wait';
  await inPatientTransaction(connection, { report, progress, locks }, () => applyNext(connection, lists)).catch(
    (error: unknown) => {
      throw toMigrationFault(error, { zh: `迁移 ${progress.migration}`, en: `Migration ${progress.migration}` });
    },
  );
  report({ ...progress, state: 'done' });
}

/**
 * Waits until no other program migrates, and keeps the turn for as long as the session lasts. It is asked for again and again:
 * whoever waits inside of a statement would hold up the making of indexes, which waits for all that began before.
 */
async function takeTurn(engine: Engine, onWait: () => void): Promise<Connection> {
  const connection = await engine.connect();
  try {
    for (let attempt = 0; ; attempt += 1) {
      await connection.script('BEGIN; SET LOCAL idle_in_transaction_session_timeout = 0');
      const text = 'SELECT pg_try_advisory_xact_lock($1::bigint) AS mine';
      const { rows } = await connection.query<{ mine: boolean }>(text, [turnKey]);
      if (rows[0]?.mine === true) {
        // Ends the portal of the question, whose snapshot would be waited for by indexes that are being made.
        await connection.script('SELECT 1');
        return connection;
      }
      await connection.script('ROLLBACK');
      if (attempt % 20 === 0) onWait();
      await pause(250);
    }
  } catch (error) {
    connection.release(true);
    throw error;
  }
}

/** A migration as the database remembers it. */
type Applied = Omit<Migration, 'sql' | 'online'>;

/** Does the next one inside of the transaction that has begun; nothing when somebody was faster. */
async function applyNext(connection: Connection, lists: MigrationLists): Promise<void> {
  // Releases that know nothing of turns migrate under this lock.
  await connection.query(`SELECT pg_advisory_xact_lock($1::bigint)`, [lockKey]);
  const applied = (await readApplied(connection)) ?? (await makeTable(connection));
  const step = nextStep(applied, lists);
  if (step === null) return;
  if (step.isBaseline) await connection.query('DELETE FROM schema_migration', []);
  else await connection.script(step.migration.sql);
  await connection.query('INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)', [
    step.migration.number,
    step.migration.name,
    step.migration.checksum,
  ]);
}

interface NextStep {
  readonly migration: Migration;
  readonly isBaseline: boolean;
}

/** What comes after these; a baseline only takes the place of the former list that made the same. @throws as `migrate` */
function nextStep(applied: readonly Applied[], { current, former }: MigrationLists): NextStep | null {
  const begun = former.findIndex((list) => list[0]?.checksum === applied[0]?.checksum && applied.length > 0);
  const list = former[begun] ?? current;
  refuseForeign(applied, list);
  const done = new Set(applied.map((row) => row.number));
  const next = list.find((migration) => !done.has(migration.number));
  if (next !== undefined) return { migration: next, isBaseline: false };
  const baseline = begun >= 0 ? (former[begun + 1] ?? current)[0] : undefined;
  return baseline === undefined ? null : { migration: baseline, isBaseline: true };
}

/** Null where there is no table of them yet. */
async function readApplied(connection: Connection): Promise<Applied[] | null> {
  // Looked for among the rows: by name, a session may go on believing that there is none.
  const { rowCount } = await connection.query(
    `SELECT FROM pg_class WHERE relname = 'schema_migration' AND pg_table_is_visible(oid)`,
    [],
  );
  if (rowCount === 0) return null;
  const text = 'SELECT number, name, checksum FROM schema_migration ORDER BY number';
  return (await connection.query<Applied>(text, [])).rows;
}

/** Only where it is missing: a role that may not create tables is refused even IF NOT EXISTS, and may start on a migrated database. */
async function makeTable(connection: Connection): Promise<Applied[]> {
  await connection.script(
    `CREATE TABLE schema_migration (
       number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
       applied_at timestamptz NOT NULL DEFAULT now())`,
  );
  return [];
}

function refuseForeign(applied: readonly Applied[], migrations: readonly Migration[]): void {
  const known = new Map(migrations.map((migration) => [migration.number, migration]));
  for (const row of applied) {
    const file = `${String(row.number).padStart(4, '0')}-${row.name}`;
    const migration = known.get(row.number);
    if (migration === undefined) {
      throw new Fault('store.schema_newer', {
        detail: {
          zh: `数据库包含本版本没有的迁移 ${file}，请升级 OpenBeian 后再启动。`,
          en: `The database holds migration ${file}, which this release does not know. Upgrade OpenBeian.`,
        },
      });
    }
    if (migration.checksum !== row.checksum) {
      throw new Fault('store.schema_altered', {
        detail: {
          zh: `迁移 ${file} 执行之后文件内容被改动过，请恢复原来的文件。`,
          en: `Migration ${file} was changed after this database had applied it. Restore the file as it was.`,
        },
      });
    }
  }
}

/**
 * True when the database takes writes and holds all of these migrations. Further ones are a newer release's, which starts beside this one while
 * servers are replaced one by one: its migrations only add what this release does not look at.
 */
export const isMigrated = (connection: Connection, migrations: readonly Migration[]): Promise<boolean> =>
  holds(connection, migrations, `WHERE current_setting('transaction_read_only') = 'off'`);

/** The same of a standby, which takes no writes. */
export const holdsMigrations = (connection: Connection, migrations: readonly Migration[]): Promise<boolean> =>
  holds(connection, migrations, '');

async function holds(connection: Connection, migrations: readonly Migration[], where: string): Promise<boolean> {
  const text = `SELECT number, checksum FROM schema_migration ${where} ORDER BY number`;
  const { rows } = await connection.query<{ number: number; checksum: string }>(text, []);
  return migrations.every(({ checksum }, index) => checksum === rows[index]?.checksum);
}

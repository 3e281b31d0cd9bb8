import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@openbeian/model/fault';
import type { Connection, Engine } from './connection.ts';
import { isUnknownStatement, toStartFault } from './database-errors.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text with LF line ends. */
  readonly checksum: string;
}

/** Reads `NNNN-<name>.sql` files, in order. */
export function readMigrations(directory: string): Migration[] {
  return readdirSync(directory)
    .sort()
    .flatMap((file) => {
      const match = /^(\d{4})-(.+)\.sql$/.exec(file);
      if (match === null) return [];
      const sql = readFileSync(join(directory, file), 'utf8').replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return [{ number: Number(match[1]), name: match[2] ?? '', sql, checksum }];
    });
}

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

/** An arbitrary number that only we use: starters on one PostgreSQL wait for each other here. */
const lockKey = 7_202_611_21;

/**
 * Brings the database up to date, each migration in its own transaction, one starter after another. A database that began
 * with a former list runs what it misses of it, then counts `0001` of the next list as applied and goes on from there.
 * The embedded database has one process by its directory lock; on PostgreSQL the advisory lock is taken by every
 * transaction again, so that it also works behind a pooler that hands out sessions per transaction.
 * @throws Fault `store.schema_newer` when it holds migrations that are unknown here, `store.schema_altered` when an
 *   applied file has changed since, `store.role_refused` when the role may not sign in, or not migrate what needs it.
 *   Nothing is written then.
 */
export async function migrate(engine: Engine, lists: MigrationLists = readMigrationLists()): Promise<void> {
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await applyAll(engine, lists);
    } catch (error) {
      // Behind a pooler; the engine asks without prepared statements from then on, and nothing was changed.
      if (!isFirst || !isUnknownStatement(error)) throw toStartFault(error);
    }
  }
}

async function applyAll(engine: Engine, lists: MigrationLists): Promise<void> {
  // An ordinary start finds everything done, and must notice a database that hangs.
  if (await isDone(engine, lists)) return;
  const connection = await engine.connect();
  let broken = true;
  try {
    while (await applyNext(connection, lists)) {
      // One per transaction.
    }
    broken = false;
  } finally {
    connection.release(broken);
  }
}

async function isDone(engine: Engine, lists: MigrationLists): Promise<boolean> {
  const connection = await engine.connect();
  let broken = true;
  try {
    const applied = await readApplied(connection);
    const isKnown = applied !== null && nextStep(applied, lists) === null;
    broken = false;
    return isKnown;
  } finally {
    connection.release(broken);
  }
}

/** A migration as the database remembers it. */
type Applied = Omit<Migration, 'sql'>;

/** Does the next step in a transaction of its own; false when there is none. */
async function applyNext(connection: Connection, lists: MigrationLists): Promise<boolean> {
  await connection.script('BEGIN');
  try {
    await connection.bePatient();
    await connection.query(`SELECT pg_advisory_xact_lock($1::bigint)`, [lockKey]);
    const applied = (await readApplied(connection)) ?? (await makeTable(connection));
    const step = nextStep(applied, lists);
    if (step?.isBaseline === true) await connection.query('DELETE FROM schema_migration', []);
    else if (step !== null) await connection.script(step.migration.sql);
    if (step !== null) {
      await connection.query('INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)', [
        step.migration.number,
        step.migration.name,
        step.migration.checksum,
      ]);
    }
    await connection.script('COMMIT');
    return step !== null;
  } catch (error) {
    await connection.script('ROLLBACK').catch(() => {});
    throw error;
  }
}

/** What comes after these; a baseline only takes the place of the former list that made the same. @throws as `migrate` */
function nextStep(
  applied: readonly Applied[],
  { current, former }: MigrationLists,
): { readonly migration: Migration; readonly isBaseline: boolean } | null {
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
export async function isMigrated(connection: Connection, migrations: readonly Migration[]): Promise<boolean> {
  const { rows } = await connection.query<{ number: number; checksum: string }>(
    `SELECT number, checksum FROM schema_migration
     WHERE current_setting('transaction_read_only') = 'off' ORDER BY number`,
    [],
  );
  return migrations.every(({ checksum }, index) => checksum === rows[index]?.checksum);
}

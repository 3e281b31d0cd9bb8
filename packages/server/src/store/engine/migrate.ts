import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@openbeian/model/fault';
import type { Connection, Engine } from './connection.ts';
import { toStartFault } from './database-errors.ts';

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
  try {
    await applyAll(engine, lists);
  } catch (error) {
    throw toStartFault(error);
  }
}

async function applyAll(engine: Engine, lists: MigrationLists): Promise<void> {
  const connection = await engine.connect({ isPatient: true });
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

/** A migration as the database remembers it. */
type Applied = Omit<Migration, 'sql'>;

/** Does the next step in a transaction of its own; false when there is none. */
async function applyNext(connection: Connection, { current, former }: MigrationLists): Promise<boolean> {
  await connection.script('BEGIN; SET LOCAL statement_timeout = 0');
  try {
    await connection.query(`SELECT pg_advisory_xact_lock($1::bigint)`, [lockKey]);
    const applied = await readApplied(connection);
    const begun = former.findIndex((list) => list[0]?.checksum === applied[0]?.checksum && applied.length > 0);
    const list = former[begun] ?? current;
    refuseForeign(applied, list);
    const done = new Set(applied.map((row) => row.number));
    const next = list.find((migration) => !done.has(migration.number));
    const baseline = next === undefined && begun >= 0 ? (former[begun + 1] ?? current)[0] : undefined;
    if (next !== undefined) await connection.script(next.sql);
    if (baseline !== undefined) await connection.query('DELETE FROM schema_migration', []);
    const step = next ?? baseline;
    if (step !== undefined) {
      await connection.query('INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)', [
        step.number,
        step.name,
        step.checksum,
      ]);
    }
    await connection.script('COMMIT');
    return step !== undefined;
  } catch (error) {
    await connection.script('ROLLBACK').catch(() => {});
    throw error;
  }
}

async function readApplied(connection: Connection): Promise<Applied[]> {
  // Asked first: a role that may not create tables is refused even IF NOT EXISTS, and may start on a migrated database.
  const { rows: found } = await connection.query<{ table: string | null }>(
    `SELECT to_regclass('schema_migration')::text AS table`,
    [],
  );
  if (found[0]?.table == null) {
    await connection.script(
      `CREATE TABLE schema_migration (
         number integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
         applied_at timestamptz NOT NULL DEFAULT now())`,
    );
  }
  const text = 'SELECT number, name, checksum FROM schema_migration ORDER BY number';
  return (await connection.query<Applied>(text, [])).rows;
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

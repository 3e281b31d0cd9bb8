import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '@openbeian/model/fault';
import type { Connection, Engine } from './connection.ts';

export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the text with LF line ends. */
  readonly checksum: string;
}

/** Reads `NNNN-name.sql` files, in order. */
export function readMigrations(directory: string = join(import.meta.dirname, '../migrations')): Migration[] {
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

/** Any number, ours alone: starters on one PostgreSQL wait for each other here. */
const lockKey = 7_202_611_21;

/**
 * Brings the database up to date, each migration in its own transaction, one starter after another. The embedded
 * database has one process by its directory lock; on PostgreSQL the advisory lock is taken by every transaction anew,
 * so that it also works behind a pooler that hands out sessions per transaction.
 * @throws Fault `store.schema_newer` when it holds migrations that are unknown here, `store.schema_altered` when an
 *   applied file has changed since. Nothing is written then.
 */
export async function migrate(engine: Engine, migrations: readonly Migration[] = readMigrations()): Promise<void> {
  const connection = await engine.connect();
  let broken = true;
  try {
    while (await applyNext(connection, migrations)) {
      // One per transaction.
    }
    broken = false;
  } finally {
    connection.release(broken);
  }
}

async function applyNext(connection: Connection, migrations: readonly Migration[]): Promise<boolean> {
  await connection.script('BEGIN');
  try {
    await connection.query(`SELECT pg_advisory_xact_lock($1::bigint)`, [lockKey]);
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
    const { rows: applied } = await connection.query<Omit<Migration, 'sql'>>(
      'SELECT number, name, checksum FROM schema_migration ORDER BY number',
      [],
    );
    refuseForeign(applied, migrations);
    const done = new Set(applied.map((row) => row.number));
    const next = migrations.find((migration) => !done.has(migration.number));
    if (next !== undefined) {
      await connection.script(next.sql);
      await connection.query('INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)', [
        next.number,
        next.name,
        next.checksum,
      ]);
    }
    await connection.script('COMMIT');
    return next !== undefined;
  } catch (error) {
    await connection.script('ROLLBACK').catch(() => {});
    throw error;
  }
}

function refuseForeign(applied: readonly Omit<Migration, 'sql'>[], migrations: readonly Migration[]): void {
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

/** True when the database holds exactly these migrations. */
export async function isMigrated(connection: Connection, migrations: readonly Migration[]): Promise<boolean> {
  const { rows } = await connection.query<{ number: number; checksum: string }>(
    'SELECT number, checksum FROM schema_migration ORDER BY number',
    [],
  );
  return rows.length === migrations.length && rows.every((row, index) => row.checksum === migrations[index]?.checksum);
}

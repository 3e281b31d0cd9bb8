import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect } from 'kysely';
import type { Store } from '../../ports/store.ts';
import type { Engine, SessionUsage } from './connection.ts';
import { toFault } from './database-errors.ts';
import type { NewSchema } from './embedded-engine.ts';
import { type MigrationLists, migrate, readMigrationLists } from './migrate.ts';
import type { ReportProgress } from './migrate-online.ts';
import type { Migration } from './migration.ts';
import type { PostgresEngineOptions } from './postgres-engine.ts';
import type { Replica } from './replica.ts';
import { SqlStore } from './sql-store.ts';

/**
 * Where the data is: a real PostgreSQL, or the embedded database in a directory of this machine; `dataDir` null keeps
 * it in memory, for tests.
 */
type StoreLocation =
  | (PostgresEngineOptions & { readonly replica?: ReplicaLocation | null })
  | { readonly dataDir: string | null };

/** A standby of the same PostgreSQL, from which is read what may be up to `maxLagMs` old. */
interface ReplicaLocation {
  readonly url: string;
  readonly maxLagMs: number;
  /** Its role may be the tables' owner. */
  readonly mayOwn: boolean;
  /** For how long a new primary's standbys are left alone; 30 s unless given. */
  readonly settleMs?: number;
  /** How long it may take to let somebody in, or to say where it is; 1 s unless given. */
  readonly withinMs?: number;
}

export interface OpenStore {
  readonly store: Store;
  /** The same database for better-auth, which speaks Kysely; instants are Date here. Do not destroy it: `close` does. */
  readonly kysely: Kysely<unknown>;
  /** How the sessions of this process are used now. */
  usage(): SessionUsage;
  /** Where there is one; it is read from once it is watched. */
  readonly replica: Pick<Replica, 'watch' | 'reading' | 'position'> | null;
  /** The newest migration of this release, e.g. `0026-said-texts`. */
  readonly migration: string;
  close(): Promise<void>;
}

/**
 * Opens the store and brings its schema up to date.
 * @param report how far that has come
 * @throws Fault `store.directory_in_use`, `store.schema_newer`, `store.schema_altered`, `store.migration_failed`,
 *   `store.role_refused`, `store.unavailable`, `config.invalid`.
 */
export async function openStore(location: StoreLocation, report?: ReportProgress): Promise<OpenStore> {
  const migrations = readMigrationLists();
  const engine = await openEngine(location, migrations);
  try {
    if ('databaseUrl' in location) await migrateApart(location, migrations, report);
    else await migrate(engine, migrations, report);
  } catch (error) {
    await engine.close();
    throw toFault(error);
  }
  const replica = await openReplica(location, migrations.current);
  const store = new SqlStore(engine, migrations.current, replica);
  // The pool's part that Kysely uses; its own type asks for pg's whole one.
  const pool = engine.kyselyPool as unknown as ConstructorParameters<typeof PostgresDialect>[0]['pool'];
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const newest = migrations.current.at(-1);
  const migration = newest === undefined ? '' : `${String(newest.number).padStart(4, '0')}-${newest.name}`;
  return { store, kysely, usage: () => engine.usage(), replica, migration, close: () => store.close() };
}

/**
 * Does PostgreSQL let this process in, and answer?
 * @throws Fault `store.unavailable`, and the database's own error where it refuses
 */
export async function knock(databaseUrl: string, withinMs: number): Promise<void> {
  const bounds = { connectWithinMs: withinMs, usualStatementTimeoutMs: withinMs } as const;
  const engine = await openEngine({ databaseUrl, maxConnections: 1, ...bounds });
  try {
    const session = await engine.connect();
    try {
      await session.query('SELECT 1', []);
    } finally {
      session.release();
    }
  } catch (error) {
    throw toFault(error);
  } finally {
    await engine.close();
  }
}

/** Only one of the two is loaded. */
async function openEngine(location: StoreLocation, migrations?: MigrationLists): Promise<Engine> {
  if ('databaseUrl' in location) return (await import('./postgres-engine.ts')).openPostgresEngine(location);
  return (await import('./embedded-engine.ts')).openEmbeddedEngine(
    location.dataDir,
    migrations && schemaOf(migrations),
  );
}

const schemaOf = (migrations: MigrationLists): NewSchema => ({
  name: `migrated-${createHash('sha256').update(JSON.stringify(migrations)).digest('hex').slice(0, 16)}`,
  make: (engine) => migrate(engine, migrations),
});

const usualWithinMs = 1000;
/** The primary can be asked after it. */
const readTimeoutMs = 4000;

/** Connects to nothing yet. */
async function openReplica(location: StoreLocation, migrations: readonly Migration[]): Promise<Replica | null> {
  if (!('databaseUrl' in location) || !location.replica) return null;
  const { databaseUrl, maxConnections, replica } = location;
  const { url, withinMs = usualWithinMs, ...bounds } = replica;
  const reads = {
    connectWithinMs: withinMs,
    usualStatementTimeoutMs: readTimeoutMs,
    applicationName: 'openbeian reads',
  } as const;
  const most = maxConnections === undefined ? {} : { maxConnections };
  const { Replica } = await import('./replica.ts');
  return new Replica({
    ...bounds,
    withinMs,
    migrations,
    primary: await openEngine({ ...reads, databaseUrl, maxConnections: 1, applicationName: 'openbeian positions' }),
    replica: await openEngine({ ...reads, databaseUrl: url, ...most }),
  });
}

/** Sessions that a migration may need at a time, whatever the store has: its own, its turn, one for an index, one to look at that. */
const migratingSessions = 4;

async function migrateApart(
  location: PostgresEngineOptions,
  migrations: MigrationLists,
  report?: ReportProgress,
): Promise<void> {
  const engine = await openEngine({ ...location, maxConnections: migratingSessions });
  try {
    await migrate(engine, migrations, report);
  } finally {
    await engine.close();
  }
}

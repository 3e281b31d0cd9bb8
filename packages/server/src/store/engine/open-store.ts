import { Kysely, PostgresDialect } from 'kysely';
import type { Store } from '../../ports/store.ts';
import type { Engine, SessionUsage } from './connection.ts';
import { toFault } from './database-errors.ts';
import { type MigrationLists, migrate, readMigrationLists } from './migrate.ts';
import type { ReportProgress } from './migrate-online.ts';
import type { PostgresEngineOptions } from './postgres-engine.ts';
import { SqlStore } from './sql-store.ts';

/**
 * Where the data is: a real PostgreSQL, or the embedded database in a directory of this machine; `dataDir` null keeps
 * it in memory, for tests.
 */
type StoreLocation = PostgresEngineOptions | { readonly dataDir: string | null };

export interface OpenStore {
  readonly store: Store;
  /** The same database for better-auth, which speaks Kysely; instants are Date here. Do not destroy it: `close` does. */
  readonly kysely: Kysely<unknown>;
  /** How the sessions of this process are used now. */
  usage(): SessionUsage;
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
  const engine = await openEngine(location);
  const migrations = readMigrationLists();
  try {
    if ('databaseUrl' in location) await migrateApart(location, migrations, report);
    else await migrate(engine, migrations, report);
  } catch (error) {
    await engine.close();
    throw toFault(error);
  }
  const store = new SqlStore(engine, migrations.current);
  // The pool's part that Kysely uses; its own type asks for pg's whole one.
  const pool = engine.kyselyPool as unknown as ConstructorParameters<typeof PostgresDialect>[0]['pool'];
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  const newest = migrations.current.at(-1);
  const migration = newest === undefined ? '' : `${String(newest.number).padStart(4, '0')}-${newest.name}`;
  return { store, kysely, usage: () => engine.usage(), migration, close: () => store.close() };
}

/** Only one of the two is loaded. */
async function openEngine(location: StoreLocation): Promise<Engine> {
  if ('databaseUrl' in location) return (await import('./postgres-engine.ts')).openPostgresEngine(location);
  return (await import('./embedded-engine.ts')).openEmbeddedEngine(location.dataDir);
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

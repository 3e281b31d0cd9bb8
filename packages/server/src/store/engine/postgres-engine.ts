import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Connection, Engine, Readers } from './connection.ts';
import { kyselyReaders, storeReaders } from './connection.ts';

export interface PostgresEngineOptions {
  /** postgres://… as libpq takes it. */
  readonly databaseUrl: string;
  /** Sessions at most, default 10: two cores gain nothing beyond (docs/adr). */
  readonly maxConnections?: number;
}

/** Sessions of a real PostgreSQL. Statements are prepared under a name made from their text, once per session. */
export function openPostgresEngine(options: PostgresEngineOptions): Engine {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.maxConnections ?? 10,
    application_name: 'openbeian',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    // A caller that hangs inside its transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
    types: typesOf(kyselyReaders),
  });
  // A server that goes away tells its sessions outside of any statement. Nobody listening would end this process;
  // whoever holds the session learns it from the next statement, and an idle one is replaced.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  const types = typesOf(storeReaders);

  return {
    async connect(): Promise<Connection> {
      const client = await pool.connect();
      return {
        async query(text, values) {
          const answer = await client.query({ name: nameOf(text), text, values: [...values], types });
          return { rows: answer.rows, rowCount: answer.rowCount ?? 0, command: answer.command };
        },
        async script(text) {
          await client.query(text);
        },
        release: (broken) => client.release(broken ?? false),
      };
    },
    kyselyPool: {
      connect: () => pool.connect(),
      // The pool is the engine's; destroying a Kysely on it must not take it from the store.
      end: async () => {},
    },
    close: () => pool.end(),
  };
}

function typesOf(readers: Readers): pg.CustomTypesConfig {
  return {
    getTypeParser: ((type: number, format?: 'text' | 'binary') =>
      (format !== 'binary' ? readers[type] : undefined) ??
      pg.types.getTypeParser(type, format ?? 'text')) as typeof pg.types.getTypeParser,
  };
}

const names = new Map<string, string>();

function nameOf(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = `ob_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
    names.set(text, name);
  }
  return name;
}

import { createHash } from 'node:crypto';
import pg from 'pg';
import type { Connection, ConnectOptions, Engine, Readers } from './connection.ts';
import { kyselyReaders, storeReaders } from './connection.ts';
import { isConnectionLoss, isReadOnly, isUnknownStatement, toFault } from './database-errors.ts';

export interface PostgresEngineOptions {
  /** postgres://… as libpq takes it; `?statement_timeout=` (milliseconds, default 8000) limits each statement. */
  readonly databaseUrl: string;
  /** Sessions at most, default 10: two cores gain nothing beyond (docs/adr). */
  readonly maxConnections?: number;
}

const defaultStatementTimeoutMs = 8000;
/** A session is replaced after so long, so that all of them follow a failover or a change of address in time. */
const sessionLifetimeSeconds = 1800;

/**
 * Sessions of a real PostgreSQL. Statements are prepared under a name made from their text, once per session; behind a pooler
 * that hands out sessions per transaction the names are in the way, so they are left out from the first error that shows one.
 *
 * PostgreSQL ends a statement that takes too long. Where its answer does not come even then, the session is dead (a proxy
 * that froze, a firewall that forgot it): it is thrown away with all that are older than this moment.
 */
export function openPostgresEngine(options: PostgresEngineOptions): Engine {
  const statementTimeoutMs = statementTimeoutOf(options.databaseUrl);
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.maxConnections ?? 10,
    application_name: 'openbeian',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    maxLifetimeSeconds: sessionLifetimeSeconds,
    statement_timeout: statementTimeoutMs,
    // A caller that hangs inside its transaction must not hold its locks for ever.
    idle_in_transaction_session_timeout: 60_000,
    types: typesOf(kyselyReaders),
  });
  const sessions = new LiveSessions(pool, statementTimeoutMs * 1.25);
  const types = typesOf(storeReaders);
  let isNaming = true;

  return {
    async connect({ isPatient = false }: ConnectOptions = {}): Promise<Connection> {
      const client = await sessions.connect();
      const answered: LiveSessions['answered'] = isPatient ? (_, answer) => answer : sessions.answered.bind(sessions);
      return {
        async query(text, values) {
          const name = isNaming ? nameOf(text) : undefined;
          const question = client.query({ name, text, values: [...values], types });
          const answer = await answered(client, question).catch((error: unknown) => {
            if (isUnknownStatement(error)) isNaming = false;
            throw error;
          });
          return { rows: answer.rows, rowCount: answer.rowCount ?? 0, command: answer.command };
        },
        async script(text) {
          await answered(client, client.query(text));
        },
        release: (broken) => client.release(broken ?? false),
      };
    },
    kyselyPool: {
      async connect() {
        const client = await sessions.connect();
        let broken = false;
        return {
          query: (text, values) =>
            sessions.answered(client, client.query(text, [...values])).catch((error: unknown) => {
              broken ||= isConnectionLoss(error);
              throw toFault(error);
            }),
          release: () => client.release(broken),
        };
      },
      // The pool is the engine's; destroying a Kysely on it must not take it from the store.
      end: async () => {},
    },
    close: () => pool.end(),
  };
}

/** The sessions of a pool without those that died in silence. */
class LiveSessions {
  readonly #pool: pg.Pool;
  readonly #answerWithinMs: number;
  /** How often the sessions were given up so far, and after how many times each was made. */
  #renewals = 0;
  readonly #madeAfter = new WeakMap<pg.PoolClient, number>();

  constructor(pool: pg.Pool, answerWithinMs: number) {
    this.#pool = pool;
    this.#answerWithinMs = answerWithinMs;
    // A server that goes away tells its sessions outside of any statement. Nobody listening would end this process;
    // whoever holds the session learns it from the next statement, and an idle one is replaced.
    pool.on('error', () => {});
    pool.on('connect', (client) => {
      client.on('error', () => {});
      this.#madeAfter.set(client, this.#renewals);
    });
  }

  async connect(): Promise<pg.PoolClient> {
    for (;;) {
      const client = await this.#pool.connect();
      if (this.#madeAfter.get(client) === this.#renewals) return client;
      client.release(true);
    }
  }

  /** The answer; without one in time the session's socket is destroyed, which fails whatever was asked on it. */
  async answered<Answer>(client: pg.PoolClient, answer: Promise<Answer>): Promise<Answer> {
    const timer = setTimeout(() => {
      this.#renewals += 1;
      const silence = new Error(`no answer from PostgreSQL within ${this.#answerWithinMs} ms`);
      socketOf(client).destroy(Object.assign(silence, { code: 'ETIMEDOUT' }));
    }, this.#answerWithinMs);
    try {
      return await answer;
    } catch (error) {
      // Writes go elsewhere by now; the other sessions lead to the same standby.
      if (isReadOnly(error)) this.#renewals += 1;
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }
}

/** pg's own socket, which its types leave out. */
function socketOf(client: pg.PoolClient): { destroy(error: Error): void } {
  return (client as unknown as { connection: { stream: { destroy(error: Error): void } } }).connection.stream;
}

function statementTimeoutOf(databaseUrl: string): number {
  const given = Number(/[?&]statement_timeout=(\d+)/.exec(databaseUrl)?.[1] ?? 0);
  return given > 0 ? given : defaultStatementTimeoutMs;
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

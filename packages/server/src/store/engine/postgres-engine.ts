import { createHash, randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Connection, Engine, Readers } from './connection.ts';
import { kyselyReaders, storeReaders } from './connection.ts';
import { isConnectionLoss, isUnknownStatement, toFault } from './database-errors.ts';
import { LiveSessions } from './live-sessions.ts';
import { postgresChannel } from './postgres-channel.ts';

export interface PostgresEngineOptions {
  /** postgres://… as libpq takes it; `?statement_timeout=` (milliseconds, default 8000) limits each statement. */
  readonly databaseUrl: string;
  /** Sessions at most, default 10: two cores gain nothing beyond (docs/adr). */
  readonly maxConnections?: number;
  /** Where signals are heard, if not at `databaseUrl`: past a pooler that hands out sessions per transaction. */
  readonly listenUrl?: string | null;
  /** How long a session is waited for, default 10 s. */
  readonly connectWithinMs?: number;
  /** Of a statement, where the URL sets none; default 8 s. */
  readonly usualStatementTimeoutMs?: number;
  /** By which the database's own views show its sessions. */
  readonly applicationName?: string;
}

const defaultStatementTimeoutMs = 8000;
const usualConnectWithinMs = 10_000;
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
  const statementTimeoutMs =
    statementTimeoutOf(options.databaseUrl) ?? options.usualStatementTimeoutMs ?? defaultStatementTimeoutMs;
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.maxConnections ?? 10,
    application_name: options.applicationName ?? 'openbeian',
    connectionTimeoutMillis: options.connectWithinMs ?? usualConnectWithinMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    maxLifetimeSeconds: sessionLifetimeSeconds,
    statement_timeout: statementTimeoutMs,
    // A caller that hangs inside its transaction, or cannot be reached any more, must not hold its locks for long.
    idle_in_transaction_session_timeout: statementTimeoutMs * 1.25,
    types: typesOf(kyselyReaders),
  });
  const sessions = new LiveSessions(pool, statementTimeoutMs * 1.125);
  const names = new StatementNames();

  return {
    isShared: true,
    connect: async () => connectionOver(sessions, await sessions.connect(), names),
    kyselyPool: {
      async connect() {
        const client = await sessions.connect().catch((error: unknown) => {
          throw toFault(error);
        });
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
    channel: postgresChannel(options.listenUrl ?? options.databaseUrl, sessions),
    usage: () => ({
      inUse: pool.totalCount - pool.idleCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close: () => pool.end(),
  };
}

function statementTimeoutOf(databaseUrl: string): number | null {
  const given = Number(/[?&]statement_timeout=(\d+)/.exec(databaseUrl)?.[1] ?? 0);
  return given > 0 ? given : null;
}

function typesOf(readers: Readers): pg.CustomTypesConfig {
  return {
    getTypeParser: ((type: number, format?: 'text' | 'binary') =>
      (format !== 'binary' ? readers[type] : undefined) ??
      pg.types.getTypeParser(type, format ?? 'text')) as typeof pg.types.getTypeParser,
  };
}

/** Names of prepared statements, while there are any. */
class StatementNames {
  readonly #known = new Map<string, string>();
  #areLeftOut = false;

  of(text: string): string | undefined {
    if (this.#areLeftOut) return undefined;
    let name = this.#known.get(text);
    if (name === undefined) {
      name = `ob_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
      this.#known.set(text, name);
    }
    return name;
  }

  leaveOut(): void {
    this.#areLeftOut = true;
  }
}

const storeTypes = typesOf(storeReaders);

function connectionOver(sessions: LiveSessions, client: pg.PoolClient, names: StatementNames): Connection {
  let patientName: string | null = null;
  const answered = <Answer>(answer: Promise<Answer>) =>
    patientName === null ? sessions.answered(client, answer) : sessions.awaited(client, answer, patientName);
  return {
    async query(text, values) {
      const question = client.query({ name: names.of(text), text, values: [...values], types: storeTypes });
      const answer = await answered(question).catch((error: unknown) => {
        if (isUnknownStatement(error)) names.leaveOut();
        throw error;
      });
      return { rows: answer.rows, rowCount: answer.rowCount ?? 0, command: answer.command };
    },
    async script(text) {
      await answered(client.query(text));
    },
    async bePatient(scope = 'transaction') {
      // By this name others find the session among those of the server, whatever poolers are in between.
      const name = `openbeian patient ${randomUUID()}`;
      const set = scope === 'session' ? 'SET' : 'SET LOCAL';
      const limits = `${set} statement_timeout = 0; ${set} idle_in_transaction_session_timeout = '60s'`;
      await answered(client.query(`${limits}; ${set} application_name = '${name}'`));
      patientName = name;
    },
    release: (broken) => client.release(broken ?? false),
  };
}

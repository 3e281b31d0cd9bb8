import pg from 'pg';
import type { Channel } from './channel.ts';

/** What a statement answers on either driver; `rowCount` counts the rows written, or read. */
export interface Answer<Row> {
  readonly rows: Row[];
  readonly rowCount: number;
  /** First word of the command tag; `ROLLBACK` as the answer to `COMMIT` means that nothing was committed. */
  readonly command: string;
}

/** One session of the database, held by one caller until it is released. */
export interface Connection {
  /** Runs one statement. A failed one throws the driver's error with PostgreSQL's `code` and `constraint`. */
  query<Row>(text: string, values: readonly unknown[]): Promise<Answer<Row>>;
  /** Runs several statements without parameters, for migrations. */
  script(text: string): Promise<void>;
  /**
   * Inside a transaction: its statements may take as long as the database is at them (migrations, whole snapshots). `session`: from
   * now on, for what no transaction may hold; the session is thrown away afterwards.
   */
  bePatient(scope?: 'transaction' | 'session'): Promise<void>;
  /** Gives the session back; `broken` throws it away instead. */
  release(broken?: boolean): void;
}

/** A driver: real PostgreSQL or the embedded database. */
export interface Engine {
  /** Other programs may use the database at the same time. */
  readonly isShared: boolean;
  /** Waits for a free session. */
  connect(): Promise<Connection>;
  /** The same sessions for Kysely's PostgresDialect, which better-auth uses; instants come out as Date there. */
  readonly kyselyPool: KyselyPool;
  /** How processes on this database tell each other of work; null where there is only one. */
  readonly channel: Channel | null;
  /** How its sessions are used now. */
  usage(): SessionUsage;
  close(): Promise<void>;
}

export interface SessionUsage {
  readonly inUse: number;
  readonly idle: number;
  /** Callers that wait for one. */
  readonly waiting: number;
}

/** The part of pg.Pool that Kysely's PostgresDialect uses. */
interface KyselyPool {
  connect(): Promise<KyselyClient>;
  end(): Promise<void>;
}
interface KyselyClient {
  query(sql: string, parameters: readonly unknown[]): Promise<unknown>;
  release(): void;
}

/** PostgreSQL's type numbers whose default readings differ between the two drivers or from the store's promises. */
const bigintType = 20;
const dateType = 1082;
const timestamptzType = 1184;

const readDate = pg.types.getTypeParser(timestamptzType, 'text') as (text: string) => Date;
/** `infinity` has no Date: who writes one into a row past us stops nobody who reads others with it. */
const readInstant = (text: string): string => (/^-?infinity$/.test(text) ? text : readDate(text).toISOString());

function readBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint beyond 2^53: ${text}`);
  return value;
}

export type Readers = Readonly<Record<number, (text: string) => unknown>>;

/** The store's: instants as ISO 8601 UTC strings, days as `YYYY-MM-DD`, bigint as number. */
export const storeReaders: Readers = {
  [bigintType]: readBigint,
  [dateType]: (text) => text,
  [timestamptzType]: readInstant,
};

/** better-auth's: it compares instants as Date. */
export const kyselyReaders: Readers = { ...storeReaders, [timestamptzType]: readDate };

import type { WorkSignal } from '../../ports/work-signals.ts';
import type { Connection } from './connection.ts';

/** What changes or locks rows: by itself, each of these would be committed or let go of at once. */
const writing = /\b(INSERT INTO|UPDATE|DELETE FROM|FOR (NO KEY UPDATE|UPDATE|SHARE|KEY SHARE)|pg_advisory\w*)\b/i;
/** Statements that were looked at and are none of these; their texts are those of our queries. */
const readings = new Set<string>();

/** A connection as the queries use it; ends with its transaction, so that a forgotten `await` fails. */
export class Session {
  readonly #connection: Connection;
  readonly #readsOnly: boolean;
  readonly #signals = new Set<WorkSignal>();
  #ended = false;

  /** @param readsOnly there is no transaction around its statements: it refuses those that write or lock */
  constructor(connection: Connection, readsOnly = false) {
    this.#connection = connection;
    this.#readsOnly = readsOnly;
  }

  /** All rows. `values` fill $1, $2 …; `undefined` is NULL. */
  async rows<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.#run<Row>(text, values)).rows;
  }

  /** The first row, or null. */
  async row<Row>(text: string, values: readonly unknown[] = []): Promise<Row | null> {
    return (await this.#run<Row>(text, values)).rows[0] ?? null;
  }

  /** How many rows were written. */
  async write(text: string, values: readonly unknown[] = []): Promise<number> {
    return (await this.#run(text, values)).rowCount;
  }

  /** Whoever waits for such work is told once this is committed. */
  signal(signal: WorkSignal): void {
    this.#signals.add(signal);
  }

  get signals(): ReadonlySet<WorkSignal> {
    return this.#signals;
  }

  end(): void {
    this.#ended = true;
  }

  #run<Row>(text: string, values: readonly unknown[]) {
    if (this.#ended) throw new Error('a transaction was used after it had ended: an `await` is missing');
    if (this.#readsOnly) refuseWriting(text);
    return this.#connection.query<Row>(
      text,
      values.map((value) => (value === undefined ? null : value)),
    );
  }
}

function refuseWriting(text: string): void {
  if (readings.has(text)) return;
  if (writing.test(text)) throw new Error(`a query writes or locks, which takes a command: ${text}`);
  readings.add(text);
}

/** jsonb parameters go as text: pg would make a PostgreSQL array of a JavaScript one. */
export function toJson(value: unknown): string {
  return JSON.stringify(value ?? null);
}

/** Joins the conditions of a list's filter; `$?` stands for the condition's parameter, which it may have or not. */
export function where(conditions: readonly (readonly [condition: string, value: unknown] | null)[]): {
  readonly sql: string;
  readonly values: unknown[];
} {
  const values: unknown[] = [];
  const parts: string[] = [];
  for (const condition of conditions) {
    if (condition === null) continue;
    if (condition[0].includes('$?')) values.push(condition[1]);
    parts.push(condition[0].replaceAll('$?', `$${values.length}`));
  }
  return { sql: parts.length === 0 ? '' : `WHERE ${parts.join(' AND ')}`, values };
}

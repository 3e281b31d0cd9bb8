import type { WorkSignal } from '../../ports/work-signals.ts';
import type { Connection } from './connection.ts';

/** What changes or locks rows, our functions that do among it: by itself, each of these would be committed or let go of at once. */
const writing =
  /\b(INSERT INTO|UPDATE|DELETE FROM|FOR (NO KEY UPDATE|UPDATE|SHARE|KEY SHARE)|pg_(try_)?advisory\w*|append_code_notice|log_gate_changes)\b/i;
/** Statements that were looked at and do nothing but read; their texts are those of our queries. */
const readings = new Set<string>();

/** Does this statement read, and nothing else? */
export function isReading(text: string): boolean {
  if (readings.has(text)) return true;
  const reads = /^[\s(]*(SELECT|WITH)\b/i.test(text) && !writing.test(text);
  if (reads) readings.add(text);
  return reads;
}

interface SessionOptions {
  /** There is no transaction around its statements: it refuses those that write or lock. */
  readonly readsOnly?: boolean;
  /** Begins the transaction; called before the first statement that does more than read. */
  readonly begin?: () => Promise<void>;
}

/** A connection as the queries use it; ends with its transaction, so that a forgotten `await` fails. */
export class Session {
  readonly #connection: Connection;
  readonly #readsOnly: boolean;
  readonly #signals = new Set<WorkSignal>();
  readonly #begin: SessionOptions['begin'];
  #beginning: Promise<void> | null = null;
  #hasFailed = false;
  #ended = false;

  constructor(connection: Connection, { readsOnly = false, begin }: SessionOptions = {}) {
    this.#connection = connection;
    this.#readsOnly = readsOnly;
    this.#begin = begin;
  }

  /** A transaction that only read never begins: each of its statements sees what is committed, inside of one or not. */
  get hasBegun(): boolean {
    return this.#beginning !== null;
  }

  /** One of its statements failed before the transaction began, and the database knows nothing of that. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  begin(): Promise<void> {
    this.#beginning ??= this.#begin?.() ?? Promise.resolve();
    return this.#beginning;
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

  async #run<Row>(text: string, values: readonly unknown[]) {
    if (this.#ended) throw new Error('a transaction was used after it had ended: an `await` is missing');
    const reads = isReading(text);
    if (this.#readsOnly && !reads) throw new Error(`a query writes or locks, which takes a command: ${text}`);
    if (this.#begin !== undefined && !reads) await this.begin();
    const given = values.map((value) => (value === undefined ? null : value));
    try {
      return await this.#connection.query<Row>(text, given);
    } catch (error) {
      this.#hasFailed ||= !this.hasBegun;
      throw error;
    }
  }
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

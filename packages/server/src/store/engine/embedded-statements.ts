import { type PGlite, protocol } from '@electric-sql/pglite';
import type { Answer } from './connection.ts';

type Message = Awaited<ReturnType<PGlite['execProtocolStream']>>[number];
/** What is read of the messages by their names; PGlite's index does not export their classes. */
interface Described extends Message {
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
}
interface Row extends Message {
  readonly fields: readonly (string | null)[];
}
interface Completed extends Message {
  readonly text: string;
}

const { serialize } = protocol;

/** Texts whose plans the session keeps, some 20 kB each; the one that was unused for longest gives way. */
const mostKept = 500;

/**
 * Statements of the embedded database, prepared once by their text and asked in one message: PGlite's own `query` parses and
 * plans at each call and enters PostgreSQL six times, which takes six times as long.
 * Values go as pg sends them, as texts whose types PostgreSQL infers.
 */
export class EmbeddedStatements {
  readonly #database: PGlite;
  /** Names by text, the one used last at the end. */
  readonly #names = new Map<string, string>();
  #made = 0;

  constructor(database: PGlite) {
    this.#database = database;
  }

  /** Asks one after the other, also where a caller does not wait. @throws an error with PostgreSQL's `code` and `constraint` */
  query<T>(text: string, values: readonly unknown[]): Promise<Answer<T>> {
    return this.#database.runExclusive(() => this.#ask<T>(text, values));
  }

  async #ask<T>(text: string, values: readonly unknown[]): Promise<Answer<T>> {
    const known = this.#names.get(text);
    const name = known ?? `ob_${++this.#made}`;
    this.#names.delete(text);
    const asked = [
      ...(known === undefined ? [...this.#closeOldest(), serialize.parse({ name, text })] : []),
      serialize.bind({ statement: name, values: values.map(toText) }),
      serialize.describe({ type: 'P' }),
      serialize.execute({}),
      serialize.sync(),
    ];
    try {
      const messages = await this.#send(asked);
      this.#names.set(text, name);
      return readAnswer<T>(messages, this.#database.parsers);
    } catch (error) {
      if (known !== undefined) this.#names.set(text, name);
      // Whether it was prepared before it failed is not known; closing what there is not is no error.
      else await this.#send([serialize.close({ type: 'S', name }), serialize.sync()]);
      throw error;
    }
  }

  #closeOldest(): Uint8Array[] {
    if (this.#names.size < mostKept) return [];
    const [oldest] = this.#names;
    if (oldest === undefined) return [];
    this.#names.delete(oldest[0]);
    return [serialize.close({ type: 'S', name: oldest[1] })];
  }

  #send(messages: readonly Uint8Array[]): Promise<Message[]> {
    return this.#database.execProtocolStream(Buffer.concat(messages), { syncToFs: false, throwOnError: true });
  }
}

function readAnswer<T>(messages: readonly Message[], readers: PGlite['parsers']): Answer<T> {
  let columns: Described['fields'] = [];
  const rows: Record<string, unknown>[] = [];
  let tag = '';
  for (const message of messages) {
    if (message.name === 'rowDescription')
      columns = (message as Described).fields; // each name belongs to one kind
    else if (message.name === 'dataRow')
      rows.push(readRow((message as Row).fields, columns, readers)); // of message
    else if (message.name === 'commandComplete') tag = (message as Completed).text; // as above
  }
  const [command = '', ...counts] = tag.split(' ');
  const rowCount = Number.parseInt(counts.at(-1) ?? '', 10);
  // The caller names the shape of the rows that its statement selects, as with the other driver.
  return { rows: rows as T[], rowCount: Number.isNaN(rowCount) ? 0 : rowCount, command };
}

function readRow(
  texts: Row['fields'],
  columns: Described['fields'],
  readers: PGlite['parsers'],
): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [index, { name, dataTypeID }] of columns.entries()) {
    const text = texts[index] ?? null;
    const reader = readers[dataTypeID];
    row[name] = text === null || reader === undefined ? text : reader(text, dataTypeID);
  }
  return row;
}

/** One value as pg would send it; bytes in the text form of `bytea`. */
function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return toArrayText(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return value.toString();
  throw new TypeError(`a statement's value cannot be a ${typeof value}`);
}

function toArrayText(values: readonly unknown[]): string {
  const items = values.map((value) => {
    if (Array.isArray(value)) return toArrayText(value);
    const text = toText(value);
    return text === null ? 'NULL' : `"${text.replace(/["\\]/g, '\\$&')}"`;
  });
  return `{${items.join(',')}}`;
}

import { createHash } from 'node:crypto';
import { Fault } from '@openbeian/model/fault';
import type { PageRequest, Position } from '../../ports/index.ts';

/** What every list takes: `after` is the `next` of the page before; left out, the list begins at its start. */
export interface PageInput {
  readonly after?: string | undefined;
  /** How many rows; `usualLimit` unless given. */
  readonly limit?: number | undefined;
  /** Where the caller gave `after`: named in the fault; `query.after` unless given. */
  readonly place?: string;
}

export interface Page<Row> {
  readonly rows: Row[];
  /** `after` of the next page; null on the last one. */
  readonly next: string | null;
}

/** The sort key of a list: its columns in their order, the last one unique. */
export interface ListOrder<Row> {
  /** Part of the cursor, so that a cursor of another list, or of another order of this one, is refused. */
  readonly name: string;
  readonly columns: readonly ColumnType[];
  readonly positionOf: (row: Row) => Position;
}
type ColumnType = 'text' | 'instant' | 'day';

/** Rows of a page when the caller names no number. */
const usualLimit = 100;

/** Lists whose ids are made in the order of time, and that go by nothing else. */
export const byId = (name: string): ListOrder<{ readonly id: string }> => ({
  name,
  columns: ['text'],
  positionOf: ({ id }) => [id],
});

/**
 * One page: reads one row more than it returns, to learn whether another page follows.
 * @throws Fault `input.invalid`, naming `query.after`, for a cursor that this list has not given out.
 */
export async function pageOf<Row>(
  order: ListOrder<Row>,
  input: PageInput,
  read: (page: PageRequest) => Promise<readonly Row[]>,
): Promise<Page<Row>> {
  const limit = input.limit ?? usualLimit;
  const found = await read({ limit: limit + 1, after: positionIn(order, input.after, input.place) });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last !== undefined ? cursorOf(order, last) : null };
}

/** How many rows are read at once, and at most for one page, where rows are filtered after reading. */
const scan = { batch: 500, most: 4000 } as const;

/**
 * One page of the rows that `show` keeps, by what no column tells: reads on until the page is full, the list is at its
 * end or `scan.most` rows were read, so that a page may be shorter than its limit and have a next one all the same.
 * @param show for each row what the page shows, or null where the row does not belong to it.
 * @throws Fault `input.invalid` for an invalid cursor, as `pageOf`.
 */
export async function scannedPageOf<Row, View>(
  order: ListOrder<Row>,
  input: PageInput,
  read: (page: PageRequest) => Promise<readonly Row[]>,
  show: (rows: readonly Row[]) => Promise<readonly (View | null)[]>,
): Promise<Page<View>> {
  const limit = input.limit ?? usualLimit;
  const kept: View[] = [];
  let after = positionIn(order, input.after, input.place);
  let last: Row | null = null;
  const page = (): Page<View> => ({ rows: kept, next: last === null ? null : cursorOf(order, last) });
  for (let rowsRead = 0; rowsRead < scan.most && kept.length < limit; rowsRead += scan.batch) {
    const rows = await read({ limit: scan.batch + 1, after });
    const batch = rows.slice(0, scan.batch);
    const views = await show(batch);
    for (const [index, row] of batch.entries()) {
      if (kept.length === limit) return page();
      const view = views[index] ?? null;
      if (view !== null) kept.push(view);
      last = row;
      after = order.positionOf(row);
    }
    if (rows.length <= scan.batch) return { rows: kept, next: null };
  }
  return page();
}

/** For two lists that were read by `before`, the last id of the page before, until they took `after` like all others. */
export interface OlderPageInput extends PageInput {
  readonly before?: string | undefined;
}

/** As `pageOf`; a `before` that is no cursor is an id. */
export function olderPageOf<Row extends { readonly id: string }>(
  order: ListOrder<Row>,
  { before, after, limit }: OlderPageInput,
  read: (page: PageRequest) => Promise<readonly Row[]>,
): Promise<Page<Row>> {
  // Ids are short and have no such alphabet as to be taken for cursors, which begin with a checksum.
  const start = before !== undefined && /^[a-z]+_/.test(before) ? cursorAt(order, [before]) : before;
  return pageOf(order, { after: after ?? start, limit }, read);
}

/** The opaque text of a position: a checksum, then the order's name and the values. */
const cursorOf = <Row>(order: ListOrder<Row>, row: Row): string => cursorAt(order, order.positionOf(row));

function cursorAt<Row>({ name }: ListOrder<Row>, position: Position): string {
  const text = JSON.stringify([name, ...position]);
  return Buffer.from(checksumOf(text) + text).toString('base64url');
}

/**
 * Reads a cursor. The checksum finds cut and mistyped cursors; it is no secret, and need not be: a position that
 * somebody makes up only says where to begin among the rows that they may see anyway. Values of the wrong type must not
 * reach the database, hence the look at each.
 * @throws Fault `input.invalid` at `place`.
 */
function positionIn<Row>(
  { name, columns }: ListOrder<Row>,
  cursor: string | undefined,
  place = 'query.after',
): Position | undefined {
  if (cursor === undefined) return undefined;
  const bytes = Buffer.from(cursor, 'base64url');
  const text = bytes.subarray(checksumLength).toString();
  // Re-encoded, so that a cursor has one spelling only: base64 passes over foreign characters.
  const whole = bytes.toString('base64url') === cursor && bytes.toString().startsWith(checksumOf(text));
  const parsed: unknown = whole ? JSON.parse(text) : null;
  const [given, ...values]: unknown[] = Array.isArray(parsed) ? parsed : [];
  const position = columns.flatMap((column, index) => textOf(column, values[index]) ?? []);
  if (given === name && values.length === columns.length && position.length === columns.length) return position;
  throw new Fault('input.invalid', {
    places: [
      {
        path: place,
        expected: '`next` of the page before, unchanged and of the same list; leave it out to begin at the start',
        expectedZh: '应为同一列表上一页答复中的 next，不能改动；从头读取时不要填写',
      },
    ],
  });
}

const checksumLength = 8;
const checksumOf = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, checksumLength);

/** The value, where it is one of that type. */
function textOf(column: ColumnType, value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 300 || value.includes('\0')) return null;
  if (column === 'text' || (column === 'instant' && /^-?infinity$/.test(value))) return value;
  const instant = column === 'day' ? `${value}T00:00:00.000Z` : value;
  return isInstant(instant) ? value : null;
}

/** As the clock writes them, of the years 0001 to 9999, which the database writes alike; also refuses days that no month has. */
function isInstant(value: string): boolean {
  const at = new Date(value);
  const year = at.getUTCFullYear();
  return year >= 1 && year <= 9999 && at.toISOString() === value;
}

import { createHash } from 'node:crypto';
import { cursorShape, idShape } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Position } from '../../ports/index.ts';
import { byId, type ListOrder, pageOf } from './page.ts';

interface Row {
  readonly at: string;
  readonly id: string;
}
const order: ListOrder<Row> = { name: 'rows', columns: ['instant', 'text'], positionOf: ({ at, id }) => [at, id] };
const row: Row = { at: '2026-11-21T01:30:00.000Z', id: 'row_编号"\\' };

/** The cursor behind a row. */
async function cursorOf<Row>(of: ListOrder<Row>, last: Row): Promise<string> {
  return (await pageOf(of, { limit: 1 }, async () => [last, last])).next ?? '';
}

/** Where a page begins that is asked for with this cursor. */
async function positionIn<Row>(of: ListOrder<Row>, after: string | undefined, place?: string) {
  let position: Position | undefined;
  await pageOf(of, { after, ...(place && { place }) }, async (page) => {
    position = page.after;
    return [];
  });
  return position;
}

async function placesOf(reading: Promise<unknown>): Promise<readonly unknown[]> {
  const error = await reading.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error === null) return [];
  if (error instanceof Fault && error.code === 'input.invalid')
    return error.extras.places?.map(({ path }) => path) ?? [];
  throw error;
}

/** What somebody makes who knows how cursors are built. */
function forged(values: unknown): string {
  const text = JSON.stringify(values);
  return Buffer.from(createHash('sha256').update(text).digest('base64url').slice(0, 8) + text).toString('base64url');
}

describe('a cursor', () => {
  test('gives back the position that it was made of', async () => {
    expect(await positionIn(order, await cursorOf(order, row))).toEqual([row.at, row.id]);
    expect(await positionIn(order, undefined)).toBeUndefined();
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 100 }), async (id) => {
        fc.pre(!id.includes('\0') && id.isWellFormed());
        expect(await positionIn(byId('ids'), await cursorOf(byId('ids'), { id }))).toEqual([id]);
      }),
    );
  });

  test('with any one character changed, added or taken away is refused, with its place', async () => {
    const cursor = await cursorOf(order, row);
    for (let at = 0; at < cursor.length; at += 1) {
      const other = cursor[at] === 'A' ? 'B' : 'A';
      for (const changed of [other, '', `${cursor[at]}A`, `${cursor[at]}=`, `${cursor[at]} `]) {
        const text = cursor.slice(0, at) + changed + cursor.slice(at + 1);
        if (text === cursor) continue;
        expect(await placesOf(positionIn(order, text)), text).toEqual(['query.after']);
      }
    }
  });

  test('of another list or another order is refused', async () => {
    const cursor = await cursorOf({ ...order, name: 'others' }, row);
    expect(await placesOf(positionIn(order, cursor, 'body.after'))).toEqual(['body.after']);
  });

  test.each([
    ['no instant', ['rows', 'yesterday', 'x']],
    ['a day that no month has', ['rows', '2026-02-30T00:00:00.000Z', 'x']],
    ['a year that JavaScript has and the database has not', ['rows', '+010000-01-01T00:00:00.000Z', 'x']],
    ['the year zero', ['rows', '0000-01-01T00:00:00.000Z', 'x']],
    ['a year before it', ['rows', '-000001-01-01T00:00:00.000Z', 'x']],
    ['too few values', ['rows', row.at]],
    ['too many values', ['rows', row.at, 'x', 'y']],
    ['a number', ['rows', row.at, 1]],
    ['a character that no database keeps', ['rows', row.at, 'x\0y']],
    ['an endless text', ['rows', row.at, 'x'.repeat(400)]],
    ['no list', { rows: 1 }],
    ['null', null],
  ])('forged with %s is refused before the database sees it', async (_what, values) => {
    expect(await placesOf(positionIn(order, forged(values)))).toEqual(['query.after']);
  });

  test('of letters at random is refused', async () => {
    await fc.assert(
      fc.asyncProperty(fc.base64String(), async (text) => {
        expect(await placesOf(positionIn(order, text))).toHaveLength(1);
      }),
    );
  });
});

test('cursors behind the longest ids are cursors that the contract takes', async () => {
  const longest = '备'.repeat(200);
  const of: ListOrder<Row> = { ...order, columns: ['text', 'text'] };
  const cursor = await cursorOf(of, { at: longest, id: longest });
  expect(await positionIn(of, cursorShape.parse(cursor))).toEqual([longest, longest]);
  expect(idShape.parse(longest)).toBe(longest);
});

describe('a page', () => {
  const rows = Array.from({ length: 5 }, (_, index) => ({ id: `r${index}` }));
  const read = async ({ limit, after }: { limit: number; after?: readonly string[] | undefined }) =>
    rows.filter(({ id }) => after === undefined || id > (after[0] ?? '')).slice(0, limit);

  test('names the next one as long as there is one, also where the rows end with the page', async () => {
    const first = await pageOf(byId('r'), { limit: 3 }, read);
    expect(first.rows.map(({ id }) => id)).toEqual(['r0', 'r1', 'r2']);
    const last = await pageOf(byId('r'), { limit: 3, after: first.next ?? '' }, read);
    expect(last).toEqual({ rows: rows.slice(3), next: null });
    expect((await pageOf(byId('r'), { limit: 5 }, read)).next).toBeNull();
    expect(await pageOf(byId('r'), { after: first.next ?? '' }, async () => [])).toEqual({ rows: [], next: null });
  });
});

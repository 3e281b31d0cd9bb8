import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startParams } from './durable-node-fs.ts';
import { EmbeddedStatements } from './embedded-statements.ts';

// Making an embedded database takes 3 s of a whole processor, which tests seldom have to themselves.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

let database: PGlite;
beforeAll(async () => {
  database = await PGlite.create({ startParams: startParams() });
});
// Each test has statements of its own, on one session.
beforeEach(async () => void (await database.exec('DEALLOCATE ALL')));
afterAll(() => database.close());

const preparedTexts = async () =>
  (await database.query<{ statement: string }>('SELECT statement FROM pg_prepared_statements')).rows.map(
    ({ statement }) => statement,
  );

test('values arrive as they were given, whatever is in them', async () => {
  const statements = new EmbeddedStatements(database);
  const hostile = `"quoted", \\ back, {brace} 'tick' NULL 网站 🀄`;
  const { rows, rowCount, command } = await statements.query(
    `SELECT $1::text AS t, $2::bigint + 1 AS n, $3::boolean AS b, $4::jsonb AS j, $5::bytea AS x, $6::text[] AS list,
       $7::timestamptz AS at, $8::text AS missing, $9::text[] AS empty, $10::jsonb AS "null", $11::int[] AS nested`,
    [
      hostile,
      41,
      true,
      { of: [hostile] },
      Buffer.from([0, 255, 92]),
      [hostile, '', null],
      new Date('2026-11-21T01:30:00.123Z'),
      undefined,
      [],
      'null',
      [
        [1, 2],
        [3, 4],
      ],
    ],
  );
  expect({ rowCount, command }).toEqual({ rowCount: 1, command: 'SELECT' });
  expect(rows).toEqual([
    {
      t: hostile,
      n: 42,
      b: true,
      j: { of: [hostile] },
      x: new Uint8Array([0, 255, 92]),
      list: [hostile, '', null],
      at: new Date('2026-11-21T01:30:00.123Z'),
      missing: null,
      empty: [],
      null: null,
      nested: [
        [1, 2],
        [3, 4],
      ],
    },
  ]);
});

test('a text is prepared once, and asked in one message', async () => {
  const statements = new EmbeddedStatements(database);
  const messages = vi.spyOn(database, 'execProtocolStream');
  const text = 'SELECT $1::int AS once';
  for (const value of [1, 2, 3]) {
    expect((await statements.query<{ once: number }>(text, [value])).rows).toEqual([{ once: value }]);
  }
  expect(messages).toHaveBeenCalledTimes(3);
  messages.mockRestore();
  expect((await preparedTexts()).filter((one) => one === text)).toHaveLength(1);
});

test('the plans that are kept are bounded, and what was closed is prepared again', async () => {
  const statements = new EmbeddedStatements(database);
  for (let count = 0; count < 520; count += 1) await statements.query(`SELECT ${count} AS bounded`, []);
  expect((await preparedTexts()).filter((text) => text.endsWith('AS bounded'))).toHaveLength(500);
  expect((await statements.query('SELECT 0 AS bounded', [])).rows).toEqual([{ bounded: 0 }]);
});

test('after an error the same text is asked again, in and outside of a transaction', async () => {
  const statements = new EmbeddedStatements(database);
  const divide = 'SELECT 1 / $1::int AS one';
  const ask = (value: number) => statements.query(divide, [value]);
  await expect(ask(0)).rejects.toMatchObject({ code: '22012' });
  expect((await ask(1)).rows).toEqual([{ one: 1 }]);
  await statements.query('BEGIN', []);
  await expect(ask(0)).rejects.toMatchObject({ code: '22012' });
  await expect(statements.query('SELECT 7 AS aborted', [])).rejects.toMatchObject({ code: '25P02' });
  await statements.query('ROLLBACK', []);
  expect((await statements.query('SELECT 7 AS aborted', [])).rows).toEqual([{ aborted: 7 }]);
  expect((await ask(1)).rows).toEqual([{ one: 1 }]);
  await expect(statements.query('SELEC', [])).rejects.toMatchObject({ code: '42601' });
});

test('callers that do not wait for each other get their own answers', async () => {
  const statements = new EmbeddedStatements(database);
  const asked = Array.from({ length: 20 }, (_, value) =>
    statements.query<{ v: number }>('SELECT $1::int AS v', [value]),
  );
  expect((await Promise.all(asked)).map(({ rows }) => rows[0]?.v)).toEqual(Array.from({ length: 20 }, (_, v) => v));
});

test('written rows are counted', async () => {
  const statements = new EmbeddedStatements(database);
  await statements.query('CREATE TABLE counted (n int PRIMARY KEY)', []);
  const insert = 'INSERT INTO counted SELECT generate_series(1, $1::int)';
  expect(await statements.query(insert, [3])).toEqual({ rows: [], rowCount: 3, command: 'INSERT' });
  await expect(statements.query(insert, [1])).rejects.toMatchObject({ code: '23505', constraint: 'counted_pkey' });
  expect(await statements.query('UPDATE counted SET n = n + 10 WHERE n > $1 RETURNING n', [2])).toEqual({
    rows: [{ n: 13 }],
    rowCount: 1,
    command: 'UPDATE',
  });
});

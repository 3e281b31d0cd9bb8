import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import { foundIds, gramsOf } from './found-ids.ts';
import type { Keyset } from './keyset.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

interface PlanNode {
  readonly 'Subplan Name'?: string;
  readonly 'Actual Loops': number;
  readonly Plans?: readonly PlanNode[];
}

describe.skipIf(database === null)('a page of what a search finds among 80,000 rows', () => {
  const client = new pg.Client({ connectionString: database?.url ?? '' });
  beforeAll(async () => {
    await client.connect();
    await client.query(`CREATE TABLE thing (id text PRIMARY KEY, owner text NOT NULL, note text NOT NULL);
      CREATE INDEX thing_by_owner ON thing (owner, id);
      INSERT INTO thing SELECT lpad(i::text, 6, '0'), 'o' || i % 2000,
        'x' || CASE WHEN i % 10 = 0 THEN ' common' ELSE '' END || CASE WHEN i % 9001 = 0 THEN ' rare' ELSE '' END
          || CASE WHEN i % 25 = 7 THEN ' thin' ELSE '' END || CASE WHEN i < 5000 THEN ' old' ELSE '' END
      FROM generate_series(0, 79999) AS i;
      ANALYZE thing`);
  }, 60_000);
  afterAll(() => client.end());

  const newestFirst: Keyset = { columns: [['id', 'text']], descending: true };
  const way = { table: 'thing', keyset: newestFirst, near: 300, byRow: 'strpos(note, $?) > 0' } as const;

  async function ask(search: string, owner: string | null, after?: readonly string[]) {
    const conditions = owner === null ? [] : ([['owner = $?', owner]] as const);
    const page = { limit: 20, ...(after && { after }) };
    const { sql, values } = foundIds({ ...way, byGrams: way.byRow, conditions, search }, page);
    const { rows } = await client.query<{ id: string }>(`SELECT id FROM (${sql}) AS found ORDER BY id DESC`, values);
    const { rows: wanted } = await client.query<{ id: string }>(
      `SELECT id FROM thing WHERE strpos(note, $1) > 0 AND ($2::text IS NULL OR owner = $2) AND ($3::text IS NULL OR id < $3)
       ORDER BY id DESC LIMIT 20`,
      [search, owner, after?.[0] ?? null],
    );
    const { rows: plans } = await client.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
      `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
      values,
    );
    const run: string[] = [];
    const walk = (node: PlanNode) => {
      const part = /^CTE (few|far|every)$/.exec(node['Subplan Name'] ?? '')?.[1];
      if (part !== undefined && node['Actual Loops'] > 0) run.push(part);
      for (const below of node.Plans ?? []) walk(below);
    };
    const [told] = plans[0]?.['QUERY PLAN'] ?? [];
    if (told !== undefined) walk(told.Plan);
    return { ids: rows.map(({ id }) => id), wanted: wanted.map(({ id }) => id), run };
  }

  test.each([
    ['common', []],
    ['rare', ['few']],
    ['nothing has this', ['few']],
    ['thin', ['few', 'far']],
    ['old', ['few', 'far', 'every']],
  ])('%s: the same rows as from looking at every row, by no more parts than are needed', async (search, parts) => {
    const { ids, wanted, run } = await ask(search, null);
    expect(ids).toEqual(wanted);
    expect(run).toEqual(parts);
    const last = ids.at(-1);
    if (last === undefined) return;
    const next = await ask(search, null, [last]);
    expect(next.ids).toEqual(next.wanted);
  });

  test('of an owner with few rows each is looked at, and nothing else', async () => {
    for (const search of ['common', 'old', 'nothing has this']) {
      const { ids, wanted, run } = await ask(search, 'o30');
      expect(ids).toEqual(wanted);
      expect(run).toEqual([]);
    }
  });
});

test('what has six characters is looked for by six at a time, in any writing', () => {
  expect(gramsOf('note', '12345')).toBe('search_grams(note) @> asked_grams($?)');
  expect(gramsOf('note', '科技有限公司', '$1')).toBe('six_grams(note) @> six_grams($1)');
});

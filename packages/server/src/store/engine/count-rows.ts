import { type Kysely, sql } from 'kysely';

/** What operators' measurements tell of the rows. */
export interface RowCounts {
  readonly jobs: readonly { readonly topic: string; readonly waiting: number; readonly failing: number }[];
  readonly filings: readonly { readonly state: string; readonly count: number }[];
}

/** Jobs by topic (`failing`: of these, tried in vain at least once) and filings by state. */
export async function countRows(database: Kysely<unknown>): Promise<RowCounts> {
  const jobs = await sql<RowCounts['jobs'][number]>`
    SELECT topic, count(*) AS waiting, count(*) FILTER (WHERE last_error IS NOT NULL) AS failing
    FROM job GROUP BY topic ORDER BY topic`.execute(database);
  const filings = await sql<RowCounts['filings'][number]>`
    SELECT state, count(*) AS count FROM filing GROUP BY state ORDER BY state`.execute(database);
  return { jobs: jobs.rows, filings: filings.rows };
}

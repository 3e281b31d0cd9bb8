import { type Kysely, sql } from 'kysely';

/** Row counts for operators' metrics. */
export interface RowCounts {
  readonly jobs: readonly { readonly topic: string; readonly waiting: number; readonly failing: number }[];
  readonly filings: readonly { readonly state: string; readonly count: number }[];
}

type Counted = RowCounts['filings'];

/** Filings that have ended are nearly all there are, and say little that an operator watches. */
const countEndedEveryMs = 5 * 60_000;

/**
 * Counts jobs by topic (`failing`: of these, tried in vain at least once) and filings by state. What is under way is counted
 * each time, from indexes that hold nothing else; what has ended only now and then.
 */
export function createRowCounter(database: Kysely<unknown>, nowMs: () => number): () => Promise<RowCounts> {
  let ended: { readonly atMs: number; readonly filings: Counted } | null = null;
  return async () => {
    const jobs = await sql<RowCounts['jobs'][number]>`
      SELECT topic, count(*) AS waiting, count(*) FILTER (WHERE last_error IS NOT NULL) AS failing
      FROM job GROUP BY topic ORDER BY topic`.execute(database);
    const open = await sql<Counted[number]>`
      SELECT state, count(*) AS count FROM filing WHERE state <> ALL (ARRAY['filed', 'abandoned'])
      GROUP BY state`.execute(database);
    const at = nowMs();
    if (ended === null || at - ended.atMs >= countEndedEveryMs)
      ended = { atMs: at, filings: await countEnded(database) };
    const filings = [...open.rows, ...ended.filings].sort((a, b) => (a.state < b.state ? -1 : 1));
    return { jobs: jobs.rows, filings };
  };
}

async function countEnded(database: Kysely<unknown>): Promise<Counted> {
  const { rows } = await sql<Counted[number]>`
    SELECT state, count(*) AS count FROM filing WHERE state = ANY (ARRAY['filed', 'abandoned'])
    GROUP BY state`.execute(database);
  return rows;
}

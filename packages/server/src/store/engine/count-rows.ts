import { type Kysely, sql } from 'kysely';

/** Row counts for operators' metrics. */
export interface RowCounts {
  readonly jobs: readonly { readonly topic: string; readonly waiting: number; readonly failing: number }[];
  readonly filings: readonly { readonly state: string; readonly count: number }[];
  /** Work that failed: `parked` of it waits for an operator. */
  readonly failures: { readonly total: number; readonly parked: number };
}

interface KeptTotal {
  readonly counted: string;
  readonly state: string;
  readonly count: number;
}

/**
 * Jobs by topic (`failing`: of these, tried in vain at least once) and filings by state, from the totals that are kept:
 * however long a queue is, and however many filings there are, asking costs the same.
 */
export function createRowCounter(database: Kysely<unknown>): () => Promise<RowCounts> {
  return async () => {
    const { rows } = await sql<KeptTotal>`
      SELECT counted, state, sum(change)::bigint AS count FROM row_count_change
      WHERE counted IN ('filing', 'job', 'job_failing', 'work_failure', 'work_failure_parked') GROUP BY counted, state HAVING sum(change) <> 0
      ORDER BY counted, state COLLATE "C"`.execute(database);
    const of = (counted: string) => rows.filter((row) => row.counted === counted);
    const failing = new Map(of('job_failing').map(({ state, count }) => [state, count]));
    return {
      jobs: of('job').map(({ state, count }) => ({ topic: state, waiting: count, failing: failing.get(state) ?? 0 })),
      filings: of('filing').map(({ state, count }) => ({ state, count })),
      failures: { total: of('work_failure')[0]?.count ?? 0, parked: of('work_failure_parked')[0]?.count ?? 0 },
    };
  };
}

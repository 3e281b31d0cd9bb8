import type { RowCountRows } from '../../ports/row-counts.ts';
import type { Session } from '../engine/session.ts';

/** Few enough to be added up whenever somebody asks. */
const fewRows = 100;

export function rowCountRows(session: Session): RowCountRows {
  return {
    async fold(limit) {
      const row = await session.row<{ gone: number }>(
        `WITH due AS (
           SELECT seq FROM row_count_change
           WHERE (SELECT count(*) FROM (SELECT FROM row_count_change LIMIT $2) AS waiting) = $2
           ORDER BY seq LIMIT $1 FOR UPDATE SKIP LOCKED
         ), gone AS (
           DELETE FROM row_count_change USING due WHERE row_count_change.seq = due.seq RETURNING counted, state, change
         ), kept AS (
           INSERT INTO row_count_change (counted, state, change)
           SELECT counted, state, sum(change) FROM gone GROUP BY counted, state HAVING sum(change) <> 0 RETURNING 1
         )
         SELECT (SELECT count(*) FROM gone) - (SELECT count(*) FROM kept) AS gone`,
        [limit, fewRows],
      );
      return row?.gone ?? 0;
    },
  };
}

/** How many rows the table has, or those of its rows; for those whose triggers keep count. */
export async function countAll(session: Session, counted: KeptTotal): Promise<number> {
  const row = await session.row<{ count: number }>(
    'SELECT coalesce(sum(change), 0)::bigint AS count FROM row_count_change WHERE counted = $1',
    [counted],
  );
  return row?.count ?? 0;
}

/** `job_failing`: jobs that failed at least once; `work_failure_parked`: failed work that waits for an operator. */
type KeptTotal =
  | 'account'
  | 'service_record'
  | 'webhook'
  | 'job'
  | 'job_failing'
  | 'work_failure'
  | 'work_failure_parked';

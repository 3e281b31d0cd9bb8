import { z } from 'zod';
import type { HandOverJob, Job, JobRows, LeaseJobsOptions, ListedJob, RenewJobsOptions } from '../../ports/jobs.ts';
import { type Session, toJson } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';
import { type Keyset, pageClause } from './keyset.ts';
import { faultIn, faultTexts, type WithFaultTexts } from './known-faults.ts';
import { countAll } from './row-counts.ts';
import { isWorkable } from './work-failures.ts';

const nextFirst: Keyset = {
  columns: [
    ['run_at', 'timestamptz'],
    ['id', 'text'],
  ],
};

const payloadShape = z.object({ submissionId: z.string(), filingId: z.string() });

/** The payload of one that cannot be read is the fault that says so: that job is parked, the others are done. */
const typed = <Row extends Job>(row: Row): Row => ({
  ...row,
  payload: parseStored(payloadShape, row.payload, { table: 'job', row: row.id, column: 'payload' }),
});

export function jobRows(session: Session): JobRows {
  /** What a worker noted until the row was locked goes as well: a statement of its own sees it. */
  const end = async (id: string, deleted: number): Promise<boolean> => {
    if (deleted === 1) await session.write(`DELETE FROM work_failure WHERE kind = 'forward' AND item_id = $1`, [id]);
    return deleted === 1;
  };
  return {
    async enqueue(row) {
      session.signal('jobs');
      await session.write('INSERT INTO job (id, topic, payload, run_at) VALUES ($1, $2, $3::jsonb, $4)', [
        row.id,
        row.topic,
        toJson(row.payload),
        row.runAt,
      ]);
    },
    async complete(id, owner) {
      return end(id, await session.write('DELETE FROM job WHERE id = $1 AND lease_owner = $2', [id, owner]));
    },
    async takeOut(id, at) {
      const sql = 'DELETE FROM job WHERE id = $1 AND parked AND (lease_until IS NULL OR lease_until <= $2)';
      return end(id, await session.write(sql, [id, at]));
    },
    async retry(id, owner, runAt, cause) {
      const { lastError, lastFault } = typeof cause === 'string' ? { lastError: cause, lastFault: null } : cause;
      await session.write(
        `UPDATE job SET run_at = $3, last_error = $4, last_fault = $5::text[], attempts = attempts + 1,
           lease_owner = NULL, lease_until = NULL
         WHERE id = $1 AND lease_owner = $2`,
        [id, owner, runAt, lastError, faultTexts(lastFault)],
      );
    },
    async markAnswered(id, owner) {
      await session.write('UPDATE job SET unanswered = false WHERE id = $1 AND lease_owner = $2', [id, owner]);
    },
    async release(id, owner, runAt) {
      await session.write(
        `UPDATE job SET lease_owner = NULL, lease_until = NULL, run_at = greatest(run_at, $3)
         WHERE id = $1 AND lease_owner = $2`,
        [id, owner, runAt],
      );
    },
    async list({ failing = false, ...page }) {
      const { sql, values } = pageClause(nextFirst, [failing ? ['last_error IS NOT NULL', null] : null], page);
      const rows = await session.rows<WithFaultTexts<ListedJob>>(
        `SELECT id, topic, payload, line, attempts, run_at AS "runAt", last_error AS "lastError",
           last_fault AS "lastFault",
           (SELECT domain_name FROM filing WHERE filing.id = payload->>'filingId') AS "domainName" FROM job ${sql}`,
        values,
      );
      return rows.map((row) => typed({ ...row, lastFault: faultIn(row.lastFault) }));
    },
    async findOfFiling(filingId) {
      const row = await session.row<WithFaultTexts<HandOverJob>>(
        `SELECT job.id, greatest(job.attempts, failures) AS attempts,
           CASE WHEN NOT parked THEN greatest(run_at, retry_at) END AS "nextAt",
           coalesce(work_failure.last_error, job.last_error) AS "lastError",
           CASE WHEN work_failure.last_error IS NULL THEN job.last_fault ELSE work_failure.last_fault END AS "lastFault"
         FROM job LEFT JOIN work_failure ON work_failure.kind = 'forward' AND work_failure.item_id = job.id
         WHERE job.payload->>'filingId' = $1 ORDER BY job.id DESC LIMIT 1`,
        [filingId],
      );
      return row === null ? null : { ...row, lastFault: faultIn(row.lastFault) };
    },
    async count() {
      return { total: await countAll(session, 'job'), failing: await countAll(session, 'job_failing') };
    },
  };
}

/** The greatest integer of a column. */
const noLimit = 2_147_483_647;

/** A line of which jobs are due, and how many of it may be under way. */
interface LineToTake {
  readonly line: string;
  readonly most: number;
  readonly inTurn: boolean;
}

const workable = `NOT job.parked AND job.run_at <= $2 AND (job.lease_until IS NULL OR job.lease_until <= $2)
  AND job.topic = ANY ($1::text[]) AND ${isWorkable('forward', 'job.id', '$2')}`;

/** Lines of which something is due, in one look that takes no lock; `job_in_line` gives each line with one step. */
export async function linesToTake(session: Session, options: LeaseJobsOptions): Promise<LineToTake[]> {
  const { topics, at, perLine = noLimit, fewer = new Map<string, number>(), inTurn = [] } = options;
  const rows = await session.rows<{ line: string }>(
    `WITH RECURSIVE known (line) AS (
       (SELECT line FROM job WHERE NOT parked ORDER BY line LIMIT 1)
       UNION ALL
       SELECT (SELECT job.line FROM job WHERE NOT parked AND job.line > known.line ORDER BY job.line LIMIT 1)
       FROM known WHERE known.line IS NOT NULL
     )
     -- Not EXISTS, which would be planned as one join over the whole queue.
     SELECT line FROM known WHERE line IS NOT NULL AND (
       SELECT job.id FROM job WHERE job.line = known.line AND ${workable} ORDER BY job.run_at, job.id LIMIT 1
     ) IS NOT NULL
     ORDER BY line`,
    [[...topics], at],
  );
  return rows
    .map(({ line }) => {
      const isInTurn = inTurn.includes(line);
      return { line, most: isInTurn ? 1 : Math.min(perLine, fewer.get(line) ?? perLine), inTurn: isInTurn };
    })
    .filter(({ most }) => most > 0);
}

/**
 * Takes of these lines in the session's transaction. The first statement locks the lines that nobody else takes of now; the
 * second sees all leases of before, so that their count is exact. SKIP LOCKED passes over what a worker of a former
 * release is leasing this moment.
 */
export async function leaseJobs(
  session: Session,
  options: LeaseJobsOptions,
  lines: readonly LineToTake[],
): Promise<Job[]> {
  const { topics, limit, owner, at, leaseMs } = options;
  const locked = await session.rows<{ line: string }>(
    `SELECT line FROM unnest($1::text[]) AS asked (line)
     WHERE pg_try_advisory_xact_lock(hashtextextended('line of hand-overs ' || line, 0))`,
    [lines.map(({ line }) => line)],
  );
  const ours = lines.filter(({ line }) => locked.some((one) => one.line === line));
  if (ours.length === 0) return [];
  const rows = await session.rows<Job>(
    `WITH due AS MATERIALIZED (
       SELECT ready.id FROM unnest($3::text[], $4::integer[], $5::boolean[]) AS asked (line, most, in_turn)
       CROSS JOIN LATERAL (
         SELECT job.id, job.run_at FROM job
         WHERE job.line = asked.line AND ${workable}
           AND NOT (asked.in_turn AND EXISTS (
             SELECT FROM job AS before
             WHERE before.line = asked.line AND before.id <> job.id AND before.unanswered AND NOT before.parked))
         ORDER BY job.run_at, job.id
         LIMIT greatest(0, asked.most - (
           SELECT count(*) FROM job AS busy WHERE busy.line = asked.line AND busy.lease_until > $2))
       ) AS ready
       ORDER BY ready.run_at, ready.id LIMIT $6
     ), mine AS MATERIALIZED (
       SELECT job.id FROM job JOIN due ON due.id = job.id
       WHERE job.lease_until IS NULL OR job.lease_until <= $2 FOR UPDATE OF job SKIP LOCKED
     ), leased AS (
       UPDATE job SET lease_owner = $7, lease_until = $8, unanswered = true FROM mine WHERE job.id = mine.id
       RETURNING job.id, job.topic, job.payload, job.line, job.attempts, job.run_at
     )
     SELECT id, topic, payload, line, attempts FROM leased ORDER BY run_at, id`,
    [
      [...topics],
      at,
      ours.map(({ line }) => line),
      ours.map(({ most }) => most),
      ours.map(({ inTurn }) => inTurn),
      limit,
      owner,
      new Date(Date.parse(at) + leaseMs).toISOString(),
    ],
  );
  return rows.map(typed);
}

/** Extends leases that are still held; the ids whose lease was lost are left out of the answer. */
export async function renewJobs(session: Session, { ids, owner, at, leaseMs }: RenewJobsOptions): Promise<string[]> {
  const until = new Date(Date.parse(at) + leaseMs).toISOString();
  const rows = await session.rows<{ id: string }>(
    'UPDATE job SET lease_until = $3 WHERE id = ANY ($1::text[]) AND lease_owner = $2 RETURNING id',
    [[...ids], owner, until],
  );
  return rows.map(({ id }) => id);
}

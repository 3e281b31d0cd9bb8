import { z } from 'zod';
import type { Job, JobRows, LeaseJobsOptions } from '../../ports/jobs.ts';
import { type Session, toJson } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';
import { type Keyset, pageClause } from './keyset.ts';
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
  return {
    async enqueue(row) {
      await session.write('INSERT INTO job (id, topic, payload, run_at) VALUES ($1, $2, $3::jsonb, $4)', [
        row.id,
        row.topic,
        toJson(row.payload),
        row.runAt,
      ]);
    },
    async complete(id, owner) {
      return (await session.write('DELETE FROM job WHERE id = $1 AND lease_owner = $2', [id, owner])) === 1;
    },
    async retry(id, owner, runAt, error) {
      await session.write(
        `UPDATE job SET run_at = $3, last_error = $4, attempts = attempts + 1, lease_owner = NULL, lease_until = NULL
         WHERE id = $1 AND lease_owner = $2`,
        [id, owner, runAt, error],
      );
    },
    async list(page) {
      const { sql, values } = pageClause(nextFirst, [], page);
      const rows = await session.rows<Awaited<ReturnType<JobRows['list']>>[number]>(
        `SELECT id, topic, payload, attempts, run_at AS "runAt", last_error AS "lastError" FROM job ${sql}`,
        values,
      );
      return rows.map(typed);
    },
    async count() {
      return { total: await countAll(session, 'job'), failing: await countAll(session, 'job_failing') };
    },
  };
}

/** One statement: SKIP LOCKED passes over what another worker is leasing this moment, the lease over what it holds. */
export async function leaseJobs(session: Session, options: LeaseJobsOptions): Promise<Job[]> {
  const { topics, limit, owner, at, leaseMs } = options;
  const until = new Date(Date.parse(at) + leaseMs).toISOString();
  const rows = await session.rows<Job>(
    `WITH due AS MATERIALIZED (
       SELECT id FROM job
       WHERE topic = ANY ($1::text[]) AND run_at <= $3 AND (lease_until IS NULL OR lease_until <= $3)
         AND ${isWorkable('forward', 'job.id', '$3')}
       ORDER BY run_at, id LIMIT $2 FOR UPDATE SKIP LOCKED
     ), leased AS (
       UPDATE job SET lease_owner = $4, lease_until = $5
       FROM due WHERE job.id = due.id
       RETURNING job.id, job.topic, job.payload, job.attempts, job.run_at
     )
     SELECT id, topic, payload, attempts FROM leased ORDER BY run_at, id`,
    [[...topics], limit, at, owner, until],
  );
  return rows.map(typed);
}

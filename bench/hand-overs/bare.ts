import pg from 'pg';

/** Takes the next job by one statement; SKIP LOCKED passes over what another loop takes. */
const take = `UPDATE job SET lease_owner = 'bare', lease_until = now() + interval '15 seconds' WHERE id = (
    SELECT id FROM job WHERE run_at <= now() AND lease_until IS NULL ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
  RETURNING id, payload->>'filingId' AS "filingId", payload->>'submissionId' AS "submissionId"`;

interface Taken {
  readonly id: string;
  readonly filingId: string;
  readonly submissionId: string;
}

const marks = [
  [`UPDATE submission SET receipt = 'r', received_at = now() WHERE id = $1`, 'submissionId'],
  [`UPDATE filing SET state = 'awaiting_sms', version = version + 1, updated_at = now() WHERE id = $1`, 'filingId'],
  [
    `INSERT INTO filing_event (filing_id, at, actor_id, actor_role, type, detail)
     VALUES ($1, now(), 'system', 'worker', 'FilingForwarded', '{}')`,
    'filingId',
  ],
  [
    `INSERT INTO audit (id, at, actor_id, actor_role, action, object_kind, object_id, detail)
     VALUES ('bare ' || $1, now(), 'system', 'worker', 'FilingForwarded', 'filing', $1, '{}')`,
    'filingId',
  ],
  [`DELETE FROM job WHERE id = $1`, 'id'],
] as const;

/**
 * The limit: takes jobs and marks them as handed over with the rows that the worker writes, and nothing else. Nothing is read,
 * decided, opened or asked.
 * @param loops so many at a time, as many as the worker has sessions
 */
export async function takeAndMark(databaseUrl: string, loops: number): Promise<void> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: loops });
  const loop = async () => {
    const client = await pool.connect();
    try {
      for (;;) {
        const { rows } = await client.query<Taken>({ name: 'take', text: take });
        const [job] = rows;
        if (job === undefined) return;
        await client.query('BEGIN');
        for (const [index, [text, key]] of marks.entries()) {
          await client.query({ name: `mark ${index}`, text, values: [job[key]] });
        }
        await client.query('COMMIT');
      }
    } finally {
      client.release();
    }
  };
  await Promise.all(Array.from({ length: loops }, loop));
  await pool.end();
}

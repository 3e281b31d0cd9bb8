import type { AuditPosition, AuditSeal, AuditSealRows, SealedAuditRow } from '../../ports/audit.ts';
import type { Session } from '../engine/session.ts';

/** An arbitrary number that only we use. */
const lockKey = 7_202_611_23;

/** With microseconds, whatever somebody wrote past us. */
const exactly = (column: string) =>
  `CASE WHEN isfinite(${column}) THEN to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
   ELSE ${column}::text END`;

const sealColumns = `sequence, day, ${exactly('through_at')} AS "throughAt", through_id AS "throughId",
  row_count AS "rowCount", row_digests AS "rowDigests", digest, sealed_digest AS "sealedDigest", made_at AS "sealedAt"`;

/** Ids in the order of their bytes: another collation, after a move to another server, must not change the order. */
const order = 'at, id COLLATE "C"';

/** Columns that are NULL are left out, so that a column added later changes no digest of rows before it. */
const rowColumns = `${exactly('at')} AS "exactAt", jsonb_strip_nulls(to_jsonb(audit) - 'at' - 'detail') AS rest, detail`;

interface StoredSeal extends Omit<AuditSeal, 'through'> {
  readonly throughAt: string;
  readonly throughId: string;
}
interface StoredRow {
  readonly exactAt: string;
  readonly rest: Readonly<Record<string, unknown>> & { readonly id: string };
  readonly detail: unknown;
}

export function auditSealRows(session: Session): AuditSealRows {
  const seals = async (tail: string, values: readonly unknown[]): Promise<AuditSeal[]> => {
    const rows = await session.rows<StoredSeal>(`SELECT ${sealColumns} FROM audit_seal ${tail}`, values);
    return rows.map(({ throughAt, throughId, ...seal }) => ({ ...seal, through: { at: throughAt, id: throughId } }));
  };
  const rows = async (
    after: AuditPosition | null,
    [end, ...values]: readonly [string, ...unknown[]],
    limit: number,
  ): Promise<SealedAuditRow[]> => {
    // `at >= $1` besides the comparison of both, for the index.
    const start = after === null ? '$1::text IS NULL AND $2::text IS NULL' : `at >= $1 AND (${order}) > ($1, $2)`;
    // Chosen first, shaped afterwards: whatever plan is taken for a large audit, only the page's rows become JSON.
    const found = await session.rows<StoredRow>(
      `SELECT ${rowColumns} FROM (SELECT * FROM audit WHERE ${start} AND ${end} ORDER BY ${order} LIMIT $3) AS audit
       ORDER BY ${order}`,
      [after?.at ?? null, after?.id ?? null, limit, ...values],
    );
    return found.map(({ exactAt, rest, detail }) => ({ ...rest, ...(detail !== null && { detail }), at: exactAt }));
  };
  return {
    async lock() {
      const row = await session.row<{ locked: boolean }>('SELECT pg_try_advisory_xact_lock($1::bigint) AS locked', [
        lockKey,
      ]);
      return row?.locked === true;
    },
    async oldestWriterMs() {
      const row = await session.row<{ ms: number | null }>(
        `SELECT ceil(extract(epoch FROM now() - min(xact_start)) * 1000)::integer AS ms FROM pg_stat_activity
         WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()`,
      );
      return Math.max(0, row?.ms ?? 0);
    },
    findLast: async () => (await seals('ORDER BY sequence DESC LIMIT 1', []))[0] ?? null,
    findLastBefore: async (day) =>
      (await seals('WHERE day < $1 ORDER BY day DESC, sequence DESC LIMIT 1', [day]))[0] ?? null,
    find: async (sequence) => (await seals('WHERE sequence = $1', [sequence]))[0] ?? null,
    async countRows(first, last) {
      const row = await session.row<{ rows: number }>(
        'SELECT sum(row_count)::integer AS rows FROM audit_seal WHERE sequence BETWEEN $1 AND $2',
        [first, last],
      );
      return row?.rows ?? 0;
    },
    listAfter: (sequence, limit) => seals('WHERE sequence > $1 ORDER BY sequence LIMIT $2', [sequence, limit]),
    async insert({ sequence, day, through, rowCount, rowDigests, digest, sealedDigest, sealedAt }) {
      await session.write(
        `INSERT INTO audit_seal (sequence, day, through_at, through_id, row_count, row_digests, digest, sealed_digest,
           made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [sequence, day, through.at, through.id, rowCount, rowDigests, digest, sealedDigest, sealedAt],
      );
    },
    rowsBefore: (after, before, limit) => rows(after, ['at < $4', before], limit),
    rowsThrough: (after, through, limit) =>
      rows(after, [`at <= $4 AND (${order}) <= ($4, $5)`, through.at, through.id], limit),
    async deleteThrough(after, through) {
      const start = after === null ? '$1::text IS NULL AND $2::text IS NULL' : `at >= $1 AND (${order}) > ($1, $2)`;
      // What was said in these rows goes with them.
      const row = await session.row<{ count: number }>(
        `WITH gone AS (DELETE FROM audit WHERE ${start} AND at <= $3 AND (${order}) <= ($3, $4) RETURNING detail),
           said AS (DELETE FROM said_text WHERE of_audit AND id IN (
             SELECT (regexp_matches(detail::text, 'txt_[0-9A-Za-z]+', 'g'))[1] FROM gone WHERE detail::text LIKE '%txt!_%' ESCAPE '!'))
         SELECT count(*)::integer AS count FROM gone`,
        [after?.at ?? null, after?.id ?? null, through.at, through.id],
      );
      return row?.count ?? 0;
    },
    async countAfter(after, atMost) {
      const condition = after === null ? '$1::text IS NULL AND $2::text IS NULL' : `at >= $1 AND (${order}) > ($1, $2)`;
      const row = await session.row<{ rows: number; oldestAt: string | null }>(
        `SELECT count(*) AS rows, min(at) AS "oldestAt"
         FROM (SELECT at FROM audit WHERE ${condition} ORDER BY ${order} LIMIT $3) AS unsealed`,
        [after?.at ?? null, after?.id ?? null, atMost ?? null],
      );
      return row ?? { rows: 0, oldestAt: null };
    },
  };
}

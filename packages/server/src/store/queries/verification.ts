import type { VerificationRow, VerificationRows } from '../../ports/verification.ts';
import type { Session } from '../engine/session.ts';

const columns = `v.id, v.filing_id AS "filingId", v.role, v.person_hash AS "personHash", v.way, v.state,
  v.started_by AS "startedBy", v.started_at AS "startedAt", v.outside_id AS "outsideId", v.link, v.link_until AS "linkUntil",
  v.poll_at AS "pollAt", v.polls, v.result_at AS "resultAt", v.valid_until AS "validUntil", v.reason, v.comment,
  v.decided_by AS "decidedBy"`;

/** In the order of the columns of `insert`. */
const inserted = [
  'id',
  'filingId',
  'role',
  'personHash',
  'way',
  'state',
  'startedBy',
  'startedAt',
  'outsideId',
  'link',
  'linkUntil',
  'pollAt',
  'polls',
  'resultAt',
  'validUntil',
  'reason',
  'comment',
  'decidedBy',
] as const satisfies readonly (keyof VerificationRow)[];
const valuesOf = (row: VerificationRow) => inserted.map((column) => row[column]);

export function verificationRows(session: Session): VerificationRows {
  return {
    async insert(row) {
      await session.write(
        `INSERT INTO verification (id, filing_id, role, person_hash, way, state, started_by, started_at, outside_id, link,
           link_until, poll_at, polls, result_at, valid_until, reason, comment, decided_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
        valuesOf(row),
      );
    },
    findForUpdate: (id) =>
      session.row<VerificationRow>(`SELECT ${columns} FROM verification v WHERE v.id = $1 FOR UPDATE`, [id]),
    list: (filingId) =>
      session.rows<VerificationRow>(
        `SELECT ${columns} FROM verification v WHERE v.filing_id = $1 ORDER BY v.started_at, v.id`,
        [filingId],
      ),
    async putLink(id, { outsideId, link, linkUntil, pollAt }) {
      // A result that was faster than the answer to the start has ended the try already: then nobody needs the link.
      await session.write(
        `UPDATE verification SET outside_id = $2, link_until = $4,
           link = CASE WHEN state = 'waiting' THEN $3::text END, poll_at = CASE WHEN state = 'waiting' THEN $5::timestamptz END
         WHERE id = $1`,
        [id, outsideId, link, linkUntil, pollAt],
      );
    },
    async deleteUnbegun(id) {
      await session.write(
        `DELETE FROM verification v WHERE v.id = $1 AND v.state = 'waiting' AND v.outside_id IS NULL
           AND NOT EXISTS (SELECT 1 FROM verification_result r WHERE r.verification_id = v.id)`,
        [id],
      );
    },
    async addResult(verificationId, { resultId, outcome, at, reason }, receivedAt) {
      const added = await session.write(
        `INSERT INTO verification_result (verification_id, result_id, outcome, at, reason, received_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
        [verificationId, resultId, outcome, at, reason, receivedAt],
      );
      return added === 1;
    },
    async conclude(id, { state, resultAt, validUntil, reason }) {
      const written = await session.write(
        `UPDATE verification SET state = $2::text, result_at = $3, valid_until = $4, reason = $5, link = NULL, poll_at = NULL
         WHERE id = $1 AND (result_at IS NULL OR result_at < $3
           OR (result_at = $3 AND state = 'passed' AND $2::text = 'failed'))`,
        [id, state, resultAt, validUntil, reason],
      );
      return written === 1;
    },
    takeToPoll: (at, until, limit) =>
      session.rows<VerificationRow>(
        `UPDATE verification v SET poll_at = $2, polls = v.polls + 1
         WHERE v.id IN (SELECT id FROM verification WHERE poll_at <= $1 ORDER BY poll_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING ${columns}`,
        [at, until, limit],
      ),
    async putPoll(id, pollAt) {
      await session.write(`UPDATE verification SET poll_at = $2 WHERE id = $1 AND state = 'waiting'`, [id, pollAt]);
    },
  };
}

import type { CodeRow, CodeRows } from '../../ports/store.ts';
import { type Session, where } from '../session.ts';

export const codeColumns = `id, resource_id AS "resourceId", issuer_account_id AS "issuerAccountId",
  grantee_account_id AS "granteeAccountId", sealed, tail, spend_id AS "spendId", note, issued_at AS "issuedAt",
  granted_at AS "grantedAt", bound_filing_id AS "boundFilingId", bound_at AS "boundAt", used_at AS "usedAt",
  revoked_at AS "revokedAt", stopped_at AS "stoppedAt"`;

export function codeRows(session: Session): CodeRows {
  return {
    find: (id) => session.row<CodeRow>(`SELECT ${codeColumns} FROM filing_code WHERE id = $1`, [id]),
    findByLookupHash: (lookupHash) =>
      session.row<CodeRow>(`SELECT ${codeColumns} FROM filing_code WHERE lookup_hash = $1`, [lookupHash]),
    list({ issuerAccountId, granteeAccountId, resourceId, after, limit }) {
      const filter = where([
        issuerAccountId === undefined ? null : ['issuer_account_id = $?', issuerAccountId],
        granteeAccountId === undefined ? null : ['grantee_account_id = $?', granteeAccountId],
        resourceId === undefined ? null : ['resource_id = $?', resourceId],
        after === undefined ? null : ['id < $?', after],
      ]);
      return session.rows<CodeRow>(
        `SELECT ${codeColumns} FROM filing_code ${filter.sql} ORDER BY id DESC LIMIT $${filter.values.length + 1}`,
        [...filter.values, limit],
      );
    },
    async grant(id, granteeAccountId, at) {
      const written = await session.write(
        `UPDATE filing_code SET changed_at = $3, grantee_account_id = $2, granted_at = CASE WHEN $2::text IS NOT NULL THEN $3::timestamptz END
         WHERE id = $1 AND bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL`,
        [id, granteeAccountId, at],
      );
      return written === 1;
    },
    async bind(id, filingId, at) {
      const written = await session.write(
        `UPDATE filing_code SET changed_at = $3, bound_filing_id = $2, bound_at = $3
         WHERE id = $1 AND bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL`,
        [id, filingId, at],
      );
      return written === 1;
    },
    async release(id, filingId, at) {
      const written = await session.write(
        `UPDATE filing_code SET changed_at = $3, bound_filing_id = NULL, bound_at = NULL
         WHERE id = $1 AND bound_filing_id = $2 AND used_at IS NULL`,
        [id, filingId, at],
      );
      return written === 1;
    },
    async consume(id, filingId, at) {
      const written = await session.write(
        `UPDATE filing_code SET changed_at = $3, used_at = $3
         WHERE id = $1 AND bound_filing_id = $2 AND used_at IS NULL`,
        [id, filingId, at],
      );
      return written === 1;
    },
    async repoint(id, { resourceId, ledgerKey, spendId }, at) {
      // Asked first, under the ledger's lock: letting the CHECK refuse would end the caller's transaction.
      const done = await session.row<{ free: number; moved: number }>(
        `WITH old AS (
           SELECT id, spend_id FROM filing_code
           WHERE id = $1 AND bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL FOR UPDATE
         ), stays AS (
           SELECT 1 FROM old JOIN quota_spend ON quota_spend.id = old.spend_id AND quota_spend.ledger_key = $3
         ), room AS (
           SELECT ledger_key FROM quota WHERE ledger_key = $3 AND (capacity IS NULL OR spent < capacity)
             AND EXISTS (SELECT FROM old) AND NOT EXISTS (SELECT FROM stays) FOR NO KEY UPDATE
         ), taken AS (
           INSERT INTO quota_spend (id, ledger_key, holder, spent_at) SELECT $4, ledger_key, 'code', $5 FROM room
           RETURNING id
         ), given AS (
           UPDATE quota_spend SET returned_at = $5 FROM old, taken WHERE quota_spend.id = old.spend_id
         ), moved AS (
           UPDATE filing_code SET changed_at = $5, resource_id = $2,
             spend_id = coalesce((SELECT id FROM taken), filing_code.spend_id)
           FROM old WHERE filing_code.id = old.id AND (EXISTS (SELECT FROM stays) OR EXISTS (SELECT FROM taken))
           RETURNING 1
         )
         SELECT (SELECT count(*) FROM old) AS free, (SELECT count(*) FROM moved) AS moved`,
        [id, resourceId, ledgerKey, spendId, at],
      );
      if (done?.moved === 1) return 'repointed';
      return done?.free === 1 ? 'quota_exhausted' : 'wrong_state';
    },
    listAlive: (resourceId) =>
      session.rows<CodeRow>(
        `SELECT ${codeColumns} FROM filing_code
         WHERE resource_id = $1 AND used_at IS NULL AND revoked_at IS NULL AND stopped_at IS NULL ORDER BY id`,
        [resourceId],
      ),
    async hasAny(resourceId) {
      return (
        (await session.row('SELECT 1 AS one FROM filing_code WHERE resource_id = $1 LIMIT 1', [resourceId])) !== null
      );
    },
    async stop(ids, at) {
      await session.write('UPDATE filing_code SET stopped_at = $2 WHERE id = ANY ($1::text[]) AND stopped_at IS NULL', [
        [...ids],
        at,
      ]);
    },
    async revoke(id, at) {
      const written = await session.write(
        `UPDATE filing_code SET changed_at = $2, revoked_at = $2
         WHERE id = $1 AND bound_filing_id IS NULL AND used_at IS NULL AND revoked_at IS NULL`,
        [id, at],
      );
      return written === 1;
    },
  };
}

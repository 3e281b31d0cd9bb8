import type { CodeRow, CodeRows } from '../../ports/store.ts';
import { type Session, where } from '../session.ts';

const columns = `id, resource_id AS "resourceId", issuer_account_id AS "issuerAccountId",
  grantee_account_id AS "granteeAccountId", sealed, tail, spend_id AS "spendId", note, issued_at AS "issuedAt",
  granted_at AS "grantedAt", bound_filing_id AS "boundFilingId", bound_at AS "boundAt", used_at AS "usedAt",
  revoked_at AS "revokedAt"`;

export function codeRows(session: Session): CodeRows {
  return {
    find: (id) => session.row<CodeRow>(`SELECT ${columns} FROM filing_code WHERE id = $1`, [id]),
    findByLookupHash: (lookupHash) =>
      session.row<CodeRow>(`SELECT ${columns} FROM filing_code WHERE lookup_hash = $1`, [lookupHash]),
    list({ issuerAccountId, granteeAccountId, resourceId }) {
      const filter = where([
        issuerAccountId === undefined ? null : ['issuer_account_id = $?', issuerAccountId],
        granteeAccountId === undefined ? null : ['grantee_account_id = $?', granteeAccountId],
        resourceId === undefined ? null : ['resource_id = $?', resourceId],
      ]);
      return session.rows<CodeRow>(`SELECT ${columns} FROM filing_code ${filter.sql} ORDER BY id DESC`, filter.values);
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

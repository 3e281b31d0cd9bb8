import type { ContestRow, ContestRows } from '../../ports/contests.ts';
import type { Session } from '../engine/session.ts';
import { type Keyset, pageClause } from './keyset.ts';

const columns = `id, filing_id AS "filingId", account_id AS "accountId", holder_filing_id AS "holderFilingId",
  holder_account_id AS "holderAccountId", about, domain_name AS "domainName", sealed_statement AS "sealedStatement",
  opened_at AS "openedAt",
  decision, reasons, decided_by AS "decidedBy", decided_at AS "decidedAt"`;
const newestFirst: Keyset = { columns: [['id', 'text']], descending: true };

export function contestRows(session: Session): ContestRows {
  return {
    async insert(row) {
      const inserted = await session.write(
        `INSERT INTO contest (id, filing_id, account_id, holder_filing_id, holder_account_id, about, domain_name,
           sealed_statement, opened_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING`,
        [
          row.id,
          row.filingId,
          row.accountId,
          row.holderFilingId,
          row.holderAccountId,
          row.about,
          row.domainName,
          row.sealedStatement,
          row.openedAt,
        ],
      );
      return inserted === 1;
    },
    find: (id) => session.row<ContestRow>(`SELECT ${columns} FROM contest WHERE id = $1`, [id]),
    list({ accountId, undecided, ...page }) {
      const conditions = [
        accountId === undefined ? null : (['account_id = $?', accountId] as const),
        undecided ? (['decided_at IS NULL', null] as const) : null,
      ];
      const { sql, values } = pageClause(newestFirst, conditions, page);
      return session.rows<ContestRow>(`SELECT ${columns} FROM contest ${sql}`, values);
    },
    closeOf: (filingId, at) =>
      session.rows<ContestRow>(
        `UPDATE contest SET decision = 'closed', decided_at = $2
         WHERE id IN (SELECT id FROM contest WHERE filing_id = $1 AND decided_at IS NULL
           UNION ALL SELECT id FROM contest WHERE holder_filing_id = $1 AND decided_at IS NULL)
         RETURNING ${columns}`,
        [filingId, at],
      ),
    reopenOf: (filingId) =>
      session.rows<ContestRow>(
        `UPDATE contest SET decision = NULL, decided_at = NULL
         WHERE decision = 'closed' AND id IN (SELECT id FROM contest WHERE filing_id = $1
             UNION ALL SELECT id FROM contest WHERE holder_filing_id = $1)
           AND NOT EXISTS (SELECT FROM filing WHERE filing.id IN (contest.filing_id, contest.holder_filing_id)
             AND filing.state IN ('filed', 'abandoned'))
           AND NOT EXISTS (SELECT FROM contest other WHERE other.filing_id = contest.filing_id AND other.decided_at IS NULL)
         RETURNING ${columns}`,
        [filingId],
      ),
    async decide(id, { decision, reasons, decidedBy, at }) {
      const written = await session.write(
        `UPDATE contest SET decision = $2, reasons = $3, decided_by = $4, decided_at = $5
         WHERE id = $1 AND decided_at IS NULL`,
        [id, decision, reasons, decidedBy, at],
      );
      return written === 1;
    },
  };
}

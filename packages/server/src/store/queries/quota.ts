import type { AccountRow } from '../../ports/accounts.ts';
import type { QuotaRow, QuotaRows } from '../../ports/code-ledger.ts';
import type { Session } from '../engine/session.ts';

const columns = `ledger_key AS "ledgerKey", capacity, spent`;

export function quotaRows(session: Session): QuotaRows {
  return {
    find: (ledgerKey) => session.row<QuotaRow>(`SELECT ${columns} FROM quota WHERE ledger_key = $1`, [ledgerKey]),
    async listWithAccounts(ledgerKeys, accountIds) {
      const rows = await session.rows<
        ({ readonly isLedger: true } & QuotaRow) | ({ readonly isLedger: false } & AccountRow)
      >(
        `SELECT true AS "isLedger", ${columns}, NULL AS id, NULL AS "realName", NULL AS "displayName"
         FROM quota WHERE ledger_key = ANY ($1::text[])
         UNION ALL
         SELECT false, NULL, NULL, NULL, id, real_name, display_name FROM account WHERE id = ANY ($2::text[])`,
        [[...ledgerKeys], [...accountIds]],
      );
      return {
        ledgers: rows.flatMap((row) =>
          row.isLedger ? [{ ledgerKey: row.ledgerKey, capacity: row.capacity, spent: row.spent }] : [],
        ),
        accounts: rows.flatMap((row) =>
          row.isLedger ? [] : [{ id: row.id, realName: row.realName, displayName: row.displayName }],
        ),
      };
    },
    async put(ledgerKey, capacity, at) {
      await session.write(
        `INSERT INTO quota (ledger_key, capacity, changed_at) VALUES ($1, $2::integer, $3)
         ON CONFLICT (ledger_key) DO UPDATE SET changed_at = excluded.changed_at,
           capacity = CASE WHEN excluded.capacity IS NOT NULL THEN greatest(excluded.capacity, quota.spent) END`,
        [ledgerKey, capacity, at],
      );
    },
    async spendDirect({ spendId, ledgerKey, filingId, at }) {
      // Asked first, under the ledger's lock: letting the CHECK refuse would end the caller's transaction.
      const spent = await session.write(
        `WITH room AS (
           SELECT ledger_key FROM quota
           WHERE ledger_key = $2 AND (capacity IS NULL OR spent < capacity) FOR NO KEY UPDATE
         )
         INSERT INTO quota_spend (id, ledger_key, holder, filing_id, spent_at)
         SELECT $1, ledger_key, 'direct', $3, $4 FROM room`,
        [spendId, ledgerKey, filingId, at],
      );
      return spent === 1;
    },
    listLiveOfFiling: (filingId) =>
      session.rows(
        `SELECT id AS "spendId", ledger_key AS "ledgerKey" FROM quota_spend
         WHERE filing_id = $1 AND returned_at IS NULL ORDER BY id`,
        [filingId],
      ),
    listSpends: (spendIds) =>
      session.rows(
        `SELECT id AS "spendId", ledger_key AS "ledgerKey" FROM quota_spend
         WHERE id = ANY ($1::text[]) ORDER BY ledger_key, id`,
        [[...spendIds]],
      ),
    async holderOfSubject(subjectHash, newId) {
      await session.write('INSERT INTO subject_holder (id, subject_hash) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
        newId,
        subjectHash,
      ]);
      const row = await session.row<{ id: string }>('SELECT id FROM subject_holder WHERE subject_hash = $1', [
        subjectHash,
      ]);
      return row?.id ?? newId;
    },
    async returnSpend(spendId, at) {
      const returned = await session.write(
        'UPDATE quota_spend SET returned_at = $2 WHERE id = $1 AND returned_at IS NULL',
        [spendId, at],
      );
      return returned === 1;
    },
  };
}

import type { AccountInStore, AccountRow, AccountRows } from '../../ports/accounts.ts';
import { type Session, toJson, where } from '../engine/session.ts';
import { foundIds, gramsOf } from './found-ids.ts';
import { type Keyset, pageClause } from './keyset.ts';
import { countAll } from './row-counts.ts';

const columns = `id, real_name AS "realName", display_name AS "displayName", may_file_for_others AS "mayFileForOthers"`;
const byId: Keyset = { columns: [['id', 'text']] };

const inRow = `(strpos(lower(id), lower($?)) > 0 OR strpos(lower(display_name), lower($?)) > 0)`;

/** The first part is the one that the indexes account_search and account_by_sixes answer. */
const found = (search: string) => `(${gramsOf(`id || ' ' || display_name`, search)} AND ${inRow})`;

export function accountRows(session: Session): AccountRows {
  // Rows are locked in the order of their ids.
  const putAll = async (rows: readonly AccountRow[], at: string) => {
    await session.write(
      `INSERT INTO account (id, real_name, display_name, changed_at)
       SELECT id, "realName", "displayName", $2::timestamptz
       FROM jsonb_to_recordset($1::jsonb) AS given (id text, "realName" text, "displayName" text) ORDER BY id
       ON CONFLICT (id) DO UPDATE SET real_name = excluded.real_name, changed_at = excluded.changed_at,
         display_name = CASE excluded.display_name WHEN '' THEN account.display_name ELSE excluded.display_name END`,
      [toJson(rows), at],
    );
  };
  return {
    find: (id) => session.row<AccountInStore>(`SELECT ${columns} FROM account WHERE id = $1`, [id]),
    async lock(id) {
      await session.row('SELECT id FROM account WHERE id = $1 FOR NO KEY UPDATE', [id]);
    },
    list({ search, ...page }) {
      if (search === undefined) {
        const { sql, values } = pageClause(byId, [], page);
        return session.rows<AccountInStore>(`SELECT ${columns} FROM account ${sql}`, values);
      }
      const way = {
        table: 'account',
        keyset: byId,
        conditions: [],
        near: 500,
        search,
        byRow: inRow,
        byGrams: found(search),
      };
      const { sql, values } = foundIds(way, page);
      return session.rows<AccountInStore>(`SELECT ${columns} FROM account WHERE id IN (${sql}) ORDER BY id`, values);
    },
    async count({ search }) {
      if (search === undefined) return countAll(session, 'account');
      const { sql, values } = where([[found(search), search]]);
      return (await session.row<{ count: number }>(`SELECT count(*) AS count FROM account ${sql}`, values))?.count ?? 0;
    },
    listNamed(name, limit) {
      const grams = gramsOf(`id || ' ' || display_name`, name, '$1');
      return session.rows<AccountInStore>(
        `SELECT ${columns} FROM account WHERE ${grams} AND (id = $1 OR lower(display_name) = lower($1)) ORDER BY id LIMIT $2`,
        [name, limit],
      );
    },
    listByIds: (ids) =>
      session.rows<AccountInStore>(`SELECT ${columns} FROM account WHERE id = ANY ($1::text[]) ORDER BY id`, [
        [...ids],
      ]),
    async listAcquainted(accountId, ids) {
      const rows = await session.rows<{ id: string }>(
        `SELECT id FROM unnest($2::text[]) AS asked (id) WHERE
           EXISTS (SELECT FROM filing_code c WHERE c.grantee_account_id = asked.id AND c.issuer_account_id = $1)
           OR EXISTS (SELECT FROM filing_code c WHERE c.grantee_account_id = $1 AND c.issuer_account_id = asked.id)`,
        [accountId, [...ids]],
      );
      return rows.map(({ id }) => id);
    },
    put: (row, at) => putAll([row], at),
    putAll,
    setAgency: (id, mayFileForOthers, at) =>
      session.row<AccountInStore>(
        `UPDATE account SET may_file_for_others = $2, changed_at = $3 WHERE id = $1 RETURNING ${columns}`,
        [id, mayFileForOthers, at],
      ),
  };
}

import type { AccountRow, AccountRows } from '../../ports/accounts.ts';
import type { Session } from '../engine/session.ts';

const columns = `id, real_name AS "realName", display_name AS "displayName"`;

export function accountRows(session: Session): AccountRows {
  return {
    find: (id) => session.row<AccountRow>(`SELECT ${columns} FROM account WHERE id = $1`, [id]),
    list: () => session.rows<AccountRow>(`SELECT ${columns} FROM account ORDER BY id`),
    async put(row, at) {
      await session.write(
        `INSERT INTO account (id, real_name, display_name, changed_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET real_name = excluded.real_name, changed_at = excluded.changed_at,
           display_name = CASE excluded.display_name WHEN '' THEN account.display_name ELSE excluded.display_name END`,
        [row.id, row.realName, row.displayName, at],
      );
    },
  };
}

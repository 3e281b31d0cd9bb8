import type { ResourceRow, ResourceRows } from '../../ports/store.ts';
import { type Session, toJson, where } from '../session.ts';

const columns = `id, account_id AS "accountId", provider, product, facts, version`;

export function resourceRows(session: Session): ResourceRows {
  const find = (id: string) => session.row<ResourceRow>(`SELECT ${columns} FROM resource WHERE id = $1`, [id]);
  return {
    find,
    findForShare: (id) => session.row<ResourceRow>(`SELECT ${columns} FROM resource WHERE id = $1 FOR SHARE`, [id]),
    list({ accountId }) {
      const filter = where([accountId === null ? null : ['account_id = $?', accountId]]);
      return session.rows<ResourceRow>(`SELECT ${columns} FROM resource ${filter.sql} ORDER BY id`, filter.values);
    },
    async put(row, at) {
      // The version rises by trigger, and only when something differs.
      const written = await session.row<ResourceRow>(
        `INSERT INTO resource (id, account_id, provider, product, facts, changed_at)
         VALUES ($1, $2, $3, $4, $5::jsonb, $6)
         ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, provider = excluded.provider,
           product = excluded.product, facts = excluded.facts, changed_at = excluded.changed_at
         WHERE (resource.account_id, resource.provider, resource.product, resource.facts)
               IS DISTINCT FROM (excluded.account_id, excluded.provider, excluded.product, excluded.facts)
         RETURNING ${columns}`,
        [row.id, row.accountId, row.provider, row.product, toJson(row.facts), at],
      );
      const standing = written ?? (await find(row.id));
      if (standing === null) throw new Error(`resource ${row.id} vanished while it was written`);
      return standing;
    },
  };
}

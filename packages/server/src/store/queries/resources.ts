import type { IssuingFacts, ResourceRow, ResourceRows } from '../../ports/store.ts';
import { type Session, toJson, where } from '../session.ts';

export const resourceColumns = `id, account_id AS "accountId", provider, product, facts, version`;

export function resourceRows(session: Session): ResourceRows {
  const find = (id: string) => session.row<ResourceRow>(`SELECT ${resourceColumns} FROM resource WHERE id = $1`, [id]);
  return {
    find,
    findForShare: (id) =>
      session.row<ResourceRow>(`SELECT ${resourceColumns} FROM resource WHERE id = $1 FOR SHARE`, [id]),
    listByIds: (ids) =>
      session.rows<ResourceRow>(`SELECT ${resourceColumns} FROM resource WHERE id = ANY ($1::text[]) ORDER BY id`, [
        [...ids],
      ]),
    list({ accountId }) {
      const filter = where([accountId === null ? null : ['account_id = $?', accountId]]);
      return session.rows<ResourceRow>(
        `SELECT ${resourceColumns} FROM resource ${filter.sql} ORDER BY id`,
        filter.values,
      );
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
         RETURNING ${resourceColumns}`,
        [row.id, row.accountId, row.provider, row.product, toJson(row.facts), at],
      );
      const standing = written ?? (await find(row.id));
      if (standing === null) throw new Error(`resource ${row.id} vanished while it was written`);
      return standing;
    },
  };
}

/** One autocommitted read: the resource, its buyer, and whether the grantee is somebody. */
export async function findIssuing(
  session: Session,
  resourceId: string,
  granteeAccountId: string | null,
): Promise<IssuingFacts | null> {
  const row = await session.row<ResourceRow & { realName: string; displayName: string; granteeKnown: boolean }>(
    `SELECT resource.id, account_id AS "accountId", provider, product, facts, version, real_name AS "realName",
       display_name AS "displayName",
       $2::text IS NULL OR EXISTS (SELECT FROM account WHERE id = $2::text) AS "granteeKnown"
     FROM resource JOIN account ON account.id = resource.account_id WHERE resource.id = $1`,
    [resourceId, granteeAccountId],
  );
  if (row === null) return null;
  const { realName, displayName, granteeKnown, ...resource } = row;
  return { resource, account: { id: resource.accountId, realName, displayName }, granteeKnown };
}

import type { SupportAccessRow, SupportAccessRows, SupportView } from '../../ports/support-accesses.ts';
import type { Session } from '../engine/session.ts';
import { type Keyset, pageClause } from './keyset.ts';

// By LIMIT each row finds its session by the index; EXISTS reads all sessions.
const columns = `id, account_id AS "accountId", operator_id AS "operatorId", operator_name AS "operatorName", reason,
  begun_at AS "begunAt", until, ended_at AS "endedAt", ended_by AS "endedBy",
  (SELECT s.id FROM auth_session s WHERE s."supportAccessId" = support_access.id LIMIT 1) IS NOT NULL AS "inSession"`;
const newestFirst: Keyset = { columns: [['id', 'text']], descending: true };

const viewColumns = `id, access_id AS "accessId", operation, nullif(object_id, '') AS "objectId", first_at AS "firstAt",
  last_at AS "lastAt", count`;
const oldestFirst: Keyset = { columns: [['id', 'text']], descending: false };

export function supportAccessRows(session: Session): SupportAccessRows {
  return {
    async begin({ id, accountId, operatorId, operatorName, reason, begunAt, until }, sessionId) {
      const begun = await session.write(
        `UPDATE auth_session SET "supportAccessId" = $3, "supportAccountId" = $4, "supportUntil" = $5
         WHERE id = $1 AND "userId" = $2 AND ("supportUntil" IS NULL OR "supportUntil" <= $6)`,
        [sessionId, operatorId, id, accountId, until, begunAt],
      );
      if (begun !== 1) return false;
      await session.write(
        `INSERT INTO support_access (id, account_id, operator_id, operator_name, reason, begun_at, until)
         VALUES ($1, $2, $3, $4, $5, $6, $7)`,
        [id, accountId, operatorId, operatorName, reason, begunAt, until],
      );
      return true;
    },
    find: (id) => session.row<SupportAccessRow>(`SELECT ${columns} FROM support_access WHERE id = $1`, [id]),
    list({ accountId, ...page }) {
      const { sql, values } = pageClause(
        newestFirst,
        [accountId === null ? null : ['account_id = $?', accountId]],
        page,
      );
      return session.rows<SupportAccessRow>(`SELECT ${columns} FROM support_access ${sql}`, values);
    },
    async end(id, by, at) {
      const ended = await session.write(
        `UPDATE support_access SET ended_at = $2, ended_by = $3 WHERE id = $1 AND ended_at IS NULL AND until > $2`,
        [id, at, by],
      );
      await session.write(
        `UPDATE auth_session SET "supportAccessId" = NULL, "supportAccountId" = NULL, "supportUntil" = NULL
         WHERE "supportAccessId" = $1`,
        [id],
      );
      return ended === 1;
    },
    async countView({ id, accessId, operation, objectId, firstAt }) {
      const row = await session.row<{ count: number }>(
        `INSERT INTO support_view (id, access_id, operation, object_id, first_at, last_at, count)
         VALUES ($1, $2, $3, coalesce($4, ''), $5, $5, 1)
         ON CONFLICT (access_id, operation, object_id) DO UPDATE
           SET last_at = greatest(support_view.last_at, excluded.last_at), count = support_view.count + 1
         RETURNING count`,
        [id, accessId, operation, objectId, firstAt],
      );
      return row?.count === 1;
    },
    async countViews(accessId) {
      const row = await session.row<{ count: number }>(
        'SELECT count(*)::integer AS count FROM support_view WHERE access_id = $1',
        [accessId],
      );
      return row?.count ?? 0;
    },
    listViews({ accessId, ...page }) {
      const { sql, values } = pageClause(oldestFirst, [['access_id = $?', accessId]], page);
      return session.rows<SupportView>(`SELECT ${viewColumns} FROM support_view ${sql}`, values);
    },
  };
}

import type { AuditRow, AuditRows } from '../../ports/audit.ts';
import { type Session, toJson } from '../engine/session.ts';
import { shownObject } from '../engine/stored-json.ts';
import { type Keyset, pageClause } from './keyset.ts';

const newestFirst: Keyset = {
  columns: [
    ['audit.at', 'timestamptz'],
    ['id', 'text'],
  ],
  descending: true,
};

export function auditRows(session: Session): AuditRows {
  return {
    async append(row) {
      await session.write(
        `INSERT INTO audit (id, at, actor_id, actor_role, account_id, action, object_kind, object_id, detail,
           address, session_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11)`,
        [
          row.id,
          row.at,
          row.actorId,
          row.actorRole,
          row.accountId,
          row.action,
          row.objectKind,
          row.objectId,
          toJson(row.detail),
          row.address,
          row.sessionId,
        ],
      );
    },
    async list({ objectId, ...page }) {
      const { sql, values } = pageClause(
        newestFirst,
        [objectId === undefined ? null : ['object_id = $?', objectId]],
        page,
      );
      const rows = await session.rows<AuditRow>(
        `SELECT id, at, actor_id AS "actorId", actor_role AS "actorRole", account_id AS "accountId", action,
           object_kind AS "objectKind", object_id AS "objectId", detail, address, session_id AS "sessionId"
         FROM audit ${sql}`,
        values,
      );
      return rows.map((row) => ({
        ...row,
        detail: shownObject(row.detail, { table: 'audit', row: row.id, column: 'detail' }),
      }));
    },
  };
}

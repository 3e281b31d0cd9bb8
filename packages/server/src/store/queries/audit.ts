import type { AuditRow, AuditRows } from '../../ports/audit.ts';
import { type Session, toJson } from '../engine/session.ts';
import { shownObject } from '../engine/stored-json.ts';
import { type Condition, type Keyset, pageClause } from './keyset.ts';

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
    async list({ objectId, actorId, action, since, before, ...page }) {
      const given = (condition: string, value: string | undefined): Condition =>
        value === undefined ? null : [condition, value];
      const { sql, values } = pageClause(
        newestFirst,
        [
          given('object_id = $?', objectId),
          given('actor_id = $?', actorId),
          given('action = $?', action),
          given('audit.at >= $?::timestamptz', since),
          given('audit.at < $?::timestamptz', before),
        ],
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
    listNames: (ids) =>
      session.rows<{ id: string; name: string }>(
        `SELECT id, name FROM auth_user WHERE id = ANY ($1::text[])
         UNION ALL SELECT id, name FROM api_key WHERE id = ANY ($1::text[])
         UNION ALL SELECT id, display_name FROM account WHERE id = ANY ($1::text[]) AND display_name <> ''
         UNION ALL SELECT id, domain_name FROM filing WHERE id = ANY ($1::text[])`,
        [[...ids]],
      ),
  };
}

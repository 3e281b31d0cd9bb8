import type { ApiKeyRow, ApiKeyRows } from '../../ports/api-keys.ts';
import type { Session } from '../engine/session.ts';
import { type Condition, type Keyset, pageClause } from './keyset.ts';
import { lockOwner } from './owner-lock.ts';

const newestFirst: Keyset = { columns: [['id', 'text']], descending: true };

const columns = `id, account_id AS "accountId", name, scopes, secret_hash AS "secretHash", earlier_hash AS "earlierHash",
  earlier_until AS "earlierUntil", created_at AS "createdAt", created_by AS "createdBy", rotated_at AS "rotatedAt",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

/** Keys by their ids, in the order of the ids; null where there is none. */
export async function findApiKeys(session: Session, ids: readonly string[]): Promise<(ApiKeyRow | null)[]> {
  const rows = await session.rows<ApiKeyRow>(`SELECT ${columns} FROM api_key WHERE id = ANY ($1::text[])`, [[...ids]]);
  const found = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => found.get(id) ?? null);
}

/** What a key is follows from the time. */
const isIn = {
  active: 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $?::timestamptz)',
  expired: 'revoked_at IS NULL AND expires_at <= $?::timestamptz',
  revoked: 'revoked_at IS NOT NULL',
} as const;

export function apiKeyRows(session: Session): ApiKeyRows {
  return {
    async insert({ id, accountId, name, scopes, secretHash, expiresAt, createdAt, createdBy }, most) {
      await lockOwner(session, 'api_key', accountId);
      const written = await session.write(
        `INSERT INTO api_key (id, account_id, name, scopes, secret_hash, expires_at, created_at, created_by)
         SELECT $1, $2, $3, $4::text[], $5, $6, $7::timestamptz, $8
         WHERE (SELECT count(*) FROM api_key
                WHERE account_id = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $7)) < $9`,
        [id, accountId, name, [...scopes], secretHash, expiresAt, createdAt, createdBy, most],
      );
      return written === 1;
    },
    find: (id) => session.row<ApiKeyRow>(`SELECT ${columns} FROM api_key WHERE id = $1`, [id]),
    list({ accountId, state, ...page }) {
      const conditions: Condition[] = [
        accountId === null ? null : ['account_id = $?', accountId],
        state === undefined ? null : [isIn[state.is], state.is === 'revoked' ? null : state.at],
      ];
      const { sql, values } = pageClause(newestFirst, conditions, page);
      return session.rows<ApiKeyRow>(`SELECT ${columns} FROM api_key ${sql}`, values);
    },
    async rotate(id, { secretHash, earlierUntil, at, by }) {
      const written = await session.write(
        `UPDATE api_key SET earlier_hash = secret_hash, earlier_until = $3, secret_hash = $2, rotated_at = $4,
           earlier_rotated_by = rotated_by, rotated_by = $5
         WHERE id = $1 AND revoked_at IS NULL`,
        [id, secretHash, earlierUntil, at, by],
      );
      return written === 1;
    },
    async rehash(id, fromHash, toHash) {
      await session.write(
        'UPDATE api_key SET secret_hash = $3 WHERE id = $1 AND secret_hash = $2 AND revoked_at IS NULL',
        [id, fromHash, toHash],
      );
    },
    async revoke(id, at) {
      const written = await session.write('UPDATE api_key SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL', [
        id,
        at,
      ]);
      return written === 1;
    },
    async touch(id, at) {
      await session.write('UPDATE api_key SET last_used_at = $2 WHERE id = $1 AND revoked_at IS NULL', [id, at]);
    },
  };
}

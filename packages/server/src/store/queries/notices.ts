import type { NoticeRow, NoticeRows } from '../../ports/code-clock.ts';
import { type Session, where } from '../session.ts';

const columns = `id, account_id AS "accountId", type, about, notice.at, resource_id AS "resourceId",
  webhook_id AS "webhookId", codes, stops_on AS "stopsOn", days_left AS "daysLeft", read_at AS "readAt"`;

export function noticeRows(session: Session): NoticeRows {
  return {
    async add(row) {
      await session.write(
        `INSERT INTO notice (id, account_id, type, about, at, resource_id, webhook_id, codes, stops_on, days_left)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         ON CONFLICT (account_id, about) DO UPDATE SET codes = notice.codes + excluded.codes, read_at = NULL`,
        [
          ...[row.id, row.accountId, row.type, row.about, row.at, row.resourceId, row.webhookId, row.codes],
          ...[row.stopsOn, row.daysLeft],
        ],
      );
    },
    list(accountId, { unread, before, limit }) {
      const filter = where([
        ['account_id IS NOT DISTINCT FROM $?::text', accountId],
        before === undefined ? null : ['id < $?', before],
      ]);
      return session.rows<NoticeRow>(
        `SELECT ${columns} FROM notice ${filter.sql} ${unread ? 'AND read_at IS NULL' : ''}
         ORDER BY id DESC LIMIT $${filter.values.length + 1}`,
        [...filter.values, limit],
      );
    },
    deleteBefore: (instant, limit) =>
      session.write(
        `DELETE FROM notice WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM notice WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED))`,
        [instant, limit],
      ),
    async countUnread(accountId) {
      const counted = await session.row<{ count: number }>(
        'SELECT count(*) AS count FROM notice WHERE account_id IS NOT DISTINCT FROM $1::text AND read_at IS NULL',
        [accountId],
      );
      return counted?.count ?? 0;
    },
    async markRead(accountId, ids, at) {
      await session.write(
        `UPDATE notice SET read_at = $3 WHERE account_id IS NOT DISTINCT FROM $1::text AND read_at IS NULL
           AND ($2::text[] IS NULL OR id = ANY ($2::text[]))`,
        [accountId, ids === null ? null : [...ids], at],
      );
    },
  };
}

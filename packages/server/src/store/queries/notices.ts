import { Fault } from '@openbeian/model/fault';
import { z } from 'zod';
import type { NewNotice, NoticeRow, NoticeRows } from '../../ports/notices.ts';
import { type Session, toJson, where } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';
import { type Keyset, ownedBy, pageClause } from './keyset.ts';

const newestFirst: Keyset = { columns: [['id', 'text']], descending: true };

const columns = `id, account_id AS "accountId", type, about, notice.at, resource_id AS "resourceId",
  webhook_id AS "webhookId", filing_id AS "filingId", detail, codes,
  stops_on AS "stopsOn", days_left AS "daysLeft", read_at AS "readAt"`;

const detailShape = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));

/** One whose details cannot be read is shown without them. */
const readable = (row: NoticeRow): NoticeRow => {
  const detail = parseStored(detailShape, row.detail, { table: 'notice', row: row.id, column: 'detail' });
  return { ...row, detail: detail instanceof Fault ? {} : detail };
};

export function noticeRows(session: Session): NoticeRows {
  const insert = (row: NewNotice, onConflict: string) =>
    session.write(
      `INSERT INTO notice (id, account_id, type, about, at, resource_id, webhook_id, codes, stops_on, days_left,
           filing_id, detail, mail_next_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::jsonb,
           (SELECT $5::timestamptz + interval '2 minutes' FROM account_mail WHERE account_id = $2))
         ON CONFLICT (account_id, about) ${onConflict}`,
      [
        row.id,
        row.accountId,
        row.type,
        row.about,
        row.at,
        row.resourceId,
        row.webhookId,
        row.codes,
        row.stopsOn,
        row.daysLeft,
        row.filingId ?? null,
        toJson(row.detail ?? {}),
      ],
    );
  return {
    async add(row) {
      await insert(row, 'DO UPDATE SET codes = notice.codes + excluded.codes, read_at = NULL');
    },
    addOnce: async (row) => (await insert(row, 'DO NOTHING')) === 1,
    async takeBack(about, accountIds) {
      await session.write('DELETE FROM notice WHERE account_id = ANY ($1::text[]) AND about = $2', [
        [...accountIds],
        about,
      ]);
    },
    async list(accountId, { unread, ...page }) {
      const conditions = [ownedBy(accountId), unread ? (['read_at IS NULL', null] as const) : null];
      const { sql, values } = pageClause(newestFirst, conditions, page);
      return (await session.rows<NoticeRow>(`SELECT ${columns} FROM notice ${sql}`, values)).map(readable);
    },
    async deleteBefore(instant, limit) {
      const gone = await session.rows<{ id: string }>(
        `WITH gone AS (
           DELETE FROM notice WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM notice WHERE at < $1 ORDER BY at LIMIT $2 FOR UPDATE SKIP LOCKED)) RETURNING id
         ), unmailed AS (
           DELETE FROM work_failure WHERE kind = 'notice' AND item_id IN (SELECT id FROM gone)
         )
         SELECT id FROM gone`,
        [instant, limit],
      );
      return gone.length;
    },
    async countUnread(accountId) {
      const { sql, values } = where([ownedBy(accountId), ['read_at IS NULL', null]]);
      const counted = await session.row<{ count: number }>(`SELECT count(*) AS count FROM notice ${sql}`, values);
      return counted?.count ?? 0;
    },
    async findMail(accountId) {
      const sql = 'SELECT sealed FROM account_mail WHERE account_id = $1';
      return (await session.row<{ sealed: string }>(sql, [accountId]))?.sealed ?? null;
    },
    async putMail(accountId, sealed, at) {
      if (sealed === null) {
        await session.write('DELETE FROM account_mail WHERE account_id = $1', [accountId]);
        await session.write(
          'UPDATE notice SET mail_next_at = NULL WHERE account_id = $1 AND mail_next_at IS NOT NULL',
          [accountId],
        );
        await session.write(
          `DELETE FROM work_failure WHERE kind = 'notice' AND item_id IN (SELECT id FROM notice WHERE account_id = $1)`,
          [accountId],
        );
        return;
      }
      await session.write(
        `INSERT INTO account_mail (account_id, sealed, changed_at) VALUES ($1, $2, $3)
         ON CONFLICT (account_id) DO UPDATE SET sealed = excluded.sealed, changed_at = excluded.changed_at`,
        [accountId, sealed, at],
      );
    },
    async leaseMail(at, leaseMs, limit) {
      const rows = await session.rows<NoticeRow & { accountId: string; sealed: string; attempts: number }>(
        `WITH due AS (
           -- Joined before the limit: notices whose account has no address do not use up the batch.
           SELECT notice.id, account_mail.sealed FROM notice JOIN account_mail USING (account_id)
           WHERE mail_next_at <= $1 ORDER BY mail_next_at LIMIT $2 FOR UPDATE OF notice SKIP LOCKED
         )
         UPDATE notice SET mail_next_at = $3 FROM due WHERE notice.id = due.id
         RETURNING ${columns.replace('id,', 'notice.id,')}, due.sealed, mail_attempts AS attempts`,
        [at, limit, new Date(Date.parse(at) + leaseMs).toISOString()],
      );
      return rows.map(({ sealed, attempts, about: _about, ...notice }) => {
        return { notice, accountId: notice.accountId, sealed, attempts };
      });
    },
    async endMail(noticeId, nextAt, error, at) {
      await session.write(
        `UPDATE notice SET mail_next_at = $2::timestamptz, mail_error = $3,
           mail_attempts = mail_attempts + CASE WHEN $3::text IS NULL THEN 0 ELSE 1 END,
           mail_ended_at = CASE WHEN $2::timestamptz IS NULL THEN $4::timestamptz END
         WHERE id = $1`,
        [noticeId, nextAt, error, at],
      );
    },
    async markRead(accountId, ids, at) {
      const { sql, values } = where([
        ownedBy(accountId),
        ['read_at IS NULL', null],
        ids === null ? null : ['id = ANY ($?::text[])', [...ids]],
      ]);
      await session.write(`UPDATE notice SET read_at = $${values.length + 1} ${sql}`, [...values, at]);
    },
  };
}

import { Fault } from '@openbeian/model/fault';
import { z } from 'zod';
import type { DueMail, MailedPerson, NewNotice, NoticeChoice, NoticeRow, NoticeRows } from '../../ports/notices.ts';
import { type Session, toJson, where } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';
import { type Keyset, ownedBy, pageClause } from './keyset.ts';

const newestFirst: Keyset = { columns: [['id', 'text']], descending: true };

const columns = `id, account_id AS "accountId", type, about, notice.at, resource_id AS "resourceId",
  webhook_id AS "webhookId", filing_id AS "filingId", detail, codes,
  stops_on AS "stopsOn", days_left AS "daysLeft", read_at AS "readAt"`;

type Language = NoticeChoice['language'];
const isMailed = `sealed_mail IS NOT NULL AND "disabledAt" IS NULL`;
const ofProvider = `"accountId" IS NULL AND role IN ('operator', 'reviewer') AND ${isMailed}`;

/** SQL that is true of a notice whose account, or the provider, has somebody left to be mailed, besides addresses of the account. */
export const hasSomebodyToMail = `EXISTS (SELECT FROM auth_user WHERE "accountId" = notice.account_id AND ${isMailed}
  UNION ALL SELECT FROM auth_user WHERE notice.account_id IS NULL AND ${ofProvider})`;
const ofTypes = (types: readonly string[] | undefined) =>
  types === undefined ? null : (['type = ANY ($?::text[])', [...types]] as const);

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
           CASE WHEN EXISTS (SELECT FROM account_mail WHERE account_id = $2)
             OR ($13::boolean AND EXISTS (SELECT FROM auth_user WHERE ${row.accountId === null ? ofProvider : `"accountId" = $2 AND ${isMailed}`}))
             THEN $5::timestamptz + interval '2 minutes' END)
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
        row.mailsPeople === true,
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
    async list({ accountId, types }, { unread, ...page }) {
      const conditions = [ownedBy(accountId), ofTypes(types), unread ? (['read_at IS NULL', null] as const) : null];
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
    async countUnread({ accountId, types }) {
      const { sql, values } = where([ownedBy(accountId), ofTypes(types), ['read_at IS NULL', null]]);
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
          `UPDATE notice SET mail_next_at = NULL WHERE account_id = $1 AND mail_next_at IS NOT NULL
             AND NOT EXISTS (SELECT FROM auth_user WHERE "accountId" = $1 AND ${isMailed})`,
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
      const rows = await session.rows<NoticeRow & Omit<DueMail, 'notice'>>(
        `WITH due AS (
           SELECT notice.id, account_mail.sealed FROM notice LEFT JOIN account_mail USING (account_id)
           -- Before the limit: notices that nobody is left to be mailed of do not use up the batch.
           WHERE mail_next_at <= $1 AND (account_mail.account_id IS NOT NULL OR ${hasSomebodyToMail})
           ORDER BY mail_next_at LIMIT $2 FOR UPDATE OF notice SKIP LOCKED
         )
         UPDATE notice SET mail_next_at = $3 FROM due WHERE notice.id = due.id
         RETURNING ${columns.replace('id,', 'notice.id,')}, due.sealed, mail_attempts AS attempts, mail_sent AS sent`,
        [at, limit, new Date(Date.parse(at) + leaseMs).toISOString()],
      );
      return rows.map(({ sealed, attempts, sent, about: _about, ...notice }) => ({ notice, sealed, attempts, sent }));
    },
    async markMailSent(noticeId, digest, leasedUntil) {
      await session.write(
        `UPDATE notice SET mail_sent = array_append(mail_sent, $2::text), mail_next_at = $3::timestamptz WHERE id = $1`,
        [noticeId, digest, leasedUntil],
      );
    },
    async listMailed(accountId) {
      const rows = await session.rows<Omit<MailedPerson, 'chosen'> & { groups: string[] | null; language: Language }>(
        `SELECT auth_user.id AS "userId", role, sealed_mail AS "sealedMail", groups, language
         FROM auth_user LEFT JOIN notice_preference ON user_id = auth_user.id
         WHERE ${accountId === null ? ofProvider : `"accountId" = $1 AND ${isMailed}`} ORDER BY auth_user.id`,
        accountId === null ? [] : [accountId],
      );
      return rows.map(({ groups, language, ...person }) => {
        return { ...person, chosen: groups === null ? null : { groups, language } };
      });
    },
    findChoice: (userId) =>
      session.row<NoticeChoice>('SELECT groups, language FROM notice_preference WHERE user_id = $1', [userId]),
    async putChoice(userId, { groups, language }, at) {
      await session.write(
        `INSERT INTO notice_preference (user_id, groups, language, changed_at) VALUES ($1, $2::text[], $3, $4)
         ON CONFLICT (user_id) DO UPDATE
           SET groups = excluded.groups, language = excluded.language, changed_at = excluded.changed_at`,
        [userId, [...groups], language, at],
      );
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
    async markRead({ accountId, types }, ids, at) {
      const { sql, values } = where([
        ownedBy(accountId),
        ofTypes(types),
        [at === null ? 'read_at IS NOT NULL' : 'read_at IS NULL', null],
        ids === null ? null : ['id = ANY ($?::text[])', [...ids]],
      ]);
      await session.write(`UPDATE notice SET read_at = $${values.length + 1}::timestamptz ${sql}`, [...values, at]);
    },
  };
}

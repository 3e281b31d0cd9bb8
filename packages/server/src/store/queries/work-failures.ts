import type { ListedFailure, WorkFailureRows, WorkKind, WorkPayload } from '../../ports/work-failures.ts';
import type { Session } from '../engine/session.ts';
import { parseStoredText } from '../engine/stored-json.ts';
import { type Keyset, pageClause } from './keyset.ts';
import { faultIn, faultTexts, type WithFaultTexts } from './known-faults.ts';
import { messageShape } from './message-shapes.ts';
import { hasSomebodyToMail } from './notices.ts';
import { countAll } from './row-counts.ts';

/** The first column is the one of the index work_failure_listed, to the letter. */
const parkedFirst: Keyset = {
  columns: [
    [`coalesce(retry_at, '-infinity')`, 'timestamptz'],
    ['kind', 'text'],
    ['item_id', 'text'],
  ],
};

/** SQL that is true of an item of `kind` that is neither parked nor waiting to be tried again after `at`. */
export const isWorkable = (kind: WorkKind, item: string, at: string): string =>
  `NOT EXISTS (SELECT 1 FROM work_failure WHERE work_failure.kind = '${kind}' AND work_failure.item_id = ${item}
     AND (work_failure.retry_at IS NULL OR work_failure.retry_at > ${at}))`;

/** SQL that is true of the item `parameter` names, and of every item of `kind` that has not failed where it is NULL. */
export const isOneOrNeverFailed = (kind: WorkKind, item: string, parameter: string): string =>
  `(${item} = ${parameter} OR (${parameter}::text IS NULL AND NOT EXISTS (
     SELECT 1 FROM work_failure WHERE work_failure.kind = '${kind}' AND work_failure.item_id = ${item})))`;

const due = (session: Session, kind: WorkKind, at: string, limit: number) =>
  session.rows<{ itemId: string } & WorkPayload>(
    `SELECT item_id AS "itemId", payload, sealed_payload AS "sealedPayload" FROM work_failure
     WHERE kind = $1 AND retry_at <= $2 ORDER BY retry_at, item_id LIMIT $3`,
    [kind, at, limit],
  );

const mailSql = {
  notice: `UPDATE notice SET mail_next_at = $2::timestamptz,
      mail_attempts = CASE WHEN $2::timestamptz IS NULL THEN mail_attempts ELSE 0 END
    WHERE id = ANY ($1::text[]) AND (EXISTS (SELECT FROM account_mail WHERE account_mail.account_id = notice.account_id)
      OR ${hasSomebodyToMail})
    RETURNING id`,
  // Its due time is of another clock, which people's links are made by; at once is at once by any.
  link: `UPDATE person_mail SET due_at = CASE WHEN $2::timestamptz IS NOT NULL THEN '-infinity'::timestamptz END,
      attempts = CASE WHEN $2::timestamptz IS NULL THEN attempts ELSE 0 END
    WHERE user_id = ANY ($1::text[])
      AND EXISTS (SELECT FROM auth_user WHERE auth_user.id = user_id AND sealed_mail IS NOT NULL)
    RETURNING user_id AS id`,
};

/** What waits by itself goes along; mail that nothing is left of is no failure any more. */
async function rescheduleItems(session: Session, kind: WorkKind, ids: readonly string[], retryAt: string | null) {
  if (ids.length === 0) return;
  // A job waits by itself, too; an operator's retry is at once.
  if (kind === 'forward') {
    await session.write(
      `UPDATE job SET parked = $2::timestamptz IS NULL, run_at = coalesce(least(run_at, $2::timestamptz), run_at)
       WHERE id = ANY ($1::text[])`,
      [[...ids], retryAt],
    );
  }
  if (kind !== 'notice' && kind !== 'link') return;
  const mailed = await session.rows<{ id: string }>(mailSql[kind], [[...ids], retryAt]);
  const known = new Set(mailed.map(({ id }) => id));
  const gone = ids.filter((id) => !known.has(id));
  if (gone.length === 0) return;
  await session.write('DELETE FROM work_failure WHERE kind = $1 AND item_id = ANY ($2::text[])', [kind, gone]);
}

export function workFailureRows(session: Session): WorkFailureRows {
  return {
    async count(kind, itemId) {
      const row = await session.row<{ failures: number }>(
        'SELECT failures FROM work_failure WHERE kind = $1 AND item_id = $2',
        [kind, itemId],
      );
      return row?.failures ?? 0;
    },
    async put({ kind, itemId, payload, sealedPayload, failedAt, retryAt, lastError, lastFault = null }) {
      await session.write(
        `INSERT INTO work_failure (kind, item_id, payload, sealed_payload, failures, failed_at, retry_at, last_error, last_fault)
         VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8::text[])
         ON CONFLICT (kind, item_id) DO UPDATE SET payload = coalesce(excluded.payload, work_failure.payload),
           sealed_payload = coalesce(excluded.sealed_payload, work_failure.sealed_payload),
           failures = work_failure.failures + 1, failed_at = excluded.failed_at, retry_at = excluded.retry_at,
           last_error = excluded.last_error, last_fault = excluded.last_fault`,
        [kind, itemId, payload, sealedPayload, failedAt, retryAt, lastError, faultTexts(lastFault)],
      );
      if (kind !== 'forward') return;
      const waits = await session.write('UPDATE job SET parked = $2::timestamptz IS NULL WHERE id = $1', [
        itemId,
        retryAt,
      ]);
      // It was done, and only the answer to its commit was lost, or another worker was faster: nobody would ever try it again.
      if (waits === 0) await session.write('DELETE FROM work_failure WHERE kind = $1 AND item_id = $2', [kind, itemId]);
    },
    async add({ kind, itemId, payload, sealedPayload, failedAt, retryAt, lastError, lastFault = null }) {
      await session.write(
        `INSERT INTO work_failure (kind, item_id, payload, sealed_payload, failures, failed_at, retry_at, last_error, last_fault)
         VALUES ($1, $2, $3, $4, 1, $5, $6, $7, $8::text[]) ON CONFLICT DO NOTHING`,
        [kind, itemId, payload, sealedPayload, failedAt, retryAt, lastError, faultTexts(lastFault)],
      );
    },
    async clear(kind, itemId) {
      await session.write('DELETE FROM work_failure WHERE kind = $1 AND item_id = $2', [kind, itemId]);
    },
    async clearAll(kind, itemIds) {
      await session.write('DELETE FROM work_failure WHERE kind = $1 AND item_id = ANY ($2::text[])', [
        kind,
        [...itemIds],
      ]);
    },
    listDue: async (kind, at, limit) => (await due(session, kind, at, limit)).map(({ itemId }) => ({ itemId })),
    async listDueMessages(at, limit) {
      return (await due(session, 'message', at, limit)).map(({ itemId, payload, sealedPayload }) => ({
        itemId,
        sealedPayload,
        message:
          payload === null
            ? null
            : parseStoredText(messageShape, payload, {
                table: 'work_failure',
                row: `message ${itemId}`,
                column: 'payload',
              }),
      }));
    },
    async list({ kind, parked = false, ...page }) {
      const conditions = [
        kind === undefined ? null : (['kind = $?', kind] as const),
        parked ? (['retry_at IS NULL', null] as const) : null,
      ];
      const { sql, values } = pageClause(parkedFirst, conditions, page);
      const rows = await session.rows<WithFaultTexts<ListedFailure>>(
        `SELECT kind, item_id AS "itemId", failures, failed_at AS "failedAt", retry_at AS "retryAt",
           last_error AS "lastError", last_fault AS "lastFault",
           CASE kind WHEN 'overdue' THEN item_id
             WHEN 'forward' THEN (SELECT job.payload->>'filingId' FROM job WHERE job.id = item_id) END AS "filingId"
         FROM work_failure ${sql}`,
        values,
      );
      return rows.map((row) => ({ ...row, lastFault: faultIn(row.lastFault) }));
    },
    async countAll() {
      return {
        total: await countAll(session, 'work_failure'),
        parked: await countAll(session, 'work_failure_parked'),
      };
    },
    async isPutOff(kind, itemId, at) {
      const held = await session.row(
        'SELECT 1 AS held FROM work_failure WHERE kind = $1 AND item_id = $2 AND (retry_at IS NULL OR retry_at > $3)',
        [kind, itemId, at],
      );
      return held !== null;
    },
    async reschedule(kind, itemId, retryAt) {
      session.signal('retries');
      const written = await session.write(
        'UPDATE work_failure SET retry_at = $3, failures = CASE WHEN $3::timestamptz IS NULL THEN failures ELSE 0 END WHERE kind = $1 AND item_id = $2',
        [kind, itemId, retryAt],
      );
      await rescheduleItems(session, kind, [itemId], retryAt);
      return written === 1;
    },
    async retryParked(kind, at, limit) {
      session.signal('retries');
      const retried = await session.rows<{ itemId: string }>(
        `UPDATE work_failure SET retry_at = $2, failures = 0
         WHERE kind = $1 AND item_id IN (
           SELECT item_id FROM work_failure WHERE kind = $1 AND retry_at IS NULL ORDER BY failed_at, item_id LIMIT $3)
         RETURNING item_id AS "itemId"`,
        [kind, at, limit],
      );
      await rescheduleItems(
        session,
        kind,
        retried.map(({ itemId }) => itemId),
        at,
      );
      return retried.length;
    },
    async countParked(kind) {
      const row = await session.row<{ count: number }>(
        'SELECT count(*)::integer AS count FROM work_failure WHERE kind = $1 AND retry_at IS NULL',
        [kind],
      );
      return row?.count ?? 0;
    },
  };
}

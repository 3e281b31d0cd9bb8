import type { CodeClockRow, CodeClockRows, StoppingFilter } from '../../ports/code-clock.ts';
import { type Session, where } from '../engine/session.ts';
import { type Condition, type Keyset, pageClause } from './keyset.ts';
import { isOneOrNeverFailed } from './work-failures.ts';

const columns = `code_id AS "codeId", resource_id AS "resourceId", stops_on AS "stopsOn", warn_on AS "warnOn",
  suspension_notified AS "suspensionNotified"`;
const pendingLimit = 1000;

const byStopDay: Keyset = {
  columns: [
    ['stops_on', 'date'],
    ['code_id', 'text'],
  ],
};

/** Over all accounts and over one are two statements, each with an index of its own. */
const within = ({ from, to, issuerAccountId }: StoppingFilter): Condition[] => [
  ['stops_on >= $?::date', from],
  ['stops_on <= $?::date', to],
  issuerAccountId === null ? null : ['issuer_account_id = $?', issuerAccountId],
];

export function codeClockRows(session: Session): CodeClockRows {
  return {
    async add(codes) {
      await session.write(
        `INSERT INTO code_clock (code_id, resource_id, issuer_account_id, suspension_notified)
         SELECT code_id, resource_id, issuer_account_id, false
         FROM unnest($1::text[], $2::text[], $3::text[]) AS made (code_id, resource_id, issuer_account_id)
         WHERE EXISTS (SELECT FROM filing_code WHERE id = code_id AND used_at IS NULL AND revoked_at IS NULL)
         ON CONFLICT (code_id) DO UPDATE SET resource_id = excluded.resource_id, stale = true`,
        [
          codes.map((code) => code.codeId),
          codes.map((code) => code.resourceId),
          codes.map((code) => code.issuerAccountId),
        ],
      );
    },
    async remove(codeIds) {
      await session.write('DELETE FROM code_clock WHERE code_id = ANY ($1::text[])', [[...codeIds]]);
    },
    async markChanged(fingerprint, limit) {
      const changed = await session.rows<{ id: string }>(
        `WITH picked AS MATERIALIZED (
           (SELECT resource_id FROM resource_clock WHERE stale LIMIT $2)
           UNION (SELECT resource_id FROM resource_clock WHERE fingerprint < $1 LIMIT $2)
           UNION (SELECT resource_id FROM resource_clock WHERE fingerprint > $1 LIMIT $2)
         ), mine AS MATERIALIZED (
           SELECT resource_id FROM resource_clock WHERE resource_id IN (SELECT resource_id FROM picked)
           FOR UPDATE SKIP LOCKED
         ), marked AS (
           UPDATE code_clock SET stale = true FROM mine WHERE code_clock.resource_id = mine.resource_id
         )
         UPDATE resource_clock SET stale = false, fingerprint = $1 FROM mine
         WHERE resource_clock.resource_id = mine.resource_id RETURNING resource_clock.resource_id AS id`,
        [fingerprint, limit],
      );
      return changed.length;
    },
    takeStale: ({ limit, codeId }) =>
      session.rows<CodeClockRow>(
        `SELECT ${columns} FROM code_clock WHERE stale AND ${isOneOrNeverFailed('clock', 'code_id', '$2')}
         ORDER BY code_id LIMIT $1 FOR UPDATE SKIP LOCKED`,
        [limit, codeId ?? null],
      ),
    takeDue: (day, { limit, codeId }) =>
      session.rows<CodeClockRow>(
        `SELECT ${columns} FROM code_clock WHERE warn_on <= $1 AND NOT stale AND ${isOneOrNeverFailed('clock', 'code_id', '$3')}
         ORDER BY warn_on, code_id LIMIT $2 FOR UPDATE SKIP LOCKED`,
        [day, limit, codeId ?? null],
      ),
    async put(rows) {
      await session.write(
        `UPDATE code_clock SET stops_on = new.stops_on, warn_on = new.warn_on, suspension_notified = new.told, stale = false
         FROM unnest($1::text[], $2::date[], $3::date[], $4::boolean[]) AS new (id, stops_on, warn_on, told)
         WHERE code_id = new.id`,
        [
          rows.map((row) => row.codeId),
          rows.map((row) => row.stopsOn),
          rows.map((row) => row.warnOn),
          rows.map((row) => row.suspensionNotified),
        ],
      );
    },
    async claimWarning({ codeId, stopsOn, thresholdDays, at }) {
      const claimed = await session.write(
        `INSERT INTO code_warning (code_id, stops_on, threshold_days, warned_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING`,
        [codeId, stopsOn, thresholdDays, at],
      );
      return claimed === 1;
    },
    async takeBackWarnings(after) {
      // Without a stop day the next evaluation begins with the first notice again.
      const taken = await session.row<{ count: number }>(
        `WITH taken AS (
           DELETE FROM code_warning WHERE warned_at > $1 RETURNING code_id
         ), again AS (
           UPDATE code_clock SET stale = true, stops_on = NULL, warn_on = NULL
           WHERE code_id IN (SELECT code_id FROM taken)
         ), untold AS (
           DELETE FROM notice WHERE type = 'CodeStopping' AND at > $1
         )
         SELECT count(*) AS count FROM taken`,
        [after],
      );
      return taken?.count ?? 0;
    },
    deleteWarningsBefore: (day, limit) =>
      session.write(
        `DELETE FROM code_warning WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM code_warning WHERE stops_on < $1::date ORDER BY stops_on LIMIT $2 FOR UPDATE SKIP LOCKED))`,
        [day, limit],
      ),
    async countStopping(filter) {
      const { sql, values } = where(within(filter));
      const counted = await session.row<{ count: number }>(`SELECT count(*) AS count FROM code_clock ${sql}`, values);
      return counted?.count ?? 0;
    },
    listStopping(filter) {
      const { sql, values } = pageClause(byStopDay, within(filter), filter);
      return session.rows(`SELECT code_id AS "codeId", stops_on AS "stopsOn" FROM code_clock ${sql}`, values);
    },
    async countPending(fingerprint) {
      const counted = await session.row<{ count: number }>(
        `SELECT (SELECT count(*) FROM (SELECT FROM code_clock WHERE stale LIMIT $2) AS codes)
              + (SELECT count(*) FROM (SELECT FROM resource_clock WHERE stale LIMIT $2) AS facts)
              + (SELECT count(*) FROM (SELECT FROM resource_clock WHERE fingerprint < $1 LIMIT $2) AS older)
              + (SELECT count(*) FROM (SELECT FROM resource_clock WHERE fingerprint > $1 LIMIT $2) AS newer)
              + (SELECT count(*) FROM (SELECT FROM code_event WHERE relayed_at IS NULL LIMIT $2) AS events) AS count`,
        [fingerprint, pendingLimit],
      );
      return counted?.count ?? 0;
    },
  };
}

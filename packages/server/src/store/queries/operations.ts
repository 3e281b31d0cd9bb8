import type { FailedKind, KnownKey, OperationsHead, OperationsRows, TroubledWebhook } from '../../ports/operations.ts';
import { type WorkKind, workKinds } from '../../ports/work-failures.ts';
import type { Session } from '../engine/session.ts';
import { faultIn, type WithFaultTexts } from './known-faults.ts';

const secondsSince = (column: string) => `greatest(0, extract(epoch FROM clock_timestamp() - ${column}))::float8`;

/** Of each kind, as the first rows of an index. */
const failedOf = (isFailed: string, order: string) =>
  `SELECT asked.kind, found.count::integer AS count, found.one->>0 AS "lastError", found.one->1 AS "lastFault"
   FROM unnest($1::text[]) AS asked (kind)
   CROSS JOIN LATERAL (
     SELECT count(*) AS count, min(jsonb_build_array(last_error, last_fault)::text)::jsonb AS one FROM (
       SELECT last_error, last_fault FROM work_failure WHERE ${isFailed} AND work_failure.kind = asked.kind ORDER BY ${order} LIMIT $2
     ) AS first
   ) AS found
   WHERE found.count > 0 ORDER BY asked.kind`;

/** The first condition and the order are those of the index work_failure_listed, to the letter. */
const parkedStatement = failedOf(
  `coalesce(retry_at, '-infinity') = '-infinity'`,
  `coalesce(retry_at, '-infinity'), kind, item_id`,
);
const retriedStatement = failedOf('retry_at IS NOT NULL', 'retry_at, item_id');

export function operationsRows(session: Session): OperationsRows {
  const failed = async (statement: string, kinds: readonly WorkKind[], most: number) => {
    const rows = await session.rows<WithFaultTexts<FailedKind>>(statement, [[...kinds], most]);
    return rows.map((row) => ({ ...row, lastFault: faultIn(row.lastFault) }));
  };
  return {
    async head(mostDifferences) {
      const row = await session.row<OperationsHead>(
        `SELECT newest.migration, newest."migratedSecondsAgo", gate_change.version AS "gateVersion",
           ${secondsSince('gate_change.changed_at')} AS "gateChangedSecondsAgo",
           (SELECT count(*) FILTER (WHERE state = 'open') FROM (
             SELECT state FROM authority_difference WHERE ended_at IS NULL LIMIT $1) AS counted)::integer AS "openDifferences",
           (SELECT ${secondsSince('ended_at')} FROM authority_reconciliation
            WHERE ended_at IS NOT NULL AND ending = 'done' ORDER BY ended_at DESC LIMIT 1) AS "comparedSecondsAgo"
         FROM gate_change, (
           SELECT lpad(number::text, 4, '0') || '-' || name AS migration, ${secondsSince('applied_at')} AS "migratedSecondsAgo"
           FROM schema_migration ORDER BY number DESC LIMIT 1) AS newest`,
        [mostDifferences],
      );
      if (row === null) throw new Error('gate_change has lost its row');
      return row;
    },
    listParked: (most) => failed(parkedStatement, workKinds, most),
    listRetried: (kinds, most) => failed(retriedStatement, kinds, most),
    listTroubledWebhooks: (limit) =>
      session.rows<TroubledWebhook>(
        `SELECT id, account_id AS "accountId", url, ${secondsSince('coalesce(paused_at, failing_since)')} AS "secondsAgo",
           CASE WHEN paused_because IN ('failures', 'gone') THEN paused_because END AS "pausedBecause"
         FROM webhook
         WHERE (failing_since IS NOT NULL OR paused_because IN ('failures', 'gone')) AND paused_because IS DISTINCT FROM 'request'
         ORDER BY id LIMIT $1`,
        [limit],
      ),
    listSealingKeys: () =>
      session.rows<KnownKey>(
        `SELECT key_id AS id, ${secondsSince('made_at')} AS "madeSecondsAgo" FROM key_check
         WHERE use = 'sealing' ORDER BY made_at DESC, key_id`,
      ),
  };
}

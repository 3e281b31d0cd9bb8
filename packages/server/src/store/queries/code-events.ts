import type { CodeEventRow, CodeEventRows } from '../../ports/code-ledger.ts';
import { type Session, toJson } from '../engine/session.ts';
import { jsonObject, parseStored } from '../engine/stored-json.ts';
import { isOneOrNeverFailed } from './work-failures.ts';

const columns = `seq, id, code_id AS "codeId", type, code_event.at, issuer_account_id AS "issuerAccountId",
  grantee_account_id AS "granteeAccountId", resource_id AS "resourceId", detail`;

export function codeEventRows(session: Session): CodeEventRows {
  return {
    // Not SKIP LOCKED: a second relay would pass over a code's earlier event and take its later one.
    async takeUnrelayed({ limit, codeId }) {
      const rows = await session.rows<CodeEventRow>(
        `SELECT ${columns} FROM code_event WHERE relayed_at IS NULL AND ${isOneOrNeverFailed('event', 'code_id', '$2')}
         ORDER BY seq LIMIT $1 FOR UPDATE`,
        [limit, codeId ?? null],
      );
      return rows.map((row) => ({
        ...row,
        detail: parseStored(jsonObject, row.detail, { table: 'code_event', row: row.id, column: 'detail' }),
      }));
    },
    async appendNotice(row) {
      session.signal('events');
      await session.rows('SELECT append_code_notice($1, $2, $3::timestamptz, $4, $5, $6, $7::jsonb)', [
        row.codeId,
        row.type,
        row.at,
        row.issuerAccountId,
        row.granteeAccountId,
        row.resourceId,
        toJson(row.detail),
      ]);
    },
    async tailsOf(codeIds) {
      const rows = await session.rows<{ id: string; tail: string }>(
        'SELECT id, tail FROM filing_code WHERE id = ANY ($1::text[])',
        [[...codeIds]],
      );
      return new Map(rows.map(({ id, tail }) => [id, tail]));
    },
    async markRelayed(seqs, at) {
      // Each is relayed once, and counted with its day then.
      await session.write(
        `WITH relayed AS (
           UPDATE code_event SET relayed_at = $2 WHERE seq = ANY ($1::bigint[]) RETURNING type, code_event.at
         )
         INSERT INTO day_tally AS known (topic, day, name, count)
         SELECT 'code', (at AT TIME ZONE 'Asia/Shanghai')::date, type, count(*) FROM relayed
         GROUP BY 2, 3 ORDER BY 2, 3
         ON CONFLICT (topic, day, name, province_code, kind) DO UPDATE SET count = known.count + excluded.count`,
        [[...seqs], at],
      );
    },
    deleteRelayedBefore: (instant, limit) =>
      session.write(
        `DELETE FROM code_event WHERE seq IN
           (SELECT seq FROM code_event WHERE relayed_at < $1 ORDER BY seq LIMIT $2)`,
        [instant, limit],
      ),
  };
}

import { z } from 'zod';
import type { ReviewCallRow, ReviewRoundRow, ReviewRows, ReviewTickRow } from '../../ports/reviews.ts';
import { type Session, toJson } from '../engine/session.ts';
import { parseStored } from '../engine/stored-json.ts';
import { queueRows } from './review-queue.ts';
import { statisticsRows } from './review-statistics.ts';
import { similarRows } from './similar-names.ts';

const seenShape = z.record(z.string(), z.object({ shown: z.unknown(), hash: z.string().nullable() }));

export function reviewRows(session: Session): ReviewRows {
  return {
    async beginRound({ filingId, no, begunAt, begunBy, seen }) {
      await session.write(
        'INSERT INTO review_round (filing_id, no, begun_at, begun_by, seen) VALUES ($1, $2, $3, $4, $5::jsonb)',
        [filingId, no, begunAt, begunBy, toJson(seen)],
      );
    },
    async findRound(filingId, no) {
      const row = await session.row<ReviewRoundRow>(
        `SELECT filing_id AS "filingId", no, begun_at AS "begunAt", begun_by AS "begunBy", seen FROM review_round
         WHERE filing_id = $1 AND no = $2`,
        [filingId, no],
      );
      if (row === null) return null;
      const at = { table: 'review_round', row: `${filingId} ${no}`, column: 'seen' };
      return { ...row, seen: parseStored(seenShape, row.seen, at) };
    },
    listTicks: (filingId, roundNo) =>
      session.rows<ReviewTickRow>(
        `SELECT rule, ticked_by AS "tickedBy", ticked_at AS "tickedAt",
           (SELECT name FROM auth_user WHERE auth_user.id = ticked_by) AS "tickerName"
         FROM review_tick WHERE filing_id = $1 AND round_no = $2 ORDER BY rule`,
        [filingId, roundNo],
      ),
    async tick(filingId, roundNo, { rules, by, at }) {
      await session.write(
        `INSERT INTO review_tick (filing_id, round_no, rule, ticked_by, ticked_at)
         SELECT $1, $2, rule, $4, $5 FROM unnest($3::text[]) AS rule ON CONFLICT DO NOTHING`,
        [filingId, roundNo, [...rules], by, at],
      );
    },
    async untick(filingId, roundNo, rules) {
      await session.write(
        'DELETE FROM review_tick WHERE filing_id = $1 AND round_no = $2 AND rule = ANY ($3::text[])',
        [filingId, roundNo, [...rules]],
      );
    },
    async keepTicks(filingId, from, to) {
      await session.write(
        `INSERT INTO review_tick (filing_id, round_no, rule, ticked_by, ticked_at)
         SELECT filing_id, $3, rule, ticked_by, ticked_at FROM review_tick WHERE filing_id = $1 AND round_no = $2
         ON CONFLICT DO NOTHING`,
        [filingId, from, to],
      );
    },
    async addCall(call) {
      const { id, filingId, roundNo, at, calledBy, person, outcome, againAt } = call;
      await session.write(
        `INSERT INTO review_call (id, filing_id, round_no, at, called_by, person, outcome, again_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, filingId, roundNo, at, calledBy, person, outcome, againAt],
      );
      await session.write(
        `UPDATE filing SET calls_missed = calls_missed + CASE WHEN $2 = 'reached' THEN 0 ELSE 1 END, last_call = $2,
           call_again_at = $3 WHERE id = $1`,
        [filingId, outcome, againAt],
      );
    },
    listCalls: (filingId, limit) =>
      session.rows<ReviewCallRow & { readonly callerName: string | null }>(
        `SELECT id, filing_id AS "filingId", round_no AS "roundNo", at, called_by AS "calledBy", person, outcome,
           again_at AS "againAt", (SELECT name FROM auth_user WHERE auth_user.id = called_by) AS "callerName"
         FROM review_call WHERE filing_id = $1 ORDER BY at DESC, id DESC LIMIT $2`,
        [filingId, limit],
      ),
    ...queueRows(session),
    ...similarRows(session),
    ...statisticsRows(session),
  };
}

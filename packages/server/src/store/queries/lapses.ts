import type { ClockMarkRows, LapseRow, LapseRows } from '../../ports/lapses.ts';
import type { Session } from '../engine/session.ts';
import { type Keyset, pageClause } from './keyset.ts';
import { isWorkable } from './work-failures.ts';

const columns = `filing_id AS "filingId", lapsed_at AS "lapsedAt", state, due_at AS "dueAt",
  spend_ids AS "spendIds", kept_code_id AS "keptCodeId", swept`;
const earliestFirst: Keyset = {
  columns: [
    ['lapsed_at', 'timestamptz'],
    ['filing_id', 'text'],
  ],
};

export function lapseRows(session: Session): LapseRows {
  return {
    async insert({ filingId, lapsedAt, state, dueAt, spendIds, keptCodeId, swept }) {
      await session.write(
        `INSERT INTO filing_lapse (filing_id, lapsed_at, state, due_at, spend_ids, kept_code_id, swept)
         VALUES ($1, $2, $3, $4, $5::text[], $6, $7)`,
        [filingId, lapsedAt, state, dueAt, [...spendIds], keptCodeId, swept],
      );
    },
    find: (filingId) => session.row<LapseRow>(`SELECT ${columns} FROM filing_lapse WHERE filing_id = $1`, [filingId]),
    async remove(filingId) {
      await session.write('DELETE FROM filing_lapse WHERE filing_id = $1', [filingId]);
    },
    list({ from, to, swept, ...page }) {
      const within = [
        ['lapsed_at >= $?::timestamptz', from] as const,
        ['lapsed_at <= $?::timestamptz', to] as const,
        swept === undefined ? null : (['swept = $?', swept] as const),
      ];
      const { sql, values } = pageClause(earliestFirst, within, page);
      return session.rows<LapseRow>(`SELECT ${columns} FROM filing_lapse ${sql}`, values);
    },
    listUnfinished: (until, at, limit) =>
      session.rows<LapseRow>(
        `SELECT ${columns} FROM filing_lapse
         WHERE kept_code_id IS NOT NULL AND lapsed_at <= $1 AND ${isWorkable('lapse', 'filing_id', '$2')}
         ORDER BY lapsed_at, filing_id LIMIT $3`,
        [until, at, limit],
      ),
    async finish(filingId) {
      await session.write('UPDATE filing_lapse SET kept_code_id = NULL WHERE filing_id = $1', [filingId]);
    },
  };
}

export function clockMarkRows(session: Session): ClockMarkRows {
  return {
    async add(at) {
      await session.write(
        `INSERT INTO clock_mark (at) SELECT $1::timestamptz
         WHERE NOT EXISTS (SELECT FROM clock_mark WHERE at > $1::timestamptz - interval '1 day' AND at < $1::timestamptz + interval '1 day')
         ON CONFLICT DO NOTHING`,
        [at],
      );
    },
    async findLast(until) {
      const row = await session.row<{ at: string | null }>('SELECT max(at) AS at FROM clock_mark WHERE at <= $1', [
        until,
      ]);
      return row?.at ?? null;
    },
    dropAfter: (at) => session.write('DELETE FROM clock_mark WHERE at > $1', [at]),
    async dropBefore(at) {
      await session.write('DELETE FROM clock_mark WHERE at < $1', [at]);
    },
  };
}

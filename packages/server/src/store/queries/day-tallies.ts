import type { DayCount, DayTallyRows } from '../../ports/day-tallies.ts';
import { type Session, where } from '../engine/session.ts';
import type { Condition } from './keyset.ts';

export function dayTallyRows(session: Session): DayTallyRows {
  return {
    async add(counted) {
      // In one order everywhere, so that two who add never wait for each other.
      await session.write(
        `INSERT INTO day_tally AS known (topic, day, name, count)
         SELECT topic, day, name, sum(count) FROM unnest($1::text[], $2::date[], $3::text[], $4::bigint[])
           AS new (topic, day, name, count)
         GROUP BY topic, day, name ORDER BY topic, day, name
         ON CONFLICT (topic, day, name, province_code, kind) DO UPDATE SET count = known.count + excluded.count`,
        [
          counted.map(({ topic }) => topic),
          counted.map(({ day }) => day),
          counted.map(({ name }) => name),
          counted.map(({ count }) => count),
        ],
      );
    },
    list({ from, to, provinceCode, kind }) {
      const isNarrowed = provinceCode !== undefined || kind !== undefined;
      const conditions: Condition[] = [
        ['day >= $?::date', from],
        ['day <= $?::date', to],
        [isNarrowed ? `topic = 'filing'` : `topic IN ('code', 'filing', 'gate')`, null],
        provinceCode === undefined ? null : ['province_code = $?', provinceCode],
        kind === undefined ? null : ['kind = $?', kind],
      ];
      const { sql, values } = where(conditions);
      return session.rows<DayCount>(
        `SELECT topic, day, name, sum(count)::bigint AS count FROM day_tally ${sql}
         GROUP BY topic, day, name ORDER BY topic, day, name`,
        values,
      );
    },
  };
}

import type { ReviewCount, ReviewRows, StatisticsFilter } from '../../ports/reviews.ts';
import { type Session, where } from '../engine/session.ts';
import type { Condition } from './keyset.ts';

const conditionsOf = ({ from, to, provinceCode, reviewerId, kind }: StatisticsFilter): Condition[] => [
  kind === undefined ? null : ['kind = $?', kind],
  ['day >= $?::date', from],
  ['day <= $?::date', to],
  provinceCode === undefined ? null : ['province_code = $?', provinceCode],
  reviewerId === undefined ? null : ['reviewer_id = $?', reviewerId],
];

/** What is counted together, and of what. */
const groups = {
  reviewer: { key: 'reviewer_id', of: `rule = '' AND reviewer_id <> ''` },
  reviewer_day: { key: `reviewer_id || ' ' || day`, of: `rule = '' AND reviewer_id <> ''` },
  province: { key: 'province_code', of: `rule = ''` },
  rule: { key: 'rule', of: `rule <> ''` },
  field: { key: 'field', of: `rule <> ''` },
} as const;

export function statisticsRows(session: Session) {
  return {
    async tally(counted) {
      for (const { day, reviewerId, provinceCode, kind, outcome, rule, field } of counted) {
        await session.write(
          `WITH of_kind AS (
             INSERT INTO review_tally_of_kind AS known (day, reviewer_id, province_code, outcome, rule, field, kind, count)
             VALUES ($1::date, $2, $3, $4, $5, $6, $7, 1)
             ON CONFLICT (kind, day, reviewer_id, province_code, outcome, rule, field)
             DO UPDATE SET count = known.count + 1
           )
           INSERT INTO review_tally (day, reviewer_id, province_code, outcome, rule, field, count)
           VALUES ($1::date, $2, $3, $4, $5, $6, 1)
           ON CONFLICT (day, reviewer_id, province_code, outcome, rule, field)
           DO UPDATE SET count = review_tally.count + 1`,
          [day, reviewerId, provinceCode, outcome, rule, field, kind],
        );
      }
    },
    async tallyStay({ day, state, provinceCode, kind, minutes }) {
      await session.write(
        `WITH of_kind AS (
           INSERT INTO stay_tally_of_kind AS known (day, state, province_code, minutes, kind, count)
           VALUES ($1::date, $2, $3, $4, $5, 1)
           ON CONFLICT (kind, day, state, province_code, minutes) DO UPDATE SET count = known.count + 1
         )
         INSERT INTO stay_tally (day, state, province_code, minutes, count) VALUES ($1::date, $2, $3, $4, 1)
         ON CONFLICT (day, state, province_code, minutes) DO UPDATE SET count = stay_tally.count + 1`,
        [day, state, provinceCode, minutes, kind],
      );
    },
    countBy(by, filter) {
      const { key, of } = groups[by];
      const table = filter.kind === undefined ? 'review_tally' : 'review_tally_of_kind';
      const { sql, values } = where([...conditionsOf(filter), [of, null]]);
      return session.rows<ReviewCount>(
        `WITH counted AS (SELECT ${key} AS key, outcome, sum(count)::bigint AS count FROM ${table} ${sql} GROUP BY 1, 2)
         SELECT key, outcome, count,
           (SELECT name FROM auth_user WHERE auth_user.id = split_part(key, ' ', 1)) AS name
         FROM counted ORDER BY key, outcome`,
        values,
      );
    },
    listStays({ from, to, provinceCode, kind }) {
      const { sql, values } = where(conditionsOf({ from, to, provinceCode, kind }));
      const table = kind === undefined ? 'stay_tally' : 'stay_tally_of_kind';
      return session.rows(
        `SELECT state, minutes, sum(count)::bigint AS count FROM ${table} ${sql} GROUP BY 1, 2`,
        values,
      );
    },
  } satisfies Partial<ReviewRows>;
}

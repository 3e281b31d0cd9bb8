import type { FilingListRow } from '../../ports/filings.ts';
import type { ReviewQueueFilter, ReviewQueueOrder, ReviewRows } from '../../ports/reviews.ts';
import { type Session, where } from '../engine/session.ts';
import { filingColumns, type ReadFiling, shownFiling } from './filing-columns.ts';
import { type Condition, type Keyset, pageClause } from './keyset.ts';

/** As in the index by state, so that the queue is read in its order. */
const byDue = `coalesce(due_at, 'infinity')`;
const orders: Readonly<Record<ReviewQueueOrder, Keyset>> = {
  due: {
    columns: [
      [byDue, 'timestamptz'],
      ['id', 'text'],
    ],
  },
  age: {
    columns: [
      [`coalesce(state_since, started_at)`, 'timestamptz'],
      ['id', 'text'],
    ],
  },
};

function conditionsOf(filter: ReviewQueueFilter): Condition[] {
  const { provinceCode, kind, nature, accountId, claimed, overdueAt, secondLook, search } = filter;
  return [
    // In the text, so that it is planned by how many there are of it.
    [`state = 'awaiting_review'`, null],
    provinceCode === undefined ? null : ['province_code = $?', provinceCode],
    kind === undefined ? null : ['kind = $?', kind],
    nature === undefined ? null : [`form ->> 'subject.nature' = $?`, nature],
    accountId === undefined ? null : ['account_id = $?', accountId],
    overdueAt === undefined ? null : [`${byDue} <= $?`, overdueAt],
    secondLook === undefined ? null : [`first_passed_by IS ${secondLook ? 'NOT ' : ''}NULL`, null],
    search === undefined
      ? null
      : [`strpos(lower(domain_name || ' ' || id || ' ' || account_id), lower($?)) > 0`, search],
    ...claimConditions(claimed),
  ];
}

function claimConditions(claimed: ReviewQueueFilter['claimed']): Condition[] {
  if (claimed === undefined) return [];
  if (claimed.holderId === null) return [['(claim_until IS NULL OR claim_until <= $?)', claimed.at]];
  return [
    ['claim_holder_id = $?', claimed.holderId],
    ['claim_until > $?', claimed.at],
  ];
}

interface Counted {
  readonly by: 'total' | 'province' | 'kind' | 'nature' | 'holder';
  readonly key: string | null;
  readonly name: string | null;
  readonly count: number;
}

export function queueRows(session: Session) {
  return {
    async listQueue({ order, after, limit, ...filter }) {
      const { sql, values } = pageClause(orders[order], conditionsOf(filter), { after, limit });
      const rows = await session.rows<ReadFiling<FilingListRow>>(`SELECT ${filingColumns} FROM filing ${sql}`, values);
      return rows.map(shownFiling);
    },
    async countQueue(filter, at) {
      const { sql, values } = where(conditionsOf(filter));
      values.push(at);
      const rows = await session.rows<Counted>(
        `WITH queue AS (SELECT province_code, kind, form ->> 'subject.nature' AS nature,
           CASE WHEN claim_until > $${values.length} THEN claim_holder_id END AS holder FROM filing ${sql})
         SELECT 'total' AS by, NULL AS key, NULL AS name, count(*) AS count FROM queue
         UNION ALL SELECT 'province', province_code, NULL, count(*) FROM queue GROUP BY 2
         UNION ALL SELECT 'kind', kind, NULL, count(*) FROM queue GROUP BY 2
         UNION ALL SELECT 'nature', nature, NULL, count(*) FROM queue WHERE nature IS NOT NULL GROUP BY 2
         UNION ALL SELECT 'holder', holder, (SELECT name FROM auth_user WHERE auth_user.id = holder), count(*)
           FROM queue WHERE holder IS NOT NULL GROUP BY 2`,
        values,
      );
      const of = (by: Counted['by']) =>
        new Map(rows.flatMap((row) => (row.by === by && row.key !== null ? [[row.key, row.count] as const] : [])));
      const holders = rows.flatMap(({ by, key, name, count }) =>
        by === 'holder' && key !== null ? [{ id: key, name, count }] : [],
      );
      const total = rows.find(({ by }) => by === 'total')?.count ?? 0;
      return { total, provinces: of('province'), kinds: of('kind'), natures: of('nature'), holders };
    },
    async claimNext(filter, { holderId, at, until }) {
      const { sql, values } = where([
        ...conditionsOf({ ...filter, claimed: { holderId: null, at } }),
        ['submitted_by IS DISTINCT FROM $?', holderId],
        ['first_passed_by IS DISTINCT FROM $?', holderId],
        ['asked_at IS NULL', null],
      ]);
      const place = (offset: number) => `$${values.length + offset}`;
      const claimed = await session.row<{ id: string }>(
        `UPDATE filing SET claim_holder_id = ${place(1)}, claimed_at = ${place(2)}, claim_until = ${place(3)}
         WHERE id = (SELECT id FROM filing ${sql} ORDER BY ${byDue}, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED)
         RETURNING id`,
        [...values, holderId, at, until],
      );
      return claimed?.id ?? null;
    },
  } satisfies Partial<ReviewRows>;
}

import { addDays, type Day } from '@openbeian/model/calendar';
import { authorityKinds } from '@openbeian/model/filing';
import type { InputOf } from '../../api/client.ts';
import { addressOf, addressReader } from '../../parts/address-filter.ts';

/** Which days are counted, and of what, as the page's address holds it. */
export interface StatisticsFilter {
  readonly from: string;
  readonly to: string;
  readonly province: string | null;
  readonly reviewer: string | null;
  readonly kind: (typeof authorityKinds)[number] | null;
}

/** Reads the filter from the address; the last thirty days, of everything, unless it says otherwise. */
export function statisticsFilterOf(params: URLSearchParams, today: Day): StatisticsFilter {
  const { text, oneOf, day, provinceCode } = addressReader(params);
  return {
    from: day('from') ?? addDays(today, -29),
    to: day('to') ?? today,
    province: provinceCode('province'),
    reviewer: text('reviewer'),
    kind: oneOf('kind', authorityKinds),
  };
}

/** The address of the filter with a part changed. */
export const statisticsParams = (
  filter: StatisticsFilter,
  change: Partial<StatisticsFilter> = {},
): Record<string, string> => addressOf({ ...filter, ...change });

type Query = InputOf<'getReviewStatistics'>['query'];

/** The filter as the API takes it. */
export const statisticsQueryOf = ({ from, to, province, reviewer, kind }: StatisticsFilter): Query => ({
  from,
  to,
  ...(province !== null && { provinceCode: province }),
  ...(reviewer !== null && { reviewerId: reviewer }),
  ...(kind !== null && { kind }),
});

/** The same for what is counted by day, which knows no reviewers. */
export const dayQueryOf = (filter: StatisticsFilter): InputOf<'getDayStatistics'>['query'] => {
  const { reviewerId: _, ...others } = statisticsQueryOf(filter);
  return others;
};

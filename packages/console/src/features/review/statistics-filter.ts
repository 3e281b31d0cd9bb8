import { addDays, type Day, isDay } from '@openbeian/model/calendar';
import { authorityKinds } from '@openbeian/model/filing';
import type { InputOf } from '../../api/client.ts';

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
  const day = (name: string, usual: string) => {
    const text = params.get(name);
    return isDay(text) ? text : usual;
  };
  const province = params.get('province');
  return {
    from: day('from', addDays(today, -29)),
    to: day('to', today),
    province: province !== null && /^\d{6}$/.test(province) ? province : null,
    reviewer: params.get('reviewer')?.trim() || null,
    kind: authorityKinds.find((one) => one === params.get('kind')) ?? null,
  };
}

/** The address of the filter with a part changed. */
export const statisticsParams = (
  filter: StatisticsFilter,
  change: Partial<StatisticsFilter> = {},
): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ ...filter, ...change }).flatMap(([name, value]) => (value === null ? [] : [[name, value]])),
  );

type Query = InputOf<'getReviewStatistics'>['query'];

/** The filter as the API takes it. */
export const statisticsQueryOf = ({ from, to, province, reviewer, kind }: StatisticsFilter): Query => ({
  from,
  to,
  ...(province !== null && { provinceCode: province }),
  ...(reviewer !== null && { reviewerId: reviewer }),
  ...(kind !== null && { kind }),
});

import { addDays } from '@openbeian/model/calendar';
import type { Step } from '../command/step.ts';

/** Of statistics; names that gates blocked are kept for as many. */
export const mostDays = 92;
/** The first and the last day of the calendar. */
const ends = { first: '0001-01-01', last: '9999-12-31' } as const;

/** @throws Fault `input.invalid` for days in the wrong order, more than 92 of them, and such as no calendar has */
export function refuseLongSpan(
  { fault }: Pick<Step, 'fault'>,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  const expectedIn = (path: string, first: string, last: string) =>
    fault('input.invalid', {
      places: [{ path, expected: `a day from ${first} to ${last}`, expectedZh: `应为 ${first} 至 ${last} 之间的日期` }],
    });
  if (from < ends.first) throw expectedIn('query.from', ends.first, ends.last);
  const last = from > addDays(ends.last, -mostDays) ? ends.last : addDays(from, mostDays - 1);
  if (to < from || to > last) throw expectedIn('query.to', from, last);
}

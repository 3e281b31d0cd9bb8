import { addDays } from '@openbeian/model/calendar';
import type { Step } from '../command/step.ts';

const mostDays = 92;

/** @throws Fault `input.invalid` for days in the wrong order, and for more than 92 of them */
export function refuseLongSpan(
  { fault }: Pick<Step, 'fault'>,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  if (to >= from && to < addDays(from, mostDays)) return;
  const places = [
    {
      path: 'query.to',
      expected: `a day from ${from} to ${addDays(from, mostDays - 1)}`,
      expectedZh: `应为 ${from} 至 ${addDays(from, mostDays - 1)} 之间的日期`,
    },
  ];
  throw fault('input.invalid', { places });
}

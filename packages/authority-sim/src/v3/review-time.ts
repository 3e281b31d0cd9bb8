import { addWorkingDays, dayOf, isWorkingDay, startOfDay } from '@openbeian/model/calendar';
import { seededNumber } from '../core/seeded.ts';
import type { SimRules } from './rules.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/**
 * How many working days a province's reviews take, at least and at most: what `policies/provinces` says of it; one to twenty, the
 * law's limit, where it says nothing.
 */
function reviewDays({ provinceRules }: SimRules, province: string): readonly [least: number, most: number] {
  const rule = provinceRules(province)
    .filter((file) => file.province === province)
    .flatMap(({ rules }) => rules)
    .find(({ id }) => id.endsWith('.authority_days'));
  const [, least, most] = /(\d+)[–-](\d+)\s*(?:个工作日|天)/.exec(rule?.message.zh ?? '') ?? [];
  return least === undefined || most === undefined ? [1, 20] : [Number(least), Number(most)];
}

export interface ReviewTime {
  readonly rules: SimRules;
  readonly seed: number;
  /** How long one of the simulator's working days takes; null: as long as in the calendar. */
  readonly dayMs: number | null;
}

/** When a review that begins at `now` ends, an instant: in the province's own time, in its hours, and in a day that it works. */
export function reviewEnd(province: string, key: string, now: string, { rules, seed, dayMs }: ReviewTime): string {
  const [least, most] = reviewDays(rules, province);
  const days = least + seededNumber(most - least + 1, seed, 'review', key);
  if (dayMs !== null) return new Date(Date.parse(now) + days * dayMs).toISOString();
  const { day } = addWorkingDays(dayOf(now), days, rules.calendar);
  const { opens, closes } = hoursOf(province, seed);
  const at = opens + seededNumber(closes - opens, seed, 'review at', key);
  return new Date(Date.parse(startOfDay(day)) + at).toISOString();
}

/**
 * When a province takes uploads on a working day, in milliseconds of the day in Asia/Shanghai. No public source has the hours: they
 * are made up by the seed, different in each province.
 */
function hoursOf(province: string, seed: number): { readonly opens: number; readonly closes: number } {
  const half = 30 * minuteMs;
  return {
    opens: 8 * hourMs + seededNumber(4, seed, 'opens', province) * half,
    closes: 17 * hourMs + seededNumber(10, seed, 'closes', province) * half,
  };
}

/** Are uploads taken now? */
export function isOpen(province: string, now: string, { rules, seed }: Pick<ReviewTime, 'rules' | 'seed'>): boolean {
  const day = dayOf(now);
  const { opens, closes } = hoursOf(province, seed);
  const at = Date.parse(now) - Date.parse(startOfDay(day));
  return isWorkingDay(day, rules.calendar) && at >= opens && at < closes;
}

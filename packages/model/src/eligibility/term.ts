import { addDays, addPeriod, type Day, parsePeriod } from '@openbeian/model/calendar';
import type { Term } from './reason.ts';

/** Reads the `atLeast`/`moreThan` of a condition; the schema guarantees exactly one. */
export function termOf(condition: { atLeast?: string | undefined; moreThan?: string | undefined }): Term {
  const strict = condition.moreThan !== undefined;
  return { period: parsePeriod(condition.moreThan ?? condition.atLeast ?? ''), strict };
}

/** The first day on which a term that starts on `start` is long enough to end (inclusive unless strict). */
export function earliestEnd(start: Day, term: Term): Day {
  const end = addPeriod(start, term.period);
  return term.strict ? addDays(end, 1) : end;
}

/**
 * The last day from which a term still fits before `end`: `earliestEnd(day) <= end` and no later day does.
 * Month ends make several days share one end (28 to 30 November + 3 months are all 28 February), hence the walk.
 */
export function latestStart(end: Day, term: Term): Day {
  let day = addPeriod(end, term.period, -1);
  while (!fits(day, end, term)) day = addDays(day, -1);
  while (day < end && fits(addDays(day, 1), end, term)) day = addDays(day, 1);
  return day;
}

/**
 * `earliestEnd(start, term) <= end`, without building a day: this is asked for every resource in every decision.
 * Both must be days; what is none gives an undefined answer, not an error.
 */
export function fits(start: Day, end: Day, { period, strict }: Term): boolean {
  const monthIndex = partOf(start, 0, 4) * 12 + partOf(start, 5, 7) - 1 + period.months;
  const year = Math.floor(monthIndex / 12);
  const month = (monthIndex % 12) + 1;
  const date = partOf(start, 8, 10);
  const last = date > 28 ? lastOfMonth(year, month) : 28;
  const due = dayNumber(year, month, date < last ? date : last) + period.days + (strict ? 1 : 0);
  return dayNumber(partOf(end, 0, 4), partOf(end, 5, 7), partOf(end, 8, 10)) >= due;
}

function partOf(day: Day, from: number, to: number): number {
  let value = 0;
  for (let index = from; index < to; index += 1) value = value * 10 + day.charCodeAt(index) - 48;
  return value;
}

function lastOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days on one count for all dates of the Gregorian calendar (years begin in March, so the leap day comes last). */
function dayNumber(year: number, month: number, date: number): number {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + date;
}

import { addDays, addPeriod, type Day, parsePeriod } from '@openbeian/model/calendar';
import type { Term } from '../reason.ts';

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

/** `latestStart` for one term, which remembers its answers: a fleet asks for the same few hundred days again and again. */
export function rememberingStarts(term: Term): (end: Day) => Day {
  const starts = new Map<Day, Day>();
  return (end) => {
    const known = starts.get(end);
    if (known !== undefined) return known;
    if (starts.size >= startsLimit) starts.clear();
    const start = latestStart(end, term);
    starts.set(end, start);
    return start;
  };
}

const startsLimit = 10_000;

/** `earliestEnd(start, term) <= end`. Both must be days; what is none gives an undefined answer, not an error. */
export function fits(start: Day, end: Day, term: Term): boolean {
  return numbersFit(dateNumberOf(start), dateNumberOf(end), term);
}

/** A date as the number its digits make: '2026-11-21' is 20261121. Such numbers compare like the days they stand for. */
export function dateNumberOf(day: Day): number {
  return (
    day.charCodeAt(0) * 10_000_000 +
    day.charCodeAt(1) * 1_000_000 +
    day.charCodeAt(2) * 100_000 +
    day.charCodeAt(3) * 10_000 +
    day.charCodeAt(5) * 1000 +
    day.charCodeAt(6) * 100 +
    day.charCodeAt(8) * 10 +
    day.charCodeAt(9) -
    48 * 11_111_111
  );
}

/** `fits` for numbers of dates, without building a day: this is asked for every resource in every decision. */
export function numbersFit(start: number, end: number, { period, strict }: Term): boolean {
  const date = start % 100;
  const monthIndex = Math.floor(start / 10_000) * 12 + (Math.floor(start / 100) % 100) - 1 + period.months;
  const year = Math.floor(monthIndex / 12);
  const month = (monthIndex % 12) + 1;
  const last = date > 28 ? lastOfMonth(year, month) : 28;
  const due = year * 10_000 + month * 100 + (date < last ? date : last);
  const more = period.days + (strict ? 1 : 0);
  if (more === 0) return end >= due;
  return serialOf(end) >= serialOf(due) + more;
}

/** Dates that are this far apart by their numbers fit the term, whatever the months between: whole years, rounded up. */
export function enoughLater({ period, strict }: Term): number {
  const days = period.days + (strict ? 1 : 0);
  return 10_000 * Math.ceil((period.months + days / 28) / 12);
}

/** Whole days from one day to another, as `daysBetween` counts them, for two that certainly are days. */
export function daysFrom(start: Day, end: Day): number {
  return serialOf(dateNumberOf(end)) - serialOf(dateNumberOf(start));
}

function lastOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days on one count for all dates of the Gregorian calendar (years begin in March, so the leap day comes last). */
function serialOf(dateNumber: number): number {
  const year = Math.floor(dateNumber / 10_000);
  const month = Math.floor(dateNumber / 100) % 100;
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  const days = Math.floor((153 * m + 2) / 5) + (dateNumber % 100);
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + days;
}

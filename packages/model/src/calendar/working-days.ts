import { addDays, type Day, weekdayOf } from './day.ts';
import { type HolidayTable, turnOfYear } from './holiday-table.ts';

/** Holiday tables, indexed for counting. Make it once with `indexHolidays`. */
export interface WorkingCalendar {
  readonly offDays: ReadonlySet<Day>;
  readonly workDays: ReadonlySet<Day>;
  readonly years: ReadonlySet<number>;
}

/** A counted day; `provisional` when a year on the way has no published table yet, so that the day may still move. */
export interface CountedDay {
  readonly day: Day;
  readonly provisional: boolean;
}

/** Indexes tables. Throws RangeError when two are for one year: which of them held would be a guess. */
export function indexHolidays(tables: readonly HolidayTable[]): WorkingCalendar {
  const offDays = new Set<Day>();
  const workDays = new Set<Day>();
  const years = new Set<number>();
  for (const table of tables) {
    if (years.has(table.year)) throw new RangeError(`two holiday tables for ${table.year}`);
    years.add(table.year);
    for (const { from, to } of table.offDays) for (let at = from; at <= to; at = addDays(at, 1)) offDays.add(at);
    for (const day of table.workDays) workDays.add(day);
  }
  return { offDays, workDays, years };
}

/** True on Mondays to Fridays that are no holiday, and on weekend days that are worked. Throws RangeError for no day. */
export function isWorkingDay(day: Day, calendar: WorkingCalendar): boolean {
  if (calendar.workDays.has(day)) return true;
  return weekdayOf(day) < 6 && !calendar.offDays.has(day);
}

/** True when the tables settle whether `day` is worked; otherwise only the weekday is known. */
function isSettled(day: Day, calendar: WorkingCalendar): boolean {
  const year = Number(day.slice(0, 4));
  return calendar.years.has(year) && (day.slice(4) < turnOfYear || calendar.years.has(year + 1));
}

/**
 * The `count`-th working day after `day`, which itself does not count (the authority's 20 working days run from the day
 * after it took the filing). Count 0 gives `day` back. Throws RangeError for a negative or fractional count, or no day.
 */
export function addWorkingDays(day: Day, count: number, calendar: WorkingCalendar): CountedDay {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`not a number of working days: ${count}`);
  let at = addDays(day, 0);
  let provisional = false;
  for (let left = count; left > 0; ) {
    at = addDays(at, 1);
    provisional ||= !isSettled(at, calendar);
    if (isWorkingDay(at, calendar)) left -= 1;
  }
  return { day: at, provisional };
}

/**
 * A day in Asia/Shanghai as 'YYYY-MM-DD' (years 0001 to 9999). Days compare with `<` and `>` like the strings they are.
 * Asia/Shanghai is UTC+8 without daylight saving here (contract, "Conventions"); the summer times of 1986–1991 are ignored.
 */
export type Day = string;

/** An instant as ISO 8601 with an offset, e.g. '2026-11-21T16:00:00Z'. */
export type Instant = string;

const dayMs = 86_400_000;
const shanghaiOffsetMs = 8 * 3_600_000;
const dayPattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** True for a string that names a day that exists ('2026-02-29' does not). Never throws. */
export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string') return false;
  const match = dayPattern.exec(value);
  if (!match) return false;
  const year = Number(match[1]);
  const month = Number(match[2]);
  const date = Number(match[3]);
  return year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
}

/** Whole days from `a` to `b`; negative when `b` is earlier. Throws RangeError when either is no day. */
export function daysBetween(a: Day, b: Day): number {
  return (toUtcMs(b) - toUtcMs(a)) / dayMs;
}

/** The day `count` days later (earlier when negative). Throws RangeError when `day` is no day or `count` no integer. */
export function addDays(day: Day, count: number): Day {
  assertInteger(count);
  return fromUtcMs(toUtcMs(day) + count * dayMs);
}

/**
 * The same date `count` calendar months later (earlier when negative); where that month is shorter, its last day:
 * 31 January + 1 month = 28 or 29 February (contract §7, "Terms"). Throws RangeError like `addDays`.
 */
export function addMonths(day: Day, count: number): Day {
  assertInteger(count);
  const [year, month, date] = partsOf(day);
  const index = year * 12 + (month - 1) + count;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  return format(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)));
}

/** The day in Asia/Shanghai on which an instant falls. Throws RangeError when `instant` is not ISO 8601 with an offset. */
export function dayOf(instant: Instant): Day {
  // Date.parse takes 30 February for 2 March.
  const isInstant = instantPattern.test(instant) && isDay(instant.slice(0, 10));
  const atMs = isInstant ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(atMs)) throw new RangeError(`not an instant (ISO 8601 with an offset): ${JSON.stringify(instant)}`);
  return fromUtcMs(Math.floor((atMs + shanghaiOffsetMs) / dayMs) * dayMs);
}

/**
 * The last day of a term that ends at an instant: one that ends at midnight in Shanghai ends with the day before. Throws
 * RangeError like `dayOf`.
 */
export function lastDayOf(instant: Instant): Day {
  const day = dayOf(instant);
  return Date.parse(instant) === Date.parse(startOfDay(day)) ? addDays(day, -1) : day;
}

/** The instant at which a day begins in Asia/Shanghai, in UTC: '2026-11-21' begins at '2026-11-20T16:00:00.000Z'. */
export function startOfDay(day: Day): Instant {
  return new Date(toUtcMs(day) - shanghaiOffsetMs).toISOString();
}

/** 1 = Monday … 7 = Sunday, as ISO 8601 counts. Throws RangeError when `day` is no day. */
export function weekdayOf(day: Day): number {
  return ((new Date(toUtcMs(day)).getUTCDay() + 6) % 7) + 1;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

function partsOf(day: Day): [year: number, month: number, date: number] {
  if (!isDay(day)) throw new RangeError(`not a day (YYYY-MM-DD): ${JSON.stringify(day)}`);
  return [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
}

function toUtcMs(day: Day): number {
  partsOf(day);
  return Date.parse(`${day}T00:00:00Z`);
}

function fromUtcMs(atMs: number): Day {
  const date = new Date(atMs);
  return format(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

function format(year: number, month: number, date: number): Day {
  // Written so that NaN (a day beyond what Date holds) is refused as well.
  if (!(year >= 1 && year <= 9999)) throw new RangeError('day out of range (years 0001 to 9999)');
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function assertInteger(count: number): void {
  if (!Number.isSafeInteger(count)) throw new RangeError(`not a whole number: ${count}`);
}

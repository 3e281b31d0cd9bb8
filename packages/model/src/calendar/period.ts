import { addDays, addMonths, type Day } from './day.ts';

/**
 * A term as a source states it: whole days ('P90D') or calendar months ('P3M'); years are twelve months, weeks seven days.
 * The two never convert into each other: three months are 89 to 92 days.
 */
export interface Period {
  readonly months: number;
  readonly days: number;
}

// Digits are capped so that no sum leaves the safe numbers.
const periodPattern = /^P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/** True for an ISO 8601 period of years, months, weeks and days, such as 'P90D', 'P3M', 'P1Y'. Never throws. */
export function isPeriod(value: unknown): value is string {
  return typeof value === 'string' && periodPattern.test(value);
}

/** Reads 'P90D', 'P3M', 'P1Y', 'P1Y6M' … Throws RangeError for anything else, also for periods with hours. */
export function parsePeriod(text: string): Period {
  const match = periodPattern.exec(text);
  if (!match) throw new RangeError(`not a period of days, weeks, months or years (ISO 8601): ${JSON.stringify(text)}`);
  const [years, months, weeks, days] = match.slice(1).map((part) => Number(part ?? 0)) as [
    number,
    number,
    number,
    number,
  ];
  return { months: years * 12 + months, days: weeks * 7 + days };
}

/** The same for a text that is known to be a period (`isPeriod`); of any other it makes nonsense. For decisions about fleets. */
export function knownPeriod(text: string): Period {
  let months = 0;
  let days = 0;
  let count = 0;
  for (let index = 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code <= 57) {
      count = count * 10 + code - 48;
      continue;
    }
    if (code === 89) months += count * 12;
    else if (code === 77) months += count;
    else days += code === 87 ? count * 7 : count;
    count = 0;
  }
  return { months, days };
}

/** `day` plus a period: first the months (clamped to the month's end), then the days. `times` -1 goes back. */
export function addPeriod(day: Day, period: Period, times: 1 | -1 = 1): Day {
  return addDays(addMonths(day, period.months * times), period.days * times);
}

import { z } from 'zod';
import { addDays, isDay, weekdayOf } from './day.ts';

const day = z.string().refine(isDay, { params: { zh: '应为日期 YYYY-MM-DD', en: 'expected a day as YYYY-MM-DD' } });

/**
 * One year's arrangement of holidays (国务院办公厅 … 部分节假日安排的通知), as in `policies/holidays/<year>.yaml`:
 * days off, weekends within them included, and the Saturdays and Sundays on which people work instead (调休).
 */
export const holidayTableSchema = z
  .strictObject({
    year: z.int().min(1949).max(9999),
    /** Label in docs/sources.md. */
    source: z.string().min(1),
    document: z.string().min(1),
    publishedOn: day,
    offDays: z.array(
      z.strictObject({ name: z.strictObject({ zh: z.string().min(1), en: z.string().min(1) }), from: day, to: day }),
    ),
    workDays: z.array(day),
  })
  .superRefine((table, context) => {
    const seen = new Set<string>();
    const refuse = (path: (string | number)[], zh: string, en: string) =>
      context.addIssue({ code: 'custom', path, params: { zh, en } });
    const take = (value: string, path: (string | number)[]) => {
      // The new year's holiday may begin in the old year's last days, and so may the work days that pay for it.
      if (!belongsTo(value, table.year)) {
        refuse(path, `${value} 不属于 ${table.year} 年`, `expected a day of ${table.year}, not ${value}`);
      }
      if (seen.has(value)) refuse(path, `${value} 重复`, `expected each day once; ${value} is named above`);
      seen.add(value);
    };
    table.offDays.forEach((holiday, index) => {
      if (!isDay(holiday.from) || !isDay(holiday.to)) return;
      if (holiday.from > holiday.to) {
        refuse(['offDays', index, 'to'], `应不早于 ${holiday.from}`, `expected a day not before ${holiday.from}`);
      }
      for (let at = holiday.from; at <= holiday.to; at = addDays(at, 1)) take(at, ['offDays', index]);
    });
    table.workDays.forEach((value, index) => {
      if (!isDay(value)) return;
      if (weekdayOf(value) < 6) {
        refuse(['workDays', index], `${value} 不是周六或周日`, `expected a Saturday or Sunday, not ${value}`);
      }
      take(value, ['workDays', index]);
    });
  });

export type HolidayTable = z.infer<typeof holidayTableSchema>;

/** The last days of a year depend on the next year's table too: 2018-12-29 was worked for the new year of 2019. */
export const turnOfYear = '-12-25';

function belongsTo(value: string, year: number): boolean {
  const own = Number(value.slice(0, 4));
  return own === year || (own === year - 1 && value.slice(4) >= turnOfYear);
}

import { z } from 'zod';
import { addDays, isDay, weekdayOf } from './day.ts';

const day = z.string().refine(isDay, 'expected a day as YYYY-MM-DD');

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
    const take = (value: string, path: (string | number)[]) => {
      // The new year's holiday may begin in the old year's last days, and so may the work days that pay for it.
      if (!belongsTo(value, table.year))
        context.addIssue({ code: 'custom', path, message: `${value} is not of ${table.year}` });
      if (seen.has(value)) context.addIssue({ code: 'custom', path, message: `${value} is named twice` });
      seen.add(value);
    };
    table.offDays.forEach((holiday, index) => {
      if (!isDay(holiday.from) || !isDay(holiday.to)) return;
      if (holiday.from > holiday.to) {
        context.addIssue({
          code: 'custom',
          path: ['offDays', index, 'to'],
          message: `${holiday.to} is before ${holiday.from}`,
        });
      }
      for (let at = holiday.from; at <= holiday.to; at = addDays(at, 1)) take(at, ['offDays', index]);
    });
    table.workDays.forEach((value, index) => {
      if (!isDay(value)) return;
      if (weekdayOf(value) < 6) {
        context.addIssue({ code: 'custom', path: ['workDays', index], message: `${value} is no Saturday or Sunday` });
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

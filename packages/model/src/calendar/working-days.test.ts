import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addWorkingDays, type HolidayTable, indexHolidays, isWorkingDay } from './index.ts';

const table = (year: number, offDays: [string, string][] = [], workDays: string[] = []): HolidayTable => ({
  year,
  source: 'X',
  document: 'x',
  publishedOn: '2000-01-01',
  offDays: offDays.map(([from, to]) => ({ name: { zh: '节', en: 'holiday' }, from, to })),
  workDays,
});
const calendar = indexHolidays([table(2026, [['2026-10-01', '2026-10-07']], ['2026-10-10'])]);

test('holidays rest, weekends rest unless they are worked', () => {
  const worked = ['2026-09-30', '2026-10-08', '2026-10-09', '2026-10-10', '2026-10-12'];
  const rested = ['2026-10-01', '2026-10-03', '2026-10-07', '2026-10-11', '2026-10-17'];
  for (const day of worked) expect(isWorkingDay(day, calendar), day).toBe(true);
  for (const day of rested) expect(isWorkingDay(day, calendar), day).toBe(false);
});

describe('counting', () => {
  test.each([
    ['2026-09-30', 0, '2026-09-30'],
    ['2026-10-03', 0, '2026-10-03'],
    ['2026-09-29', 1, '2026-09-30'],
    ['2026-09-30', 1, '2026-10-08'],
    ['2026-10-03', 3, '2026-10-10'],
    ['2026-10-10', 1, '2026-10-12'],
  ])('%s and %i working days', (day, count, expected) => {
    expect(addWorkingDays(day, count, calendar)).toEqual({ day: expected, provisional: false });
  });

  test('the last days of a year depend on the next year’s table', () => {
    expect(addWorkingDays('2026-12-23', 1, calendar)).toEqual({ day: '2026-12-24', provisional: false });
    expect(addWorkingDays('2026-12-23', 2, calendar)).toEqual({ day: '2026-12-25', provisional: true });
    const known = indexHolidays([table(2026), table(2027, [['2026-12-30', '2027-01-01']])]);
    expect(addWorkingDays('2026-12-29', 1, known)).toEqual({ day: '2027-01-04', provisional: false });
  });

  test('what cannot be counted is refused', () => {
    expect(() => addWorkingDays('2026-10-01', -1, calendar)).toThrow(RangeError);
    expect(() => addWorkingDays('2026-10-01', 1.5, calendar)).toThrow(RangeError);
    expect(() => addWorkingDays('2026-10-32', 1, calendar)).toThrow(RangeError);
    expect(() => indexHolidays([table(2026), table(2026)])).toThrow('two holiday tables for 2026');
  });

  test('counting on from a counted day is counting the sum', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 200 }), (first, second) => {
        const once = addWorkingDays('2026-01-05', first + second, calendar);
        const twice = addWorkingDays(addWorkingDays('2026-01-05', first, calendar).day, second, calendar);
        expect(twice.day).toBe(once.day);
        if (second > 0 || first === 0) expect(isWorkingDay(once.day, calendar)).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, addMonths, dayOf, daysBetween, isDay, startOfDay, weekdayOf } from './index.ts';

const anyDay = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('isDay', () => {
  test.each(['2026-11-21', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('%s exists', (day) => {
    expect(isDay(day)).toBe(true);
  });
  test.each([
    '2026-02-29',
    '1900-02-29',
    '2026-04-31',
    '2026-13-01',
    '2026-00-10',
    '2026-01-00',
    '0000-01-01',
    '2026-1-1',
    '2026-11-21T00:00:00Z',
    ' 2026-11-21',
    '２０２６-11-21',
    '',
    null,
    20261121,
  ])('%j is no day', (value) => {
    expect(isDay(value)).toBe(false);
  });
});

describe('arithmetic', () => {
  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-10-31', 1, '2026-11-30'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-12-31', 12, '2027-12-31'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -13, '2024-12-15'],
    ['2024-02-29', 12, '2025-02-28'],
  ])('%s and %i months = %s', (day, count, expected) => {
    expect(addMonths(day, count)).toBe(expected);
  });

  test('days are counted across month ends, leap days and years', () => {
    expect(daysBetween('2026-11-21', '2026-12-21')).toBe(30);
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2);
    expect(daysBetween('2026-12-21', '2026-11-21')).toBe(-30);
    expect(addDays('2026-12-31', 1)).toBe('2027-01-01');
    // The clocks of 1986 must not lose a day.
    expect(daysBetween('1986-05-03', '1986-05-05')).toBe(2);
  });

  test('adding days and counting them back agree', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -100_000, max: 100_000 }), (day, count) => {
        const moved = addDays(day, count);
        expect(isDay(moved)).toBe(true);
        expect(daysBetween(day, moved)).toBe(count);
      }),
    );
  });

  test('adding months keeps the date or falls back to the last of the month, never into the next', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -1200, max: 1200 }), (day, count) => {
        const moved = addMonths(day, count);
        expect(isDay(moved)).toBe(true);
        const monthsOf = (d: string) => Number(d.slice(0, 4)) * 12 + Number(d.slice(5, 7));
        expect(monthsOf(moved) - monthsOf(day)).toBe(count);
        if (moved.slice(8) !== day.slice(8)) expect(addDays(moved, 1).slice(8)).toBe('01');
      }),
    );
  });

  test('what is no day, no whole number or out of range is refused', () => {
    expect(() => addDays('2026-02-30', 1)).toThrow(RangeError);
    expect(() => addDays('2026-02-28', 0.5)).toThrow(RangeError);
    expect(() => addDays('9999-12-31', 1)).toThrow(RangeError);
    expect(() => addMonths('0001-01-01', -1)).toThrow(RangeError);
    expect(() => addDays('2026-01-01', Number.MAX_SAFE_INTEGER)).toThrow(RangeError);
    expect(() => daysBetween('2026-01-01', 'tomorrow')).toThrow(RangeError);
  });
});

describe('instants', () => {
  test.each([
    ['2026-11-20T15:59:59.999Z', '2026-11-20'],
    ['2026-11-20T16:00:00Z', '2026-11-21'],
    ['2026-11-21T00:00:00+08:00', '2026-11-21'],
    ['2026-12-31T23:00:00-05:00', '2027-01-01'],
  ])('%s falls on %s in Shanghai', (instant, day) => {
    expect(dayOf(instant)).toBe(day);
  });

  test('a day begins at 16:00 UTC of the day before', () => {
    expect(startOfDay('2026-11-21')).toBe('2026-11-20T16:00:00.000Z');
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(dayOf(startOfDay(day))).toBe(day);
      }),
    );
  });

  test('an instant without an offset is refused: it would mean another moment on every machine', () => {
    expect(() => dayOf('2026-11-21T10:00:00')).toThrow(RangeError);
    expect(() => dayOf('2026-11-21')).toThrow(RangeError);
    expect(() => dayOf('2026-11-21T25:00:00Z')).toThrow(RangeError);
    expect(() => dayOf('2027-02-29T16:00Z')).toThrow(RangeError);
    expect(() => dayOf('2027-04-31T00:00:00+08:00')).toThrow(RangeError);
  });
});

test('weekdays count from Monday', () => {
  expect(weekdayOf('2026-11-21')).toBe(6);
  expect(weekdayOf('2026-11-22')).toBe(7);
  expect(weekdayOf('2026-11-23')).toBe(1);
});

import { describe, expect, test } from 'vitest';
import { addPeriod, isPeriod, knownPeriod, parsePeriod } from './index.ts';

describe('parsePeriod', () => {
  test.each([
    ['P90D', { months: 0, days: 90 }],
    ['P3M', { months: 3, days: 0 }],
    ['P1Y', { months: 12, days: 0 }],
    ['P1Y6M', { months: 18, days: 0 }],
    ['P2W', { months: 0, days: 14 }],
    ['P2Y11M3W20D', { months: 35, days: 41 }],
    ['P0D', { months: 0, days: 0 }],
  ])('%s', (text, period) => {
    expect(parsePeriod(text)).toEqual(period);
    expect(knownPeriod(text)).toEqual(period);
    expect(isPeriod(text)).toBe(true);
  });

  test.each([
    '',
    'P',
    '90D',
    'P90',
    'P-1D',
    'P1.5M',
    'PT24H',
    'P1DT1H',
    'p90d',
    'P3M ',
    'P1M1Y',
    `P${'9'.repeat(40)}D`,
  ])('%j is refused', (text) => {
    expect(isPeriod(text)).toBe(false);
    expect(() => parsePeriod(text)).toThrow(RangeError);
  });
});

test('three months and ninety days are not the same term', () => {
  expect(addPeriod('2026-12-01', parsePeriod('P3M'))).toBe('2027-03-01');
  expect(addPeriod('2026-12-01', parsePeriod('P90D'))).toBe('2027-03-01');
  expect(addPeriod('2026-06-01', parsePeriod('P3M'))).toBe('2026-09-01');
  expect(addPeriod('2026-06-01', parsePeriod('P90D'))).toBe('2026-08-30');
  expect(addPeriod('2026-01-31', parsePeriod('P1M'))).toBe('2026-02-28');
  expect(addPeriod('2026-05-31', parsePeriod('P3M'), -1)).toBe('2026-02-28');
});

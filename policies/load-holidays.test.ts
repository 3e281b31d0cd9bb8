import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { addDays, addWorkingDays, indexHolidays, isWorkingDay } from '@openbeian/model/calendar';
import chineseDays from 'chinese-days';
import { afterAll, describe, expect, test } from 'vitest';
import { loadHolidays } from './load-holidays.ts';

const calendar = indexHolidays(loadHolidays());

test('every day of the shipped years is worked or not as an independent table says', () => {
  const differing: string[] = [];
  for (let day = '2024-01-01'; day <= '2026-12-31'; day = addDays(day, 1)) {
    if (isWorkingDay(day, calendar) !== chineseDays.isWorkday(day)) differing.push(day);
  }
  expect(differing).toEqual([]);
});

test('twenty working days over the holidays of October 2026 end on the 30th, as counted by hand', () => {
  expect(addWorkingDays('2026-09-28', 20, calendar)).toEqual({ day: '2026-10-30', provisional: false });
});

test('a count that runs into a year without a table is provisional', () => {
  expect(addWorkingDays('2026-11-21', 20, calendar)).toEqual({ day: '2026-12-18', provisional: false });
  expect(addWorkingDays('2026-12-14', 20, calendar).provisional).toBe(true);
});

describe('a wrong file is named with its place', () => {
  const folder = mkdtempSync(join(tmpdir(), 'holidays-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  test.each([
    ['workDays: [2027-01-01]', 'holidays/2027.yaml:6: workDays[0]: expected a Saturday or Sunday'],
    ['workDays: [2026-01-03]', 'workDays[0]: expected a day of 2027'],
    ['workDays: [2027-01-32]', 'workDays[0]: expected a day as YYYY-MM-DD'],
    ['workDays: [2027-01-02, 2027-01-02]', 'workDays[1]: expected each day once'],
    ['workDays: []\nextra: 1', 'holidays/2027.yaml:7: extra: unknown key'],
  ])('%s', (end, message) => {
    const head = 'year: 2027\nsource: X\ndocument: x\npublishedOn: 2026-11-01\noffDays: []\n';
    writeFileSync(join(folder, '2027.yaml'), head + end);
    expect(() => loadHolidays(pathToFileURL(`${folder}/`))).toThrow(message);
  });
});

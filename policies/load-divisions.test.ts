import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { divisionsBelow, provinces } from '@openbeian/model/province';
import { expect, test } from 'vitest';
import { loadDivisions } from './load-divisions.ts';

const divisions = loadDivisions();
const namesBelow = (code: string) => divisionsBelow(divisions, code).map(({ name }) => name);

test('every province has its cities, every city its counties, but for those that have none', () => {
  for (const { code } of provinces) expect(namesBelow(code).length, code).toBeGreaterThan(0);
  const lowest = [...divisions.values()].filter(({ level, isLowest }) => level === 'city' && isLowest);
  expect(lowest.map(({ name }) => name)).toEqual(expect.arrayContaining(['东莞市', '中山市', '儋州市']));
  expect(divisions.size).toBe(342 + 2968);
});

test('codes that statistics made up are no divisions; renamed counties have their new names', () => {
  for (const code of ['320576', '340176', '370176', '430476']) expect(divisions.has(code)).toBe(false);
  expect(divisions.get('540481')?.name).toBe('米林市');
  expect(divisions.get('659012')?.name).toBe('白杨市');
});

test('a county is told with its city and province', () => {
  expect(divisions.get('440305')).toEqual({
    code: '440305',
    name: '南山区',
    level: 'county',
    provinceCode: '440000',
    cityCode: '440300',
    isLowest: true,
  });
  expect(namesBelow('440300')).toContain('南山区');
  expect(namesBelow('990000')).toEqual([]);
});

test.each([
  ['code: "450100"', 'code: "460100"', /cities\[0\]\.code/],
  ['"450102": 甲', '"450202": 甲', /cities\[0\]\.counties.*450202/],
  ['province: "450000"', 'province: "990000"', /province/],
])('%s → %s is refused at its place', (from, to, place) => {
  const folder = mkdtempSync(join(tmpdir(), 'divisions-'));
  const text =
    'asOf: 2023-06-30\nsource: S\nprovince: "450000"\ncities:\n  - code: "450100"\n    name: 一\n    counties:\n      "450102": 甲\n';
  writeFileSync(join(folder, '450000.yaml'), text.replace(from, to));
  try {
    loadDivisions(folder);
    expect.unreachable();
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    expect(error.extras.places?.map(({ path }) => path).join()).toMatch(place);
  }
});

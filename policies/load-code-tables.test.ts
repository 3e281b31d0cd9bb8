import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { certificatesOf, rowsOn } from '@openbeian/model/code-tables';
import { isFault } from '@openbeian/model/fault';
import { provinces } from '@openbeian/model/province';
import { describe, expect, test } from 'vitest';
import { loadCodeTables } from './load-code-tables.ts';

const tables = loadCodeTables();
const at = '2026-11-29';

/** The places of what is wrong after `change` in one of the shipped files. */
function placesAfter(name: string, change: (text: string) => string): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'code-tables-'));
  cpSync(join(import.meta.dirname, 'code-tables'), folder, { recursive: true });
  const file = join(folder, `${name}.yaml`);
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  try {
    loadCodeTables(folder);
  } catch (error) {
    if (isFault(error, 'input.invalid')) return (error.extras.places ?? []).map(({ path }) => path.replace(folder, ''));
    throw error;
  }
  return [];
}

describe('the code tables of the filing form', () => {
  test('are as large as the form’s: natures, certificates, contents, pre-approvals', () => {
    const sizes = Object.fromEntries(Object.entries(tables).map(([name, { items }]) => [name, items.length]));
    expect(sizes).toEqual({
      natures: 18,
      certificates: 38,
      'website-contents': 30,
      'app-contents': 176,
      'pre-approvals': 13,
      languages: 17,
      'access-methods': 5,
      'server-places': 31,
      messengers: 5,
      'image-uses': 9,
      'app-platforms': 6,
      submitters: 2,
    });
  });

  test('name every row in both languages, and no two rows of a group alike', () => {
    for (const [name, { items }] of Object.entries(tables)) {
      for (const row of items) {
        expect(row.en, `${name} ${row.id}`).not.toMatch(/\p{Script=Han}/u);
      }
      const keys = items.map((row) => `${'group' in row ? row.group : ''} ${row.zh}`);
      if (name !== 'certificates') expect(new Set(keys).size, name).toBe(keys.length);
    }
  });

  test('give each nature its certificates, e.g. individuals seven, and place every province once', () => {
    expect(certificatesOf(tables, 5, at).map(({ id }) => id)).toEqual([2, 7, 11, 14, 30, 41, 42]);
    expect(certificatesOf(tables, 4, at).map(({ zh }) => zh)).toEqual([
      '营业执照（个人或企业）',
      '组织机构代码证',
      '外国企业常驻代表机构登记证',
    ]);
    expect(certificatesOf(tables, 7, at)).toEqual([]);
    expect(tables['server-places'].items.map(({ division }) => division).sort()).toEqual(
      provinces.map(({ code }) => code).sort(),
    );
  });

  test('an app chooses five contents at most, a website any number; the same number means other things', () => {
    expect(tables['app-contents'].most).toBe(5);
    expect(tables['website-contents'].most).toBeUndefined();
    const named = (id: number) =>
      [tables['website-contents'], tables['app-contents']].map(({ items }) => items.find((row) => row.id === id)?.zh);
    expect(named(1)).toEqual(['即时通信', '生活缴费']);
    expect(named(175)).toEqual([undefined, '宗教信息']);
  });

  test('a row may be chosen while it is valid', () => {
    const row = { id: 1, zh: '一', en: 'One' };
    const table = {
      items: [
        { ...row, validTo: '2026-11-28' },
        { ...row, id: 2, validFrom: at },
      ],
    };
    expect(rowsOn(table, '2026-11-28').map(({ id }) => id)).toEqual([1]);
    expect(rowsOn(table, at).map(({ id }) => id)).toEqual([2]);
  });

  test.each([
    [
      'natures',
      'certificates: [5, 23]',
      'certificates: [5, 26]',
      ['natures: items[0].certificates[1]', 'certificates'],
    ],
    ['natures', 'certificates: [5, 23]', 'certificates: [5, 23, 9]', ['natures: items[1].certificates[0]']],
    ['natures', 'certificates: [9, 13]', 'certificates: [9, 2]', ['natures: items[1].certificates']],
    ['languages', 'id: 2,', 'id: 1,', ['/languages.yaml:6: items[1].id']],
    ['website-contents', 'group: 504', 'group: 505', ['/website-contents.yaml:']],
    ['submitters', 'asOf: 2013-10-01', 'asOf: 2013-13-01', ['/submitters.yaml:2: asOf']],
    ['messengers', 'en: QQ', 'english: QQ', ['/messengers.yaml:']],
  ])('%s with %s → %s is refused at its place', (name, from, to, expected) => {
    const places = placesAfter(name, (text) => text.replace(from, to));
    for (const place of expected)
      expect(
        places.some((path) => path.startsWith(place)),
        places.join(),
      ).toBe(true);
  });
});

import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import { type Sections, sheetCsv, sheetZip } from './sheet-files.ts';

const row = (value: string, code: string | null) => ({ id: 'x', label: { zh: '名称', en: 'Name' }, value, code });
const sections: Sections = [
  { id: 'subject', title: { zh: '主办者信息', en: 'Organiser' }, rows: [row('<星云> & "甲"', '4'), row('=1+1', null)] },
];

test('a sheet is CSV that no spreadsheet runs, and a page that no name is markup in', () => {
  expect(sheetCsv(sections, 'zh')).toContain('主办者信息,名称,');
  expect(sheetCsv(sections, 'zh')).not.toContain(',=1+1');
  const files = unzipSync(sheetZip(sections, [], { title: '录入表 <b>', language: 'zh' }));
  const page = strFromU8(files['sheet.html'] ?? new Uint8Array());
  expect(page).toContain('&lt;星云&gt; &amp; &quot;甲&quot;');
  expect(page).toContain('<title>录入表 &lt;b&gt;</title>');
  expect(page).not.toContain('<b>');
});

test('the ZIP has sheet, page and pictures, each by its number of use; none overwrites another or leaves its folder', () => {
  const bytes = new Uint8Array([1, 2, 3]);
  const pictures = [
    { use: 3, name: '身份证', bytes },
    { use: 3, name: '身份证', bytes: new Uint8Array([4]) },
    { use: 1, name: '../证件', bytes },
  ];
  const files = unzipSync(sheetZip(sections, pictures, { title: 'a.cn', language: 'zh' }));
  expect(Object.keys(files).sort()).toEqual([
    '1-.._证件.jpg',
    '3-身份证-2.jpg',
    '3-身份证.jpg',
    'sheet.csv',
    'sheet.html',
  ]);
  expect([...(files['3-身份证.jpg'] ?? [])]).toEqual([1, 2, 3]);
  // With the mark at its beginning, which a decoder leaves out.
  expect([...(files['sheet.csv'] ?? [])].slice(0, 3)).toEqual([0xef, 0xbb, 0xbf]);
  expect(strFromU8(files['sheet.csv'] ?? new Uint8Array())).toBe(sheetCsv(sections, 'zh').slice(1));
});

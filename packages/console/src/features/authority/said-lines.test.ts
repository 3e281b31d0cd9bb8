import { expect, test } from 'vitest';
import { saidLines } from './said-lines.ts';

const said = (content: unknown, language: 'zh' | 'en' = 'zh') =>
  saidLines(content, language).map(({ name, text }) => [name, text]);

test('an unfiled site: where it is and since when', () => {
  const site = { kind: 'unfiled_site', id: 7, domain: 'wfxyz.com', address: '203.0.113.9', carrier: 1, seenOn: null };
  expect(said(site)).toEqual([
    ['domain', 'wfxyz.com'],
    ['address', '203.0.113.9'],
  ]);
});

test('a result: its codes with their words, the authority’s own where they are others', () => {
  const code = { code: 1020, zh: '名称不一致', en: 'Names differ', said: '名称不一致', isKnown: true };
  const codes = [code, { ...code, said: '与营业执照不一致' }];
  expect(said({ result: { codes }, opinion: null })).toEqual([
    ['codes', '1020 名称不一致'],
    ['codes', '1020 名称不一致 · 与营业执照不一致'],
  ]);
  expect(said({ result: { codes: [code] } }, 'en')).toEqual([['codes', '1020 Names differ']]);
});

test('words in both languages, what a check found, and names of the interface', () => {
  expect(said({ subjectNumber: '粤ICP备1号', because: { zh: '已登记', en: 'On record' } }, 'en')).toEqual([
    ['subjectNumber', '粤ICP备1号'],
    ['because', 'On record'],
  ]);
  expect(said({ found: 'dead', on: '2026-11-20' })).toEqual([
    ['found', '空壳网站'],
    ['on', '2026-11-20'],
  ]);
  expect(said({ Zt_xx: { Dwmc: '张＊＊＊' }, Wz_xx: [{ Wzmc: '示例', Ym_xx: [{ Ym: 'a.cn' }] }] })).toEqual([
    ['Dwmc', '张＊＊＊'],
    ['Wzmc', '示例'],
    ['Ym', 'a.cn'],
  ]);
});

test('no more than ten lines, and none of what says nothing', () => {
  expect(said({ domains: Array.from({ length: 30 }, (_, index) => `${index}.cn`) })).toHaveLength(10);
  expect(said({ known: 3, sequence: 5 })).toEqual([]);
  expect(said(null)).toEqual([]);
});

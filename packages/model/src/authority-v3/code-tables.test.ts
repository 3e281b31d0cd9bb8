import { loadCodeTables } from '@openbeian/policies/code-tables';
import { expect, test } from 'vitest';
import { rowOf, rowsOn } from '../code-tables/index.ts';
import { type TablesToRead, tableRowsOf, tablesOfDownload } from './code-tables.ts';

const ours = loadCodeTables();
const day = '2026-12-01';
const before = '2026-11-30';
const over = (Jcdm_xx: NonNullable<TablesToRead['Jcdm_xx']>) => tablesOfDownload({ Jcdm_xx }, ours, day);
const languages = (...rows: readonly { Id?: number; Mc?: string; Sfyx?: number }[]) =>
  over({ Yylb_dms: { Yylb: rows } }).tables.languages;

test('a row keeps its word and takes the authority’s name', () => {
  const table = languages({ Id: 1, Mc: '简体中文', Sfyx: 1 });
  expect(rowOf(table, 'zh_hans', day)).toMatchObject({
    id: 1,
    key: 'zh_hans',
    zh: '简体中文',
    en: 'Simplified Chinese',
  });
  expect(table.asOf).toBe(day);
});

test('rows that the download does not have, or has as invalid, end the day before and are still read', () => {
  const table = languages({ Id: 1, Mc: '中文简体', Sfyx: 1 }, { Id: 2, Mc: '中文繁体', Sfyx: 0 });
  expect(rowsOn(table, day).map(({ id }) => id)).toEqual([1]);
  expect(rowsOn(table, before).length).toBe(ours.languages.items.length);
});

test('a new row can be chosen from that day on, by its number', () => {
  const table = languages(
    { Id: 1, Mc: '中文简体', Sfyx: 1 },
    { Id: 18, Mc: '德语', Sfyx: 1 },
    { Id: 19, Mc: '旧语', Sfyx: 0 },
  );
  expect(rowOf(table, '18', day)).toEqual({ id: 18, zh: '德语', en: '德语', validFrom: day });
  expect(rowOf(table, '18', before)).toBeUndefined();
  expect(rowOf(table, '19', day)).toBeUndefined();
});

test('one that had ended and comes back can be chosen again', () => {
  const ended = tablesOfDownload(
    { Jcdm_xx: { Yylb_dms: { Yylb: [{ Id: 1, Mc: '中文简体', Sfyx: 1 }] } } },
    ours,
    '2026-10-01',
  ).tables;
  const again = tablesOfDownload(
    { Jcdm_xx: { Yylb_dms: { Yylb: [{ Id: 2, Mc: '中文繁体', Sfyx: 1 }] } } },
    ended,
    day,
  ).tables;
  expect(rowsOn(again.languages, day).map(({ id }) => id)).toEqual([2]);
  expect(rowsOn(again.languages, before).map(({ id }) => id)).toEqual([1]);
});

test('rows without number or name, and second ones of a number, are none', () => {
  const table = languages(
    { Id: 1, Mc: 'a', Sfyx: 1 },
    { Id: 1, Mc: 'b', Sfyx: 1 },
    { Mc: 'c' },
    { Id: 20 },
    { Id: 21, Mc: ' ' },
  );
  expect(rowsOn(table, day).map(({ id, zh }) => [id, zh])).toEqual([[1, 'a']]);
});

test('a table that the download does not have is as it was', () => {
  expect(over({}).tables).toEqual(ours);
  expect(tablesOfDownload({}, ours, day)).toMatchObject({
    tables: ours,
    unplaced: [],
    others: { cancellationReasons: null },
  });
});

test('natures and certificates that are new are for a person to place; the others are named', () => {
  const { unplaced, tables } = over({
    Dwxz_dms: {
      Dwxz_xx: [
        ...ours.natures.items.map(({ id, zh }) => ({ Id: id, Mc: zh, Sfyx: 1 })),
        { Id: 21, Mc: '新性质', Sfyx: 1 },
      ],
    },
    Zjlx_dms: {
      Zjlx_xx: [
        { Id: 1, Mc: '营业执照', Sfyx: 1 },
        { Id: 50, Mc: '新证件', Sfyx: 1 },
        { Id: 51, Mc: '旧证件', Sfyx: 0 },
      ],
    },
  });
  expect(unplaced).toEqual([
    { table: 'natures', id: 21, zh: '新性质', isValid: true },
    { table: 'certificates', id: 50, zh: '新证件', isValid: true },
  ]);
  expect(rowsOn(tables.certificates, day)).toMatchObject([
    { id: 1, key: 'business_licence', zh: '营业执照', holder: 'unit' },
  ]);
  expect(rowsOn(tables.natures, day)).toEqual(ours.natures.items);
});

test('tables that the form does not have are given as they came', () => {
  const { others } = over({
    Zxly_dms: { Zxly_xx: [{ Id: 1, Nr: '不再经营', Sfyx: 1 }] },
    Wbacl_dms: { Wbacl_xx: [{ Id: 3, Ztmc: '已关闭' }] },
    Fjwjgs_dms: { Fjwjgs: [{ Id: 1, Mc: 'jpg', Sfyx: 1 }] },
  });
  expect(others).toEqual({
    cancellationReasons: [{ id: 1, zh: '不再经营', isValid: true }],
    unfiledResults: [{ id: 3, zh: '已关闭', isValid: true }],
    attachmentFormats: [{ id: 1, zh: 'jpg', isValid: true }],
    attachmentPurposes: null,
    verificationOpinions: null,
  });
});

test('the rows by our words', () => {
  const { languages: byWord, places, certificates } = tableRowsOf(ours, day);
  expect([byWord.get('zh_hans'), byWord.get('en'), byWord.get('xx')]).toEqual([1, 12, undefined]);
  expect([places.get('340000'), places.get('440000'), places.get('330000')]).toEqual([1, 5, 34]);
  // Of people only: the same word may be a unit’s.
  expect([certificates.get('resident_id'), certificates.get('passport'), certificates.get('business_licence')]).toEqual(
    [2, 7, undefined],
  );
});

import { parsePolicyFile } from '@openbeian/model/eligibility';
import { provinceFileSchema } from '@openbeian/model/province';
import { expect, test } from 'vitest';
import {
  compareRows,
  isDifferent,
  otherRulesOf,
  productMatches,
  ruleBookOf,
  rulesOfProvince,
  standingOf,
  termOfValidity,
  versionOn,
} from './index.ts';

const version = { validFrom: null, validTo: null, evidence: 'stated', source: ['old-page'] };
const policy = parsePolicyFile({
  provider: 'cloud',
  name: { zh: '云', en: 'Cloud' },
  regions: { source: 'regions-page', mainland: ['r-1'], outside: [] },
  accounts: { subjectsPerAccount: 1, source: 'accounts-page' },
  products: [
    {
      product: 'server',
      name: { zh: '服务器', en: 'Server' },
      versions: [
        {
          ...version,
          validTo: '2020-12-31',
          conditions: [{ rule: 'boughtTerm', atLeast: 'P3M' }],
          file: { mode: 'fileable', ways: ['pick'] },
          issue: { mode: 'cannot' },
        },
        {
          ...version,
          validFrom: '2021-01-01',
          conditions: [
            { rule: 'boughtTerm', moreThan: 'P90D', source: 'new-page' },
            { rule: 'publicBandwidth', whereKnown: true },
            { rule: 'issuer', for: ['issue'], realName: ['enterprise'] },
          ],
          file: { mode: 'fileable', ways: ['pick'] },
          issue: { mode: 'cannot' },
          quotas: [{ of: ['file'], scope: 'ip', limit: 2, returnedOnCancel: true }],
        },
      ],
    },
  ],
});
const rule = {
  message: { zh: '一', en: 'one' },
  remedy: { zh: '二', en: 'two' },
  asOf: '2026-01-01',
  source: 'bureau',
};
const province = provinceFileSchema.parse({
  province: '440000',
  rules: [
    { ...rule, id: 'gd.age', if: [{ fact: 'person.age', below: 18 }], effect: 'reject', validTo: '2025-12-31' },
    { ...rule, id: 'gd.age', if: [{ fact: 'person.age', below: 16 }], effect: 'reject', validFrom: '2026-01-01' },
  ],
});
const caseOf = (name: string, at: string, file: readonly 'resource.purchased_term_too_short'[]) => ({
  name,
  place: `p/${name}`,
  product: 'cloud/server',
  at,
  reasons: { file, issue: [] },
  eligible: file.length === 0 ? (['file'] as const) : [],
});
const short = ['resource.purchased_term_too_short'] as const;
const book = ruleBookOf({
  policies: [policy],
  provinces: [province],
  cases: [caseOf('then', '2020-06-01', short), caseOf('now', '2026-06-01', short), caseOf('fine', '2026-06-01', [])],
  provinceCases: [{ name: 'young', place: 'p/young', about: ['gd.age'] }],
  sources: ['old-page', 'new-page', 'regions-page', 'accounts-page', 'bureau', 'unused'].map((label) => ({
    label,
    title: { zh: label, en: label },
    published: { zh: '', en: '' },
    url: null,
  })),
});
const [provider] = book.providers;
const [product] = provider?.products ?? [];
if (product === undefined) throw new Error('the book has the product');
const rowsOn = (at: string) => versionOn(product, at)?.rows ?? [];
const valueOn = (at: string, key: string) => rowsOn(at).find((row) => row.key === key)?.value.zh;

test('each day has its own rules, up to the last day and from the first', () => {
  expect(valueOn('2020-12-31', 'conditions.boughtTerm')).toBe('不少于 3 个月');
  expect(valueOn('2021-01-01', 'conditions.boughtTerm')).toBe('超过 90 天');
  const termsOn = (at: string) => product.versions.map((it) => termOfValidity(it, at).zh);
  expect(termsOn('2020-12-31')).toEqual(['起始日期未知，至 2020-12-31', '2021-01-01 起生效，尚未生效']);
  expect(termsOn('2021-01-01')).toEqual(['起始日期未知，2020-12-31 后失效', '2021-01-01 起，现行']);
});

test('a row has the source that is nearest to it, and the cases of its own days that expect its reason', () => {
  const bought = rowsOn('2026-06-01').find(({ key }) => key === 'conditions.boughtTerm');
  expect(bought).toMatchObject({ sources: ['new-page'], tests: [{ name: 'now', place: 'p/now' }] });
  expect(rowsOn('2020-06-01').find(({ key }) => key === 'conditions.boughtTerm')?.tests).toMatchObject([
    { name: 'then' },
  ]);
  expect(rowsOn('2026-06-01').find(({ key }) => key === 'file')?.tests).toMatchObject([{ name: 'fine' }]);
  expect(product.tests).toHaveLength(3);
});

test('uses, facts that may be missing, quota and accounts are said', () => {
  expect(rowsOn('2026-06-01').map(({ key, label, value }) => `${key} ${label.zh} ${value.zh}`)).toEqual([
    'file 能否备案 可以备案',
    'file.ways 备案方式 在表单中选择该资源',
    'issue 能否生成授权码 不能生成',
    'conditions.boughtTerm 购买时长（含续费） 超过 90 天',
    'conditions.publicBandwidth 公网带宽 大于 0 Mbps；资源信息中没有时不作要求',
    'conditions.issuer(issue) 账号实名类型（仅生成授权码） 企业',
    'quotas.file(ip) 名额（备案） 每个 IP 2 个；注销备案后返还',
    'evidence 依据强度 来源有明确说明',
  ]);
  expect(provider?.accounts.map(({ key, value }) => [key, value.en])).toEqual([['accounts.subjectsPerAccount', '1']]);
});

test('two days side by side: what differs, in the order of one of them', () => {
  const compared = compareRows(rowsOn('2020-06-01'), rowsOn('2026-06-01'));
  expect(compared.map(({ key }) => key)).toEqual(rowsOn('2026-06-01').map(({ key }) => key));
  expect(compared.filter(isDifferent).map(({ key, left }) => [key, left?.value.en ?? null])).toEqual([
    ['conditions.boughtTerm', 'at least 3 months'],
    ['conditions.publicBandwidth', null],
    ['conditions.issuer(issue)', null],
    ['quotas.file(ip)', null],
  ]);
});

test('a province’s rules by day, with who and when', () => {
  const [guangdong] = book.provinces;
  const on = (at: string) => (guangdong === undefined ? [] : rulesOfProvince(guangdong, at));
  const whenOn = (at: string) =>
    on(at).flatMap(({ rows }) => rows.flatMap((row) => (row.key === 'gd.age.if' ? [row.value.zh] : [])));
  expect(whenOn('2025-12-31')).toEqual(['负责人未满 18 周岁']);
  expect(whenOn('2026-01-01')).toEqual(['负责人未满 16 周岁']);
  expect(on('2026-01-01')[0]?.rows[0]?.tests).toMatchObject([{ name: 'young' }]);
});

test('what another rule replaces no longer holds, from the day on that the other does; a part of it does not end it', () => {
  const [base, guangdong] = [
    { province: null, rules: [{ ...rule, id: 'base.name', effect: 'reject', field: 'f' }] },
    {
      province: '440000',
      rules: [
        { ...rule, id: 'gd.old', effect: 'reject', field: 'f' },
        { ...rule, id: 'gd.new', effect: 'reject', field: 'f', supersedes: ['gd.old'], validFrom: '2026-01-01' },
        { ...rule, id: 'gd.seen', effect: 'reject', field: 'f' },
        { ...rule, id: 'gd.later', effect: 'reject', field: 'f', supersedes: ['gd.seen'], asOf: '2025-03-01' },
        { ...rule, id: 'gd.part', effect: 'reject', field: 'f' },
        { ...rule, id: 'gd.some', effect: 'reject', field: 'f', supersedes: ['gd.part'], subjects: ['individual'] },
        { ...rule, id: 'gd.own', effect: 'reject', field: 'f', supersedes: ['base.name'] },
      ],
    },
  ].map((file) => provinceFileSchema.parse(file));
  if (base === undefined || guangdong === undefined) throw new Error('two files');
  const parts = { policies: [], cases: [], provinceCases: [], sources: [] };
  const [all, own] = ruleBookOf({ ...parts, provinces: [base, guangdong] }).provinces;
  if (all === undefined || own === undefined) throw new Error('two chapters');
  const standings = (at: string) => otherRulesOf(own, at).map((it) => `${it.id} ${standingOf(it, at).zh}`);
  expect(standings('2025-12-31')).toEqual([
    'gd.new 2026-01-01 起生效，尚未生效',
    'gd.seen 已由 gd.later 代替（资料日期 2025-03-01），不再适用',
  ]);
  expect(standings('2026-01-01')).toEqual([
    'gd.old 2026-01-01 起由 gd.new 代替，不再适用',
    'gd.seen 已由 gd.later 代替（资料日期 2025-03-01），不再适用',
  ]);
  expect(rulesOfProvince(own, '2026-01-01').map(({ id }) => id)).toEqual(
    'gd.new gd.later gd.part gd.some gd.own'.split(' '),
  );
  const labelOf = (id: string, chapter: typeof own) =>
    chapter.rules.flatMap(({ rows }) => rows).find(({ key }) => key === `${id}.supersededBy`)?.label.zh;
  expect([labelOf('gd.old', own), labelOf('gd.part', own), labelOf('base.name', all)]).toEqual([
    '已由其他规则代替',
    '部分情形由其他规则代替',
    '在个别省由其他规则代替',
  ]);
  expect(otherRulesOf(all, '2026-01-01')).toEqual([]);
});

test('sources that no rule names are left out; products are found by what they ask', () => {
  expect(book.sources.map(({ label }) => label)).not.toContain('unused');
  expect(book.sources).toHaveLength(5);
  expect(productMatches(product, 'SERVER 90 天', '2026-06-01')).toBe(true);
  expect(productMatches(product, '90 天', '2020-06-01')).toBe(false);
  expect(productMatches(product, ' ', '2026-06-01')).toBe(true);
});

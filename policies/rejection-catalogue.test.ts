import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rowOf } from '@openbeian/model/code-tables';
import { fictionalCertificateNumber, fictionalFiling } from '@openbeian/model/fictional';
import { type CheckContext, checkWithList, formLimitsOn, proposeNames } from '@openbeian/model/forms';
import { expect, test } from 'vitest';
import { loadPolicies } from './load.ts';
import { loadCodeTables } from './load-code-tables.ts';
import { loadDivisions } from './load-divisions.ts';
import { loadFormLimits } from './load-form-limits.ts';
import { openProvinceRules } from './provinces.ts';
import { loadRejectionCatalogue, type RejectionRow, rejectionPage } from './rejection-catalogue.ts';
import { codesOf, deciderOf } from './testing/inventories.ts';

const at = '2026-11-21';
const seed = 7;
const tables = loadCodeTables();
const divisions = loadDivisions();
const provinceRules = openProvinceRules();
const decide = deciderOf(loadPolicies());
const rows = loadRejectionCatalogue().flatMap((set) => set.rows);
const withCase = <Key extends 'filing' | 'resource'>(key: Key) =>
  rows.flatMap((row) => (row[key] === undefined ? [] : [{ ...row, [key]: row[key] }])) as (RejectionRow & {
    readonly [Part in Key]-?: NonNullable<RejectionRow[Part]>;
  })[]; // a filter does not narrow

type Filing = NonNullable<RejectionRow['filing']>;
type Values = Readonly<Record<string, unknown>>;

function check(filing: Filing, nature: string, changes: Values, facts: Filing['facts']) {
  const { province: provinceCode, kind, service: serviceKind } = filing;
  const made = fictionalFiling(seed, { tables, divisions, at, provinceCode, nature, serviceKind });
  const context: CheckContext = {
    ...made.context,
    kind,
    limits: formLimitsOn(loadFormLimits(), at),
    provinceRules: provinceRules(provinceCode),
    known: facts,
  };
  const own = provinceCode.slice(0, 2);
  const identity = (region: string, birth?: string) => {
    const number = fictionalCertificateNumber(2, seed, region);
    return birth === undefined ? number : withBirth(number, birth);
  };
  const tokens: Readonly<Record<string, () => unknown>> = {
    $OWN_ID: () => identity(own),
    $OTHER_ID: () => identity(own === '33' ? '32' : '33'),
    $CHILD_ID: () => identity(own, '20120101'),
    $OWN_CODE: () => fictionalCertificateNumber(1, seed, own),
    $PROPOSED: () => {
      const broken = { ...made.values, ...filing.breaks };
      return proposeNames(broken, context, checkWithList(broken, context).findings)[0];
    },
  };
  const values = Object.entries(changes).map(([path, value]) => [path, tokens[String(value)]?.() ?? value]);
  return checkWithList({ ...made.values, ...Object.fromEntries(values) }, context);
}

function withBirth(number: string, birth: string): string {
  const body = `${number.slice(0, 6)}${birth}${number.slice(14, 17)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = [...body].reduce((total, digit, index) => total + Number(digit) * (weights[index] ?? 0), 0);
  return `${body}${'10X98765432'[sum % 11]}`;
}

test.each(withCase('filing'))('$id: caught by its rule, cleared by its remedy', ({ by, filing }) => {
  const found = ({ findings }: ReturnType<typeof check>) =>
    findings.filter(({ rule, field }) => by.includes(rule) && (filing.field === undefined || filing.field === field));
  const broken = check(filing, filing.nature, filing.breaks, filing.facts);
  expect(new Set(found(broken).map(({ rule }) => rule))).toEqual(new Set(by));
  for (const { message, remedy } of found(broken)) expect([message.zh, message.en, remedy?.zh]).not.toContain('');
  const cleared = check(
    filing,
    filing.remedyNature ?? filing.nature,
    { ...filing.breaks, ...filing.remedy },
    filing.fixed,
  );
  expect(found(cleared)).toEqual([]);
});

test.each(withCase('resource'))('$id: caught by its reason, cleared by a resource that passes', ({ by, resource }) => {
  const { use, breaks, realName } = resource;
  const around = realName === undefined ? {} : { realName };
  expect(codesOf(decide(breaks, around)[use])).toEqual(expect.arrayContaining([...by]));
  expect(codesOf(decide({})[use])).toEqual([]);
});

const root = join(import.meta.dirname, '..');

test.each(rows.filter(({ how }) => how === 'server'))('$id: a test of the server names what refuses it', (row) => {
  const file = join(root, row.test ?? '');
  expect(existsSync(file)).toBe(true);
  for (const code of row.by) expect(readFileSync(file, 'utf8')).toContain(code);
});

test.each(rows.filter(({ how }) => how === 'people'))('$id: is on the reviewer’s check list', ({ by }) => {
  const unit: Filing = {
    nature: 'enterprise',
    province: '440000',
    kind: 'first',
    service: 'website',
    breaks: {},
    remedy: {},
    facts: {},
    fixed: {},
  };
  const listed = check(unit, 'enterprise', {}, {}).checkList.map(({ rule }) => rule.id);
  expect(listed).toEqual(expect.arrayContaining([...by]));
});

test.each(rows.filter(({ how }) => how === 'look_up'))(
  '$id: until the answer is there the rule is listed, if it can refuse',
  (row) => {
    const { filing, by } = row;
    if (filing === undefined) throw new Error('a rule that waits for a look-up has a case');
    const rule = provinceRules(filing.province)
      .flatMap(({ rules }) => rules)
      .find(({ id }) => by.includes(id));
    const listed = check(filing, filing.nature, filing.breaks, {}).checkList.map((item) => item.rule.id);
    expect(rule?.effect === 'advise' || listed.some((id) => by.includes(id))).toBe(true);
  },
);

test('each row is there once; every one that a rule decides has its case, every server’s its test', () => {
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  for (const { id, how, filing, resource, test: shown } of rows) {
    const isShown = how === 'people' || (how === 'server' ? shown : (filing ?? resource)) !== undefined;
    expect([id, isShown]).toEqual([id, true]);
  }
  expect(loadRejectionCatalogue().map(({ rows: own }) => own.length)[0]).toBe(92);
});

test('natures of cases exist', () => {
  for (const { filing } of withCase('filing')) expect(rowOf(tables.natures, filing.nature, at)).toBeDefined();
});

test('the figure that the page prints', () => {
  expect(rejectionPage().figure).toMatch(/^rejections: caught \d+ by rules and the server, \d+ by a rule once/);
});

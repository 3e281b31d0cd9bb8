import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { appliesTo, checkListFor, preparationsFor, provinceRulesFor, provinces } from '@openbeian/model/province';
import { afterAll, expect, test } from 'vitest';
import { accountProblems, loadCollectedRows } from './collected-rows.ts';
import { labelsExplainedIn } from './lint.ts';
import { lintProvinces } from './lint-provinces.ts';
import { policyFilesOf } from './load.ts';
import { loadProvinceRules, openProvinceRules, provincesDirectory, readProvinceFile } from './provinces.ts';

const labels = labelsExplainedIn(join(import.meta.dirname, '..', 'docs', 'sources.md'));
const folder = mkdtempSync(join(tmpdir(), 'provinces-'));
afterAll(() => rmSync(folder, { recursive: true }));

const shipped = loadProvinceRules();

test('the bundled rules: explained, tested both ways, without contradiction, and every collected row is carried', () => {
  expect(lintProvinces([provincesDirectory], labels)).toEqual([]);
  expect(shipped.map(({ province }) => province)).toEqual([...provinces.map(({ code }) => code), null]);
});

test('what was collected: 424 rows of one provider, 187 of the others, and their statements', () => {
  const { sets, notCarried } = loadCollectedRows();
  const rowsOf = (name: string) => sets.find((set) => set.name === name)?.rows ?? 0;
  expect(rowsOf('TC-PROVINCES')).toBe(424);
  const others = ['ALI19-PROVINCES', 'QC-PROVINCES', 'HW-PROVINCES', 'JD-PROVINCE-MATERIALS'];
  expect(others.map(rowsOf).reduce((one, other) => one + other)).toBe(187);
  expect(rowsOf('JD-PROVINCES')).toBeGreaterThan(60);
  const statements = sets.flatMap((set) => set.statements);
  expect(new Set(statements).size).toBe(statements.length);
  expect(notCarried.flatMap(({ rows }) => rows)).toEqual(['QC-54-A.1', 'J3-00-A.order_limit']);
});

test('a statement that no rule carries is found, and so is an id that was never collected', () => {
  const read = policyFilesOf(provincesDirectory).map(readProvinceFile);
  const changed = (change: (from: readonly string[]) => string[]) =>
    read.map(({ file, table }) => ({
      file,
      table: { ...table, rules: table.rules.map((rule) => ({ ...rule, from: change(rule.from) })) },
    }));
  const without = changed((from) => from.filter((id) => id !== 'PR-44-A-number_shown'));
  expect(accountProblems(without).map(({ en }) => en)).toEqual([
    expect.stringContaining('from: [PR-44-A-number_shown]'),
  ]);
  const unknown = changed((from) => from.map((id) => (id === 'HW-63-U.1' ? 'HW-63-U.2' : id)));
  expect(accountProblems(unknown).map(({ en }) => en)).toEqual([
    'expected a collected row; HW-63-U.2 is none',
    expect.stringContaining('from: [HW-63-U.1]'),
  ]);
});

test('where sources contradict each other the later one decides, and the other is still there', () => {
  const rules = shipped.flatMap((file) => file.rules.map((rule) => ({ ...rule, province: file.province })));
  const dayOf = (id: string) => rules.find((rule) => rule.id === id)?.asOf ?? '';
  const older = rules.flatMap(({ id, province, asOf, supersedes }) =>
    supersedes
      // A province's own rule holds against what holds everywhere, whatever the days.
      .filter((other) => rules.some((rule) => rule.id === other && rule.province === province))
      .filter((other) => dayOf(other) > asOf)
      .map((other) => `${id} (${asOf}) supersedes ${other} (${dayOf(other)})`),
  );
  expect(older).toEqual([]);
});

test('the figures: most rows are executable, in every province', () => {
  for (const { province, rules } of shipped) {
    const executable = rules.filter(({ effect }) => effect !== 'human').length;
    expect(executable, province ?? 'base').toBeGreaterThan(6);
  }
  const effects = shipped.flatMap(({ rules }) => rules.map(({ effect }) => effect));
  expect(effects.length).toBeGreaterThan(800);
  expect(effects.filter((effect) => effect === 'human').length / effects.length).toBeLessThan(0.15);
});

const row = (more: string) =>
  `{ id: test.rule, if: [{ fact: person.age, below: 18 }], effect: reject, message: { zh: 一, en: a }, remedy: { zh: 二, en: b }, asOf: 2026-01-01, source: test-rules${more} }`;
const caseOf = (applies: string) =>
  `cases:\n  - { name: seventeen, subject: enterprise, facts: { person.age: 17 }, applies: [${applies}] }\n  - { name: eighteen, subject: enterprise, facts: { person.age: 18 }, applies: [] }\n`;

test.each([
  ['a whole file', '440000', row(''), caseOf('test.rule'), null],
  ['another name', '440001', row(''), caseOf('test.rule'), 'named by its province'],
  ['a source nobody explains', '440000', row('').replace('test-rules', 'hearsay'), caseOf('test.rule'), 'hearsay'],
  ['no case', '440000', row(''), null, 'a case'],
  ['a case that fails', '440000', row(''), caseOf(''), 'it is test.rule'],
  ['a fact that there is not', '440000', row('').replace('person.age', 'person.height'), caseOf('test.rule'), ''],
  ['what supersedes nothing', '440000', row(', supersedes: [no.such]'), caseOf('test.rule'), 'no.such'],
  ['an end before the beginning', '440000', row(', validFrom: 2026-02-01, validTo: 2026-01-31'), null, 'validFrom'],
  [
    'two versions of one rule, one after the other',
    '440000',
    `${row(', validTo: 2026-01-31')}\n  - ${row(', validFrom: 2026-02-01')}`,
    `${caseOf('test.rule')}  - { name: later, at: 2026-02-01, subject: enterprise, facts: { person.age: 17 }, applies: [test.rule] }\n`,
    null,
  ],
  [
    'a version without a case',
    '440000',
    `${row(', validTo: 2026-01-31')}\n  - ${row(', validFrom: 2026-02-01')}`,
    caseOf('test.rule'),
    'rules[1] expected a case',
  ],
  [
    'two versions in force on one day',
    '440000',
    `${row(', validTo: 2026-01-31')}\n  - ${row(', validFrom: 2026-01-31')}`,
    `${caseOf('test.rule')}  - { name: later, at: 2026-02-01, subject: enterprise, facts: { person.age: 17 }, applies: [test.rule] }\n`,
    'twice',
  ],
  [
    'two rules that draw one line at two places',
    '440000',
    `${row('')}\n  - ${row('').replace('test.rule', 'test.other').replace('18', '16')}`,
    `cases:\n  - { name: fifteen, subject: enterprise, facts: { person.age: 15 }, applies: [test.rule, test.other] }\n  - { name: eighteen, subject: enterprise, facts: { person.age: 18 }, applies: [] }\n`,
    'contradicts test.other',
  ],
  [
    'one that supersedes the other',
    '440000',
    `${row(', supersedes: [test.other]')}\n  - ${row('').replace('test.rule', 'test.other').replace('18', '16')}`,
    `cases:\n  - { name: fifteen, subject: enterprise, facts: { person.age: 15 }, applies: [test.rule] }\n  - { name: eighteen, subject: enterprise, facts: { person.age: 18 }, applies: [] }\n`,
    null,
  ],
  [
    'one that refuses what the other lets pass with a paper',
    '440000',
    `${row('')}\n  - ${row('').replace('test.rule', 'test.other').replace('below: 18', 'atLeast: 16, below: 18').replace('reject', 'require_material')}`,
    null,
    'contradicts test.other',
  ],
  [
    'two that leave nobody',
    '440000',
    `${row('').replace('{ fact: person.age, below: 18 }', '{ fact: principals.areOne, is: true }')}\n  - ${row('').replace('test.rule', 'test.other').replace('{ fact: person.age, below: 18 }', '{ fact: principals.areOne, is: false }')}`,
    null,
    'contradicts test.other',
  ],
  [
    'two for different people',
    '440000',
    `${row(', subjects: [individual]')}\n  - ${row(', subjects: [organisations]').replace('test.rule', 'test.other').replace('18', '16')}`,
    `cases:\n  - { name: fifteen, subject: enterprise, facts: { person.age: 15 }, applies: [test.other] }\n  - { name: person, subject: individual, facts: { person.age: 15 }, applies: [test.rule] }\n  - { name: eighteen, subject: enterprise, facts: { person.age: 18 }, applies: [] }\n`,
    null,
  ],
  [
    'no case in which it does not apply',
    '440000',
    row(''),
    `cases:\n  - { name: seventeen, subject: enterprise, facts: { person.age: 17 }, applies: [test.rule] }\n`,
    'does not apply',
  ],
  ['a part of a province’s rules', '440000.people', row(''), caseOf('test.rule'), null],
  ['a source of several', '440000', row('').replace('test-rules', '[test-rules, hearsay]'), null, 'hearsay'],
  ['nothing to do about it', '440000', row('').replace('remedy: { zh: 二, en: b }, ', ''), null, 'what to do'],
  ['neither bound', '440000', row('').replace(', below: 18', ''), null, ''],
  [
    'more lines than people review',
    '440000',
    `${row('')}\n${'#\n'.repeat(400)}`,
    caseOf('test.rule'),
    'at most 400 lines',
  ],
  ['the same id twice', '440000', `${row('')}\n  - ${row('')}`, caseOf('test.rule, test.rule'), 'twice'],
  [
    'a rule that has no place',
    '440000',
    row('').replace('[{ fact: person.age, below: 18 }]', '[]'),
    caseOf(''),
    'field',
  ],
])('%s', (_name, file, rules, cases, problem) => {
  const directory = mkdtempSync(join(folder, 'x-'));
  writeFileSync(join(directory, `${file}.yaml`), `province: "440000"\nrules:\n  - ${rules}\n`);
  if (cases !== null) writeFileSync(join(directory, `${file}.cases.yaml`), cases);
  const found = lintProvinces([directory], labels);
  if (problem === null) expect(found).toEqual([]);
  else expect(found.map(({ place, en }) => `${place} ${en}`).join('\n')).toContain(problem);
  if (problem !== null) expect(found[0]?.place).toMatch(/\.yaml:\d+/);
});

const placesOf = (load: () => unknown): string => {
  try {
    load();
  } catch (error) {
    if (isFault(error, 'input.invalid')) {
      return (error.extras.places ?? []).map(({ path, expected }) => `${path} ${expected}`).join('\n');
    }
    throw error;
  }
  return '';
};

test.each([
  ['YAML that cannot be read', `province: "440000"\nrules: [\n`, /440000\.yaml:\d+ expected YAML/],
  ['a value', `province: "440000"\nrules:\n  - ${row(', effekt: reject')}\n`, /440000\.yaml:3: rules\[0\].* /],
  ['an id twice', `province: "440000"\nrules:\n  - ${row('')}\n  - ${row('')}\n`, /440000\.yaml:4: rules\[1\]\.id /],
])('a server refuses %s with file and line', (_name, text, place) => {
  const directory = mkdtempSync(join(folder, 'x-'));
  writeFileSync(join(directory, '440000.yaml'), text);
  expect(placesOf(() => loadProvinceRules([directory]))).toMatch(place);
});

test('a directory that is not there, or holds no rules, is named; several directories make one set', () => {
  expect(placesOf(() => loadProvinceRules([join(folder, 'none')]))).toMatch(/none: .*expected a directory/);
  const [one, other] = [mkdtempSync(join(folder, 'x-')), mkdtempSync(join(folder, 'x-'))];
  expect(placesOf(() => loadProvinceRules([one]))).toContain('at least one *.yaml');
  writeFileSync(join(one, '440000.yaml'), `province: "440000"\nrules:\n  - ${row('')}\n`);
  writeFileSync(join(other, 'base.yaml'), `province: null\nrules:\n  - ${row('').replace('test.rule', 'base.rule')}\n`);
  expect(loadProvinceRules([one, other]).map(({ province }) => province)).toEqual(['440000', null]);
  expect(placesOf(() => loadProvinceRules([one, one]))).toContain('test.rule');
});

test('a set with base.yaml is a whole one: a province without rules is named', () => {
  const directory = mkdtempSync(join(folder, 'x-'));
  writeFileSync(join(directory, 'base.yaml'), `province: null\nrules:\n  - ${row('')}\n`);
  const found = lintProvinces([directory], labels).map(({ en }) => en);
  expect(found).toContain('expected rules of 540000');
  expect(found.filter((en) => en.startsWith('expected rules of'))).toHaveLength(31);
});

test('opened for one province, the bundled rules are its own and those of every province', () => {
  const rulesOf = openProvinceRules();
  for (const code of ['440000', '540000']) {
    expect(rulesOf(code)).toEqual(shipped.filter(({ province }) => province === null || province === code));
    expect(rulesOf(code)).toBe(rulesOf(code));
  }
});

/** Read from the sources by hand, apart from the cases beside the rules: what is refused of whom, and what is asked for. */
test.each([
  [
    '江西',
    '360000',
    'individual',
    { 'person.age': 16, 'person.isLocal': false },
    ['jiangxi.individual_proof_of_residence'],
  ],
  ['江西', '360000', 'individual', { 'person.age': 15 }, ['jiangxi.age_sixteen']],
  ['江西', '360000', 'enterprise', { 'person.age': 17 }, ['person.age']],
  ['广东', '440000', 'individual', { 'person.age': 17 }, ['guangdong.age_eighteen']],
  ['广东', '440000', 'enterprise', { 'person.age': 17 }, []],
  ['广东', '440000', 'enterprise', { 'person.age': 15 }, ['guangdong.age_sixteen']],
  ['广东', '440000', 'individual', { 'person.isLocal': false }, ['guangdong.proof_of_residence']],
  ['广东', '440000', 'enterprise', { 'subject.prefixes': 31 }, []],
  ['广东', '440000', 'enterprise', { 'subject.prefixes': 32 }, ['guangdong.unit_many_prefixes']],
  ['山东', '370000', 'individual', { 'person.age': 16 }, ['shandong.age_seventeen']],
  ['山东', '370000', 'individual', { 'person.age': 17 }, []],
  ['江苏', '320000', 'individual', { 'person.age': 17 }, ['jiangsu.individual_minor_employment_or_income']],
  ['江苏', '320000', 'individual', { 'person.age': 15 }, ['jiangsu.age_sixteen_with_proof']],
  ['天津', '120000', 'individual', { 'person.age': 17 }, ['tianjin.individual_age_eighteen']],
  ['天津', '120000', 'enterprise', { 'principals.areOne': true }, ['tianjin.site_principal_differs']],
  ['河北', '130000', 'enterprise', { 'person.certificate': 'passport' }, ['hebei.no_foreigners']],
  ['黑龙江', '230000', 'individual', { 'person.isLocal': false }, ['heilongjiang.local_id']],
  ['内蒙古', '150000', 'individual', { 'person.isLocal': false }, ['neimenggu.local_id']],
  ['宁夏', '640000', 'enterprise', { 'domain.holder': 'legal_representative' }, ['ningxia.domain_holder']],
  ['上海', '310000', 'enterprise', { 'domain.daysLeft': 179 }, ['shanghai.domain_half_year']],
  ['贵州', '520000', 'enterprise', { 'domain.daysLeft': 89 }, ['domain.days_left']],
  ['陕西', '610000', 'enterprise', { 'subject.services': 31 }, ['shaanxi.thirty_sites']],
  ['安徽', '340000', 'enterprise', { 'subject.principalIsLegalRepresentative': false }, ['anhui.subject_letter']],
  ['湖南', '430000', 'individual', { 'person.mobileIsLocal': false }, ['hunan.individual_local_mobile']],
] as const)('%s: of %s, %s, %j: %j', (_name, provinceCode, subjectKind, facts, expected) => {
  const question = { provinceCode, subjectKind, kind: 'first', serviceKind: 'website', at: '2026-11-29' } as const;
  const applied = provinceRulesFor(shipped, question)
    .filter((rule) => rule.if.length > 0 && rule.effect !== 'advise')
    .filter((rule) => appliesTo(rule, facts));
  expect(applied.map(({ id }) => id)).toEqual(expected);
});

test('what an individual in Jiangsu will need, and what the reviewer of a company in Guangdong looks at', () => {
  const [subjectKind, kind, at] = ['individual', 'first', '2026-11-29'] as const;
  const needed = preparationsFor(shipped, { subjectKind, province: '320000', kind, at }).map(({ rule }) => rule.id);
  for (const id of [
    'jiangsu.notice_and_pledge',
    'jiangsu.pledge_video',
    'jiangsu.proof_of_residence',
    'material.pledge',
  ]) {
    expect(needed).toContain(id);
  }
  expect(needed.at(-1)).toBe('jiangsu.authority_days');
  expect(needed).not.toContain('jiangsu.trader_lookup');
  // Of the 18 natures each needs its own: only a law practice the pages of its licence.
  const ofNature = (nature: string) =>
    preparationsFor(shipped, { subjectKind: 'society', nature, province: '110000', kind, at })
      .filter(({ always }) => always)
      .map(({ rule }) => rule.id);
  expect(ofNature('law_practice')).toContain('beijing.law_firm_pages');
  expect(ofNature('foundation')).not.toContain('beijing.law_firm_pages');

  const question = { provinceCode: '440000', subjectKind: 'enterprise', kind, serviceKind: 'website', at } as const;
  const items = checkListFor(shipped, question, [{ 'person.age': 30, 'service.name': '星河网络' }]);
  const because = new Map(items.map((item) => [item.rule.id, item.because]));
  expect(because.get('guangdong.legal_representative')).toBe('fact_missing');
  expect(because.get('guangdong.pledge')).toBe('to_be_seen');
  expect(because.get('addresses.to_the_door')).toBe('human');
  // Its own pledge takes the place of the usual one; nothing of other provinces or of individuals is there.
  expect(because.has('material.pledge')).toBe(false);
  expect([...because.keys()].filter((id) => /^(jiangsu|shanghai)\./.test(id))).toEqual([]);
  expect(because.has('guangdong.copy_with_fingerprint')).toBe(false);
});

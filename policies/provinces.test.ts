import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { afterAll, expect, test } from 'vitest';
import { labelsExplainedIn } from './lint.ts';
import { lintProvinces } from './lint-provinces.ts';
import { loadProvinceRules, provincesDirectory } from './provinces.ts';

const labels = labelsExplainedIn(join(import.meta.dirname, '..', 'docs', 'sources.md'));
const folder = mkdtempSync(join(tmpdir(), 'provinces-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the rules that come with OpenBeian are read, explained, and each has a case in which it applies', () => {
  expect(lintProvinces([provincesDirectory], labels)).toEqual([]);
  expect(loadProvinceRules().length).toBeGreaterThan(4);
});

const row = (more: string) =>
  `{ id: test.rule, if: [{ fact: person.age, below: 18 }], effect: reject, message: { zh: 一, en: a }, remedy: { zh: 二, en: b }, asOf: 2026-01-01, source: test-rules${more} }`;
const caseOf = (applies: string) =>
  `cases:\n  - { name: seventeen, subject: enterprise, facts: { person.age: 17 }, applies: [${applies}] }\n`;

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

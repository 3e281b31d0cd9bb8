import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { labelsExplainedIn } from './lint.ts';
import { lintProvinces, loadProvinceRules, provincesDirectory } from './provinces.ts';

const labels = labelsExplainedIn(join(import.meta.dirname, '..', 'docs', 'sources.md'));
const folder = mkdtempSync(join(tmpdir(), 'provinces-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the rules that come with OpenBeian are read, explained, and each has a case in which it applies', () => {
  expect(lintProvinces(provincesDirectory, labels)).toEqual([]);
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
  const found = lintProvinces(directory, labels);
  if (problem === null) expect(found).toEqual([]);
  else expect(found.map(({ place, en }) => `${place} ${en}`).join('\n')).toContain(problem);
  if (problem !== null) expect(found[0]?.place).toMatch(/\.yaml:\d+/);
});

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const shipped = fileURLToPath(new URL('../../../../policies/providers/', import.meta.url));
function run(...args: string[]) {
  return spawnSync(process.execPath, [main, 'policy', ...args], { encoding: 'utf8' });
}
/** A directory like an operator's own: one provider's file with its cases, changed. */
function directoryWith(change: (text: string) => string, cases = (text: string) => text): string {
  const directory = mkdtempSync(join(tmpdir(), 'policy-'));
  for (const [name, edit] of [
    ['jd.yaml', change],
    ['jd.cases.yaml', cases],
  ] as const) {
    cpSync(join(shipped, name), join(directory, name));
    const text = readFileSync(join(shipped, name), 'utf8');
    const edited = edit(text);
    writeFileSync(join(directory, name), edited);
  }
  return directory;
}
const same = (text: string) => text;

test('policy test runs the cases beside the files and fails with the line of a case that does not hold', () => {
  const good = JSON.parse(run('test', shipped, '--json').stdout);
  expect(good.failed).toBe(0);
  expect(good.passed).toBeGreaterThan(60);
  const bad = run(
    'test',
    directoryWith((text) => text.replace('moreThan: P3M', 'moreThan: P7M')),
    '--lang',
    'en',
  );
  expect(bad.status).toBe(1);
  expect(bad.stdout).toMatch(/jd\.cases\.yaml:\d+: jd\/vm: more than three months\n {4}file: expected "eligible"/);
});

test('policy test runs the cases of the provinces too, and those of an operator’s own directory alone', () => {
  const shippedCases = JSON.parse(run('test', '--json').stdout);
  const products = shippedCases.results.map(({ product }: { product: string }) => product);
  expect(products).toContain('province/440000');
  expect(products).toContain('province/base');
  expect(products).toContain('tencent/cvm');
  expect(shippedCases.failed).toBe(0);

  const directory = mkdtempSync(join(tmpdir(), 'provinces-'));
  const rule =
    '{ id: test.rule, validFrom: 2026-06-01, if: [{ fact: person.age, below: 18 }], effect: reject, message: { zh: 一, en: a }, remedy: { zh: 二, en: b }, asOf: 2026-01-01, source: s }';
  const minor = (name: string, at: string, applies: string) =>
    `  - { name: ${name}, at: ${at}, subject: enterprise, facts: { person.age: 17 }, applies: [${applies}] }\n`;
  writeFileSync(join(directory, '440000.yaml'), `province: "440000"\nrules:\n  - ${rule}\n`);
  const cases = join(directory, '440000.cases.yaml');
  writeFileSync(
    cases,
    `cases:\n${minor('before', '2026-05-31', '')}${minor('from then on', '2026-06-01', 'test.rule')}`,
  );
  const own = JSON.parse(run('test', '--provinces', directory, '--json').stdout);
  expect(own).toMatchObject({ passed: 2, failed: 0 });

  writeFileSync(cases, `cases:\n${minor('before', '2026-05-31', 'test.rule')}`);
  const bad = run('test', '--provinces', directory, '--lang', 'en');
  expect(bad.status).toBe(1);
  expect(bad.stdout).toContain(`${cases}:2: province/440000: before\n    applies: expected ["test.rule"], got []\n`);

  writeFileSync(join(directory, '440000.yaml'), 'province: "440000"\nrules: [\n');
  const broken = run('test', '--provinces', directory, '--lang', 'en');
  expect(broken.status).toBe(1);
  expect(broken.stderr).toMatch(/440000\.yaml:\d+: expected YAML/);
  expect(run('lint', '--provinces', directory, '--lang', 'en').stdout).toMatch(/440000\.yaml:\d+: expected YAML/);
}, 30_000);

test('lint finds nothing in what is shipped; a bad file is refused with line and reason', () => {
  expect(run('lint', '--lang', 'en')).toMatchObject({ status: 0, stdout: 'no problems\n' });
  const lint = (change: (text: string) => string, cases = same) => {
    const { stdout, status } = run('lint', directoryWith(change, cases), '--lang', 'en');
    expect(status).toBe(1);
    return stdout;
  };
  expect(lint((text) => text.replace('source: [jd-site-builder]', 'source: [hearsay]'))).toMatch(
    /jd\.yaml:\d+: .*hearsay is not/,
  );
  expect(lint((text) => text.replace('moreThan: P3M', 'moreThan: 3M'))).toMatch(/jd\.yaml:\d+: .*P3M or P90D/);
  expect(lint((text) => `${text}\n  nonsense: [`)).toMatch(/jd\.yaml:\d+: \(root\): expected YAML/);
  expect(lint(same, (text) => text.replaceAll('site_builder', 'vm'))).toMatch(
    /jd\.yaml:\d+: products\[1\]\.product: expected a test case/,
  );
  expect(lint((text) => text.replace('evidence: partial', 'evidence: weak'))).toMatch(
    /evidence: expected file\.mode unstated/,
  );
});

test('lint finds versions that overlap, leave a gap or change nothing, and conditions that are never asked', () => {
  const dated = (first: string, second: string, days: readonly [to: string, from: string]) =>
    directoryWith((text) => {
      const vm = text.indexOf('validFrom: null');
      const [start, end] = [text.lastIndexOf('\n', text.lastIndexOf('- ', vm)) + 1, text.indexOf('  - product:', vm)];
      const version = text.slice(start, end);
      const one = version.replace('validTo: null', `validTo: ${days[0]}`).replace('moreThan: P3M', first);
      const two = version.replace('validFrom: null', `validFrom: ${days[1]}`).replace('moreThan: P3M', second);
      return `${text.slice(0, start)}${one}${two}${text.slice(end)}`;
    });
  const lint = (directory: string) => run('lint', directory, '--lang', 'en').stdout;
  expect(lint(dated('moreThan: P2M', 'moreThan: P3M', ['2020-01-31', '2020-02-01']))).toBe('no problems\n');
  expect(lint(dated('moreThan: P2M', 'moreThan: P3M', ['2020-01-31', '2020-01-31']))).toMatch(
    /jd\.yaml:\d+: products\[0\]\.versions\[1\]\.validFrom: expected versions in order of time, without overlap/,
  );
  expect(lint(dated('moreThan: P2M', 'moreThan: P3M', ['2020-01-31', '2020-02-02']))).toMatch(
    /versions\[1\]\.validFrom: expected 2020-02-01: the version before ends on 2020-01-31/,
  );
  expect(lint(dated('moreThan: P3M', 'moreThan: P3M', ['2020-01-31', '2020-02-01']))).toMatch(
    /versions\[1\]\.validFrom: expected other rules than those of the version before/,
  );
  const idle = directoryWith((text) => text.replace(/file: \{ mode: fileable.*?\}/, 'file: { mode: not_fileable }'));
  expect(lint(idle)).toMatch(/versions\[0\]\.conditions\[0\]: expected to be left out/);
});

test('show prints the rules of a day, and refuses a product nobody knows', () => {
  const report = JSON.parse(run('show', 'alibaba/ecs', '--at', '2019-06-01', '--json').stdout);
  expect(report).toMatchObject({
    id: 'alibaba/ecs',
    codeMode: 'both',
    version: { conditions: { remainingTerm: { atLeast: 'P3M' } } },
    versions: [null, '2020-10-16'],
    accounts: { subjectsPerAccount: 1 },
  });
  expect(run('show', 'alibaba/ecs', '--at', '2026-11-21').stdout).toContain('conditions.boughtTerm: ');
  const unknown = run('show', 'alibaba/abacus', '--lang', 'en');
  expect(unknown).toMatchObject({ status: 1, stdout: '' });
  expect(unknown.stderr).toMatch(/^no product alibaba\/abacus; known are: alibaba\/ecs /);
});

test('diff compares two days, or two directories', () => {
  const days = JSON.parse(run('diff', '2020-10-15', '2020-10-16', '--json').stdout);
  expect(new Set(days.differences.map(({ product }: { product: string }) => product))).toEqual(
    new Set(['alibaba/ecs']),
  );
  expect(days.differences).toContainEqual(
    expect.objectContaining({ path: 'conditions.boughtTerm', after: { rule: 'boughtTerm', atLeast: 'P3M' } }),
  );
  const changed = directoryWith((text) => text.replace('limit: 5', 'limit: 6'));
  const { stdout } = run('diff', directoryWith(same), changed, '--at', '2026-11-21');
  expect(stdout).toBe('jd/vm  quotas.file+issue(instance).limit: 5 → 6\n');
  expect(run('diff', '2020-10-15', changed).status).toBe(1);
});

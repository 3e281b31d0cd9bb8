import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSource } from '@openbeian/policies/document';
import { expect, test } from 'vitest';
import { checkFilingFile } from './precheck-report.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const main = at('../main.ts');
const example = at('../../../../examples/filing.yaml');
const inventory = at('../../../../examples/inventory.yaml');
const run = (args: string[], input?: string) =>
  spawnSync(process.execPath, [main, 'precheck', ...args, '--at', '2026-11-21'], { input, encoding: 'utf8' });

const parsed = parseSource(readFileSync(example, 'utf8'));
/** The shipped example, as its file has it. */
const good = ('document' in parsed ? parsed.document.value : null) as {
  readonly values: Readonly<Record<string, unknown>>;
};
const withValues = (values: Readonly<Record<string, unknown>>, more = {}) => ({
  ...good,
  ...more,
  values: { ...good.values, ...values },
});
const inFile = (name: string, text: string) => {
  const file = join(mkdtempSync(join(tmpdir(), 'precheck-')), name);
  writeFileSync(file, text);
  return file;
};
const check = (document: unknown) =>
  checkFilingFile({ file: inFile('filing.json', JSON.stringify(document)), at: '2026-11-21', lang: 'zh' });

test('the example may be submitted, in the shape of every finding', () => {
  const { stdout, status } = run([example, '--json']);
  const report = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(report).toMatchObject({ at: '2026-11-21', id: 'example-1', submittable: true });
  const members = ['field', 'rule', 'severity', 'message', 'remedy', 'source', 'asOf', 'from'];
  for (const finding of report.findings) {
    expect(Object.keys(finding)).toEqual(members);
    expect(finding.severity).toBe('warning');
  }
  expect(report.checkList.map((item: { rule: string }) => item.rule)).toContain('addresses.to_the_door');
});

test('errors keep a filing from being submitted and say field, rule and remedy; that is a result, not a failure', () => {
  const file = inFile(
    'wrong.json',
    JSON.stringify(withValues({ 'service.name': '中国商城', 'subject.principal.mobile': '12' })),
  );
  const { stdout, status } = run([file, '--json']);
  const { submittable, findings } = JSON.parse(stdout);
  expect([submittable, status]).toEqual([false, 0]);
  const errors = findings.filter(({ severity }: { severity: string }) => severity === 'error');
  expect(errors).toMatchObject([
    { field: 'subject.principal.mobile', rule: 'mobile.form', remedy: { zh: expect.any(String) } },
    { field: 'service.name', rule: 'service_name.words' },
  ]);
  expect(run([file, '--lang', 'en']).stdout).toMatch(/^cannot be submitted[^\n]*\n {2}✗ subject\.principal\.mobile: /);
});

test('what is known besides the form decides rules; without it they are on the check list', () => {
  const rules = (list: readonly { readonly rule: string }[]) => list.map(({ rule }) => rule);
  const unknown = check(good);
  expect(rules(unknown.checkList)).toContain('domain.days_left');
  const short = check({ ...good, facts: { 'domain.daysLeft': 12 } });
  expect(rules(short.findings)).toContain('domain.days_left');
  expect(short.submittable).toBe(false);
  const long = check({ ...good, facts: { 'domain.daysLeft': 300 } });
  expect(rules([...long.findings, ...long.checkList])).not.toContain('domain.days_left');
});

test('pasted phone numbers are read as a server keeps them', () => {
  const pasted = check(
    withValues({ 'subject.principal.mobile': '+86 ' + String(good.values['subject.principal.mobile']) }),
  );
  expect(pasted.submittable).toBe(true);
});

test('input that is no filing is refused at its place, with status 1', () => {
  const file = inFile('bad.yaml', 'nature: enterprise\nprovinceCode: "440000"\nvalues:\n  service.colour: red\n');
  const { stderr, status } = run([file]);
  expect(status).toBe(1);
  expect(stderr).toContain(`${file}:4: values["service.colour"]: `);
  expect(() => check({ ...good, nature: 'wizards' })).toThrow(/nature: /);
});

test('NDJSON: an answer a line in the same order; bad lines are named and the rest goes on', () => {
  const lines = [
    JSON.stringify(good),
    '{"nature":',
    '',
    JSON.stringify(withValues({ 'service.name': '中国商城' }, { id: 'second' })),
    JSON.stringify({ ...good, provinceCode: '820000' }),
    `{"id":"${'x'.repeat(1_100_000)}"}`,
    JSON.stringify({ ...good, id: 'last' }),
  ];
  const { stdout, stderr, status } = run(['-', '--ndjson', '--lang', 'en'], lines.join('\n'));
  const answers = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(
    answers.map(({ line, id, submittable, problem }) => [line, id ?? problem.places[0].path, submittable]),
  ).toEqual([
    [1, 'example-1', true],
    [2, '(root)', undefined],
    [4, 'second', false],
    [5, 'provinceCode', undefined],
    [6, '(root)', undefined],
    [7, 'last', true],
  ]);
  const { at: _day, ...alone } = check(good);
  const { line: _line, ...inLine } = answers[0];
  expect(inLine).toEqual(alone);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^-:2: \(root\): .*\n-:5: provinceCode: .*\n-:6: \(root\): expected a shorter line\n$/);
});

test('of many bad lines the first are named and the others counted', () => {
  const { stdout, stderr } = run(['-', '--ndjson'], 'no\n'.repeat(50));
  expect(stdout.trimEnd().split('\n')).toHaveLength(50);
  expect(stderr.trimEnd().split('\n')).toHaveLength(21);
  expect(stderr).toContain('另有 30 处');
});

test('a file that is not there is named', () => {
  const { stderr, status } = run(['/no/such.ndjson', '--ndjson']);
  expect([status, stderr.includes('/no/such.ndjson')]).toEqual([1, true]);
});

test('nobody outside is asked unless named, and the answer says so', () => {
  const { stdout } = run([example, '--json']);
  expect(JSON.parse(stdout).lookUps).toBeUndefined();
  const asked = run([example, '--json', '--look-up', 'registration']);
  const { lookUps, submittable } = JSON.parse(asked.stdout);
  expect(
    lookUps.map(({ name, state, askedAt }: { name: string; state: string; askedAt: unknown }) => [
      name,
      state,
      askedAt,
    ]),
  ).toEqual([
    ['registration', 'not_asked', null],
    ['dns', 'not_asked', null],
    ['home_page', 'not_asked', null],
  ]);
  expect(submittable).toBe(true);
});

test('every type that has a form is checked by its own', () => {
  const subjectPart = Object.fromEntries(Object.entries(good.values).filter(([path]) => path.startsWith('subject.')));
  const change = check({ ...good, kind: 'change_filing', values: subjectPart });
  expect(change.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const shown = Object.entries(good.values).filter(([path]) => !path.startsWith('service.access.'));
  const cancel = (lastSix: string) =>
    check({
      ...good,
      kind: 'cancel_site',
      values: {
        ...Object.fromEntries(shown.filter(([path]) => !path.startsWith('subject.principal.'))),
        'cancellation.lastSix': lastSix,
        'cancellation.understood': 'yes',
      },
    }).findings.map(({ rule }) => rule);
  expect(cancel('000000')).toContain('certificate.last_six');
  expect(cancel(String(good.values['subject.certificateNumber']).slice(-6))).not.toContain('certificate.last_six');
  for (const kind of ['change_site', 'correction', 'cancel_subject', 'cancel_access'])
    expect(check({ ...good, kind, values: {} }).submittable, kind).toBe(false);
});

test('what is filed is named as it is filed: a registrable domain, no mini-program', () => {
  const places = (more: object) => {
    const { stderr, status } = run([
      inFile('filing.json', JSON.stringify({ ...good, ...more }, null, 1)),
      '--lang',
      'en',
    ]);
    expect(status).toBe(1);
    return stderr;
  };
  expect(places({ domainName: 'www.example5.cn' })).toMatch(/domainName: expected a registrable domain: example5\.cn/);
  for (const domainName of ['no name', 'com.cn', '127.0.0.1', ''])
    expect(places({ domainName })).toMatch(/domainName: expected a registrable domain such as example\.cn/);
  expect(places({ serviceKind: 'app', domainName: '' })).toMatch(
    /domainName: .*an app is filed with a domain that it uses/,
  );
  expect(places({ serviceKind: 'mini_program' })).toMatch(/serviceKind: .*filed at its platform/);
  expect(check({ ...good, domainName: 'EXAMPLE5.cn.' }).submittable).toBe(true);
});

test('digits without quotes are told to be quoted, at their place', () => {
  const said = (text: string, lang: string) => run([inFile('filing.yaml', text), '--lang', lang]).stderr;
  const text = readFileSync(example, 'utf8');
  const province = text.replace('provinceCode: "440000"', 'provinceCode: 440000');
  expect(said(province, 'zh')).toMatch(/filing\.yaml:7: provinceCode: 应为文字，请加引号："440000"/);
  const region = text.replace('subject.region: "440112"', 'subject.region: 440112').replace('- "440000"', '- 440000');
  expect(said(region, 'en')).toMatch(/16: values\["subject\.region"\]: expected text: put it in quotes, "440112"/);
  expect(said(region, 'en')).toMatch(/values\["service\.access\.places"\]: expected text: put it in quotes, "440000"/);
  expect(province).not.toBe(text);
});

test('a line that holds a key twice is refused, as a file is; what is wrong is said without words of the parser', () => {
  const lines = ['{"kind":"first","kind":"access"}', '{"values":{"a":1,"a":2}}', '{"kind":"first",}', '{"kind"'];
  const { stdout } = run(['-', '--ndjson'], lines.join('\n'));
  const told = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line).problem.places[0].zh);
  expect(told).toEqual([
    '键 kind 重复，请只保留一个',
    '键 a 重复，请只保留一个',
    '应为一个完整的 JSON 对象，第 17 个字符处有误',
    expect.stringMatching(/^应为一个完整的 JSON 对象/),
  ]);
});

test('facts fill what the form leaves open; what the form says otherwise is refused', () => {
  expect(() => check({ ...good, facts: { 'service.name': '别的名称' } })).toThrow(/facts\["service\.name"\]: /);
  expect(check({ ...good, facts: { 'service.name': good.values['service.name'] } }).submittable).toBe(true);
  expect(() => check({ ...good, facts: { 'order.services': 3 } })).not.toThrow();
});

test('a certificate without an end has days enough, and is nothing to confirm', () => {
  const long = check(
    withValues({
      'subject.certificateValidTo': 'long_term',
      'subject.principal.certificateValidTo': 'long_term',
    }),
  );
  expect(
    long.checkList.flatMap(({ missing }) => missing).filter((fact) => fact.endsWith('certificateDaysLeft')),
  ).toEqual([]);
});

test('a day beyond the calendar is refused in the words of check', () => {
  for (const at of ['9999-12-31', '1969-12-31']) {
    for (const args of [
      ['precheck', example],
      ['precheck', example, '--ndjson'],
      ['check', inventory],
    ]) {
      const { stderr, status } = spawnSync(process.execPath, [main, ...args, '--at', at], { encoding: 'utf8' });
      expect([stderr, status], args.join(' ')).toEqual(['--at：应在 1970-01-01 至 2999-12-31 之间\n', 1]);
    }
  }
});

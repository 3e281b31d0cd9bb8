import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'check-'));
function run(args: string[], input = '') {
  return spawnSync(process.execPath, [main, 'check', ...args], { input, encoding: 'utf8' });
}
function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const yaml = `accounts:
  - { id: acct-a, realName: individual }
resources:
  - id: ins-1
    provider: tencent
    product: cvm
    account: acct-a
    region: ap-guangzhou
    billing: prepaid
    boughtAt: 2026-06-01
    expiresAt: 2026-12-31
    state: running
    publicIps: [{ address: 203.0.113.7, kind: instance }]
    bandwidthMbps: 5
    used: { codes: 2, sites: 1 }
viewer: acct-a
`;

test('--real-addresses refuses those of the documentation ranges at their place', () => {
  const file = fileOf('examples.yaml', yaml);
  const { status, stdout, stderr } = run([file, '--at', '2026-11-21', '--real-addresses', '--lang', 'en']);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/resources\[0\]\.publicIps\[0\]\.address.*RFC 5737/);
  expect(run([fileOf('real.yaml', yaml.replace('203.0.113.7', '8.8.8.8')), '--real-addresses']).status).toBe(0);
});

test('the document is the contract’s, key by key', () => {
  const { stdout, status } = run([fileOf('inventory.yaml', yaml), '--at', '2026-11-21', '--json']);
  const text = { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringMatching(/^[A-Z]/) };
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toEqual({
    at: '2026-11-21',
    results: [
      {
        resource: 'ins-1',
        provider: 'tencent',
        product: 'cvm',
        policy: { id: 'tencent/cvm', validFrom: null, source: ['tencent-code-faq', 'tencent-filing-resources'] },
        file: { outcome: 'eligible', reasons: [], quota: { scope: 'instance', limit: 5, used: 1, remaining: 4 } },
        issue: {
          outcome: 'ineligible',
          reasons: [
            {
              code: 'code.issuer_not_enterprise',
              message: text,
              remedy: { action: 'change_account_real_name', ...text, before: null },
              source: 'tencent-code-faq',
            },
          ],
          quota: { scope: 'instance', limit: 5, used: 2, remaining: 3 },
        },
        goodUntil: '2026-12-01',
      },
    ],
  });
});

test('JSON and standard input are taken as well, instants fall on their day in Shanghai', () => {
  const resource = { id: 'i', provider: 'alibaba', product: 'ecs', region: 'cn-hangzhou', billing: 'prepaid' };
  const dates = { boughtAt: '2026-08-20T16:00:00Z', expiresAt: '2026-11-20T23:59:59+08:00' };
  const document = JSON.stringify({ resources: [{ ...resource, ...dates, bandwidthMbps: 1 }] }, null, '\t');
  const { stdout, status } = run(['-', '--at', '2026-11-20', '--json'], document);
  expect(status).toBe(0);
  const [result] = JSON.parse(stdout).results;
  expect(result.file.reasons[0]).toMatchObject({
    code: 'resource.purchased_term_too_short',
    remedy: { before: '2026-11-21' },
  });
});

test('people read a table in their language', () => {
  const file = fileOf('people.yaml', yaml);
  const chinese = run([file, '--at', '2026-11-21']).stdout;
  expect(chinese).toContain('ins-1  tencent/cvm  如不续费，符合条件至 2026-12-01');
  expect(chinese).toContain('[code.issuer_not_enterprise; tencent-code-faq]');
  expect(run([file, '--at', '2026-11-21', '--lang', 'en']).stdout).toContain(
    'eligible until 2026-12-01 without renewal',
  );
});

test('bad input exits 1 and names file, line, place and what was expected; nothing is printed', () => {
  const file = fileOf('bad.yaml', yaml.replace('billing: prepaid', 'billing: monthly').replace('viewer:', 'looker:'));
  const { stdout, stderr, status } = run([file, '--lang', 'en', '--json']);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr.trimEnd().split('\n')).toEqual([
    `${file}:9: resources[0].billing: expected one of prepaid, pay_as_you_go, package, contract`,
    `${file}:16: looker: unknown key, remove it`,
  ]);
  const syntax = run([fileOf('syntax.yaml', 'resources: [\n  {')]);
  expect(syntax).toMatchObject({ status: 1, stdout: '' });
  expect(syntax.stderr).toContain('syntax.yaml:');
  const two = run([fileOf('two.yaml', `${yaml}---\n${yaml}`), '--lang', 'en']);
  expect(two).toMatchObject({ status: 1, stdout: '' });
  expect(two.stderr).toMatch(/two\.yaml:\d+: expected YAML or JSON: .*multiple documents/);
  const gbk = join(folder, 'gbk.yaml');
  writeFileSync(gbk, Buffer.from('resources:\n  - { id: \xc4\xe3 }\n', 'latin1'));
  expect(run([gbk, '--lang', 'en'])).toMatchObject({ status: 1, stderr: `${gbk}:2: expected UTF-8\n` });
  expect(run([join(folder, 'missing.yaml')])).toMatchObject({ status: 1, stdout: '' });
  const refused = run([fileOf('good.yaml', yaml), '--policies', folder]);
  expect(refused).toMatchObject({ status: 1, stdout: '' });
  expect(refused.stderr).toContain('bad.yaml:1: provider');
});

test('a reader that has seen enough ends it quietly', () => {
  const rows = Array.from({ length: 5000 }, (_, index) => ({ id: `i-${index}`, provider: 'nobody', product: 'x' }));
  const file = fileOf('many.json', JSON.stringify({ resources: rows }));
  const command = `"${process.execPath}" "${main}" check "${file}" | head -1; echo "\${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout.trimEnd().split('\n')[1]).toBe('0');
});

test('wrong usage exits 2', () => {
  for (const args of [[], ['x', '--at', '2026-02-30'], ['x', '--lang', 'fr'], ['x', '--colour']]) {
    expect(run(args)).toMatchObject({ status: 2, stdout: '' });
  }
});

test('--summary counts the outcomes and reasons that the report lists, the same from a document and from lines', () => {
  const rows = Array.from({ length: 40 }, (_, index) => ({
    id: `ins-${index}`,
    provider: index % 5 === 0 ? 'nobody' : 'tencent',
    product: 'cvm',
    region: 'ap-guangzhou',
    billing: index % 2 === 0 ? 'prepaid' : 'pay_as_you_go',
    boughtAt: '2026-06-01',
    expiresAt: index % 3 === 0 ? '2026-12-01' : '2027-06-01',
    publicIps: index % 4 === 0 ? [] : [{ kind: 'instance' }],
  }));
  const file = fileOf('fleet.json', JSON.stringify({ resources: rows }));
  const lines = fileOf('fleet.ndjson', rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const { results } = JSON.parse(run([file, '--json', '--at', '2026-11-21']).stdout);
  const summary = JSON.parse(run([file, '--summary', '--json', '--at', '2026-11-21']).stdout);
  expect(summary).toMatchObject({ at: '2026-11-21', resources: 40 });
  for (const use of ['file', 'issue']) {
    const outcomes: Record<string, number> = {};
    const reasons: Record<string, number> = {};
    for (const { [use]: decision } of results) {
      outcomes[decision.outcome] = (outcomes[decision.outcome] ?? 0) + 1;
      for (const code of new Set<string>(decision.reasons.map((reason: { code: string }) => reason.code))) {
        reasons[code] = (reasons[code] ?? 0) + 1;
      }
    }
    const counted = Object.entries(summary[use].outcomes).filter(([, count]) => count !== 0);
    expect(Object.fromEntries(counted)).toEqual(outcomes);
    const named = summary[use].reasons.map(({ code, resources }: { code: string; resources: number }) => [
      code,
      resources,
    ]);
    expect(Object.fromEntries(named)).toEqual(reasons);
  }
  expect(JSON.parse(run([lines, '--summary', '--ndjson', '--json', '--at', '2026-11-21']).stdout)).toEqual(summary);
  expect(run([file, '--summary', '--lang', 'en']).stdout).toContain('40 resources');
  expect(run([file, '--summary', '--timeline'])).toMatchObject({ status: 2, stdout: '' });
});

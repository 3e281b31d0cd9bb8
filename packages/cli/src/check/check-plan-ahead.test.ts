import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkReport } from './check-report.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'check-ahead-'));
function run(...args: string[]) {
  return spawnSync(process.execPath, [main, 'check', ...args, '--at', '2026-11-21'], { encoding: 'utf8' });
}
function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const server = {
  id: 'ins-1',
  provider: 'tencent',
  product: 'cvm',
  account: 'acct-a',
  region: 'ap-guangzhou',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2026-12-31',
  publicIps: [{ kind: 'instance' }],
};
const payAsYouGo = { ...server, id: 'ins-2', billing: 'pay_as_you_go', boughtAt: undefined, expiresAt: undefined };
const accounts = [{ id: 'acct-a', realName: 'enterprise' }];
const resources = [
  // The load balancer comes before the server that carries its filings.
  { id: 'lb-1', provider: 'tencent', product: 'clb', account: 'acct-a', region: 'ap-guangzhou', boundTo: 'ins-1' },
  server,
  payAsYouGo,
  ...['fn-1', 'fn-2'].map((id) => ({
    id,
    provider: 'tencent',
    product: 'scf',
    account: 'acct-a',
    region: 'ap-guangzhou',
    billing: 'package',
    package: { invocations: 50_000_000, gbSeconds: 400_000 },
    used: { sites: 1 },
  })),
];
const inventory = fileOf('inventory.json', JSON.stringify({ accounts, resources, viewer: 'acct-a' }));
const lines = [{ accounts, viewer: 'acct-a' }, ...resources].map((it) => JSON.stringify(it)).join('\n');

test('--timeline adds what changes when, and nothing else', () => {
  const plain = JSON.parse(run(inventory, '--json').stdout);
  const ahead = JSON.parse(run(inventory, '--json', '--timeline').stdout);
  expect(ahead.results[1].timeline).toMatchObject({ renewBy: '2026-12-01', changes: [{ on: '2026-12-02' }, {}] });
  expect(ahead.results[0].timeline.renewBy).toBe('2026-12-01');
  for (const result of ahead.results) delete result.timeline;
  expect(ahead).toEqual(plain);
  const people = run(inventory, '--timeline', '--lang', 'en').stdout;
  expect(people).toContain('From 2026-12-02 the remaining term is too short');
  expect(people).toContain('Renew by 2026-12-01 to keep everything');
});

test('--assume decides as if it were done, says what was assumed, and refuses what cannot be', () => {
  const { stdout } = run(inventory, '--json', '--assume', 'renew:ins-1:P3M', '--assume', 'convert:ins-2');
  const report = JSON.parse(stdout);
  expect(report.assumed).toEqual(['renew:ins-1:P3M', 'convert:ins-2']);
  expect(report.results[1].goodUntil).toBe('2027-03-01');
  expect(report.results[2]).toMatchObject({ file: { outcome: 'eligible' }, goodUntil: '2027-01-20' });
  const bad = run(inventory, '--json', '--lang', 'en', '--assume', 'renew:ins-1:P3M', '--assume', 'renew:ins-2:P3M');
  expect(bad).toMatchObject({ status: 1, stdout: '' });
  expect(bad.stderr).toMatch(/^--assume\[1\]: expected a resource with a term; ins-2 is pay-as-you-go/);
});

test('two renewals of one resource add up', () => {
  const assume = ['renew:ins-1:P3M', 'renew:tencent/cvm/ins-1:P1M'];
  const question = {
    file: inventory,
    at: '2026-11-21',
    lang: 'en',
    policies: undefined,
    timeline: false,
    exampleAddresses: true,
  } as const;
  // Four months from 2026-12-31 end on 2027-04-30; the last day with thirty days left is a month before.
  expect(checkReport({ ...question, assume }).results[1]?.goodUntil).toBe('2027-03-31');
});

test('--ndjson gives the same results line by line, with the same sums and the server behind the balancer', () => {
  const { stdout, status } = run(fileOf('fleet.ndjson', `${lines}\n\n`), '--ndjson');
  expect(status).toBe(0);
  const results = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(results).toEqual(JSON.parse(run(inventory, '--json').stdout).results);
  expect(results[3].file.quota).toMatchObject({ used: 2, remaining: 0 });
});

test('a bad line is refused with its number and place, and nothing is printed', () => {
  const typo = fileOf('typo.ndjson', `${lines}\n${JSON.stringify({ ...server, id: 'x', expiresAt: '2026-02-30' })}\n`);
  const refused = run(typo, '--ndjson', '--lang', 'en');
  expect(refused).toMatchObject({ status: 1, stdout: '' });
  expect(refused.stderr).toMatch(/^\S*typo\.ndjson:7: expiresAt: expected a day/);
  expect(run(fileOf('cut.ndjson', '{"id":'), '--ndjson', '--lang', 'en').stderr).toMatch(
    /cut\.ndjson:1: expected one JSON/,
  );
  expect(run(fileOf('other.ndjson', '[1]'), '--ndjson')).toMatchObject({ status: 1, stdout: '' });
  expect(run(join(folder, 'none.ndjson'), '--ndjson')).toMatchObject({ status: 1, stdout: '' });
});

import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { routeReport } from './route-report.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const run = (args: string[], facts: unknown) =>
  spawnSync(process.execPath, [main, 'route', '-', ...args], { input: JSON.stringify(facts), encoding: 'utf8' });

/** The contract's example. */
const base = {
  domain: 'shop.example.cn',
  purpose: 'web',
  hosting: { provider: 'tencent', product: 'cvm', region: 'ap-guangzhou', hostname: 'custom' },
  subject: { filed: true, here: false },
  record: { exists: true, here: false, sameAccount: false },
  intent: 'open',
};

test('--json answers in the contract’s shape', () => {
  const { stdout, status } = run(['--json'], base);
  const route = JSON.parse(stdout);
  expect(Object.keys(route)).toEqual(['need', 'filing', 'accessible', 'reasons', 'steps']);
  expect(route).toMatchObject({ need: 'required', filing: 'access', accessible: 'after_review' });
  expect(status).toBe(0);
});

test('the policies say which regions lie in the mainland', () => {
  const hosting = { ...base.hosting, region: 'ap-hongkong' };
  expect(JSON.parse(run(['--json'], { ...base, hosting }).stdout)).toMatchObject({
    need: 'not_required',
    filing: 'none',
  });
});

test('people get the answer in their language', () => {
  expect(run([], base).stdout).toMatch(/^需要 {2}接入备案 {2}初审通过后可访问\n/);
  expect(run(['--lang', 'en'], base).stdout).toMatch(/^required: {2}Access filing {2}served after the review\n/);
});

test('people are told of a cancellation that it changes no access meanwhile, not that the name is served now', () => {
  const asked = { ...base, intent: 'cancel_site', record: { exists: true, here: true, sameAccount: true } };
  const facts = { ...asked, subject: { filed: true, here: true } };
  expect(run([], facts).stdout).toMatch(/^需要 {2}注销网站 {2}办理期间不影响访问\n/);
  expect(run(['--lang', 'en'], facts).stdout).toMatch(
    /^required: {2}Cancel a site {2}access stays as it is meanwhile\n/,
  );
});

test.each([
  // From questions that were asked in public.
  [
    'a CDN, filed elsewhere',
    { hosting: { ...base.hosting, provider: 'alibaba', product: 'cdn', region: 'cn-mainland' } },
    'not_required',
    'none',
    'route.delivery_any_number',
  ],
  [
    'a firewall',
    { hosting: { ...base.hosting, provider: 'alibaba', product: 'waf', region: 'cn-mainland' } },
    'not_required',
    'none',
    'route.delivery_any_number',
  ],
  [
    'EdgeOne',
    { hosting: { ...base.hosting, product: 'edgeone', region: 'cn-mainland' } },
    'not_required',
    'none',
    'route.delivery_any_number',
  ],
  [
    'a second-hand domain',
    { subject: { filed: true, here: true }, record: { ...base.record, ofOtherSubject: true } },
    'required',
    'add_site_here',
    'route.record_of_former_owner',
  ],
  [
    'an internal name',
    { domain: 'erp.corp.local', subject: { filed: false, here: false }, record: { ...base.record, exists: false } },
    'not_required',
    'none',
    'route.internal_name',
  ],
  [
    'a platform’s name',
    { domain: 'me.github.io', record: { ...base.record, exists: false } },
    'not_required',
    'none',
    'route.platform_name',
  ],
])('%s', (_, change, need, filing, code) => {
  const file = join(mkdtempSync(join(tmpdir(), 'route-')), 'case.json');
  writeFileSync(file, JSON.stringify({ ...base, ...change }));
  const route = routeReport(file, 'zh');
  expect(route).toMatchObject({ need, filing });
  expect(route.reasons[0]?.code).toBe(code);
});

test('a bad case exits 1 and names every place', () => {
  const { stdout, stderr, status } = run(['--lang', 'en'], { ...base, intent: 'close', extra: 1 });
  expect([stdout, status]).toEqual(['', 1]);
  expect(stderr).toContain('intent: expected one of open');
  expect(stderr).toContain('extra: unknown key');
});

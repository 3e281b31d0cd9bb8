import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

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

test('a bad case exits 1 and names every place', () => {
  const { stdout, stderr, status } = run(['--lang', 'en'], { ...base, intent: 'close', extra: 1 });
  expect([stdout, status]).toEqual(['', 1]);
  expect(stderr).toContain('intent: expected one of open');
  expect(stderr).toContain('extra: unknown key');
});

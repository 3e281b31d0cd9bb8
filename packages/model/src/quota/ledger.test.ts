import { expect, test } from 'vitest';
import { drawnOn, ledgerOf, type QuotaRule, usageOf } from './index.ts';

const separate: QuotaRule[] = [
  { of: ['file'], scope: 'instance', limit: 5 },
  { of: ['issue'], scope: 'instance', limit: 5 },
];
const shared = (scope: QuotaRule['scope'], limit = 5): QuotaRule[] => [{ of: ['file', 'issue'], scope, limit }];
const resource = { id: 'ins-1', account: 'acct-a' };

test('separate ledgers have keys of their own, a shared one has one key', () => {
  expect(ledgerOf('file', resource, 'tencent/cvm', separate).ledgerKey).toBe('tencent/cvm:instance:ins-1:site');
  expect(ledgerOf('issue', resource, 'tencent/cvm', separate).ledgerKey).toBe('tencent/cvm:instance:ins-1:code');
  const [file, issue] = (['file', 'issue'] as const).map((use) =>
    ledgerOf(use, resource, 'alibaba/ecs', shared('instance')),
  );
  expect(file?.ledgerKey).toBe('alibaba/ecs:instance:ins-1:shared');
  expect(issue?.ledgerKey).toBe(file?.ledgerKey);
});

test('account, package and environment hold ledgers together; without them a resource counts for itself', () => {
  const other = { id: 'ins-2', account: 'acct-a' };
  for (const scope of ['account', 'package'] as const) {
    expect(ledgerOf('issue', resource, 'p/x', shared(scope))).toEqual(ledgerOf('issue', other, 'p/x', shared(scope)));
    const alone = ledgerOf('issue', { id: 'acct-a' }, 'p/x', shared(scope)).ledgerKey;
    expect(alone).not.toBe(ledgerOf('issue', resource, 'p/x', shared(scope)).ledgerKey);
  }
  const inEnvironment = (id: string) => ({ id, environment: { id: 'env-1' } });
  expect(ledgerOf('file', inEnvironment('a'), 'p/x', shared('ip')).ledgerKey).toBe(
    ledgerOf('file', inEnvironment('b'), 'p/x', shared('ip')).ledgerKey,
  );
  expect(ledgerOf('file', resource, 'p/x', shared('order')).ledgerKey).toBe('p/x:order:ins-1:shared');
});

test('a quota that no source states has a ledger without a limit; one by subject is not the resource’s', () => {
  expect(ledgerOf('issue', resource, 'p/x', [])).toMatchObject({ limit: null, ledgerKey: 'p/x:instance:ins-1:code' });
  expect(ledgerOf('file', resource, 'p/x', [{ of: ['file'], scope: 'subject', limit: 10 }]).limit).toBeNull();
});

test('a quota per IP grows with the addresses', () => {
  expect(ledgerOf('file', { ...resource, publicIps: [1, 2, 3] }, 'p/x', shared('ip', 10)).limit).toBe(30);
  expect(ledgerOf('file', { ...resource, publicIps: [] }, 'p/x', shared('ip', 10)).limit).toBe(10);
});

test('what was used adds up per account and product, not beyond', () => {
  const used = { codes: 1, sites: 2 };
  const rows = [
    { provider: 'p', product: 'x', id: 'a', account: 'acct-a', used },
    { provider: 'p', product: 'x', id: 'b', account: 'acct-a', used },
    { provider: 'p', product: 'y', id: 'c', account: 'acct-a', used },
    { provider: 'p', product: 'x', id: 'd', account: 'acct-b', used },
  ] as const;
  const usage = usageOf(rows);
  expect(usage('account', rows[0])).toEqual({ codes: 2, sites: 4 });
  expect(usage('instance', rows[0])).toEqual(used);
  expect(drawnOn('file', true, used)).toBe(3);
  expect(drawnOn('file', false, used)).toBe(2);
  expect(drawnOn('issue', false, used)).toBe(1);
});

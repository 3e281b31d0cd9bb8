import { expect, test } from 'vitest';
import { createChallengeGuard } from './acme-challenge.ts';

const token = 'evaGxfADs6pSRb2LAv9IZf17Dt3juxGJyPCt92wrDoA';
const uri = `/.well-known/acme-challenge/${token}`;
const request = { uri, method: 'GET', scheme: 'http' };

test.each([
  ['over TLS', { ...request, scheme: 'https' }],
  ['by a proxy that does not say how', { ...request, scheme: '' }],
  ['with HEAD', { ...request, method: 'HEAD' }],
  ['with POST', { ...request, method: 'POST' }],
  ['with a query', { ...request, uri: `${uri}?x=1` }],
  ['below the token', { ...request, uri: `${uri}/x` }],
  ['a short token', { ...request, uri: '/.well-known/acme-challenge/index' }],
  ['a long token', { ...request, uri: `/.well-known/acme-challenge/${'a'.repeat(129)}` }],
])('not %s', (_, asked) => {
  expect(createChallengeGuard(() => 0).lets('other.cn', 'unfiled', asked)).toBe(false);
});

test('a name that waits for a filing, not one that is closed by order or none at all', () => {
  const guard = createChallengeGuard(() => 0);
  expect(guard.lets('other.cn', 'unfiled', request)).toBe(true);
  for (const reason of ['suspended', 'blacklisted', 'malformed_host'] as const) {
    expect(guard.lets('other.cn', reason, request)).toBe(false);
  }
});

test('300 requests an hour for a registrable name with all that is below it; 10,000 names at once', () => {
  let now = 0;
  const guard = createChallengeGuard(() => now);
  const passed = (host: string, count: number) =>
    Array.from({ length: count }, () => guard.lets(host, 'unfiled', request)).filter(Boolean).length;
  expect(passed('a.other.cn', 200) + passed('b.other.cn', 200)).toBe(300);
  now = 3_599_999;
  expect(passed('other.cn', 1)).toBe(0);
  now = 3_600_000;
  expect(passed('other.cn', 1)).toBe(1);
  let names = 0;
  for (let count = 0; count < 10_010; count += 1) names += passed(`n${count}.cn`, 1);
  expect(names).toBe(9_999);
});

import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

let names = 'one';
const people = vi.fn(async () => ({
  accounts: Array.from({ length: 60 }, (_, index) => ({
    id: `acct-${index}`,
    displayName: `${names} ${index}`,
    realName: 'none',
    mayFileForOthers: false,
  })),
  next: null,
}));
const { needs } = needsWith({ listAccounts: people });
const app = createHttpServer(needs);
const ask = (headers: Record<string, string>) =>
  app.inject({ url: '/api/v1/accounts', headers: { cookie: 's=operator', ...headers } });

test('who asks again is told that nothing changed, and given what did; nothing of it may be stored', async () => {
  const first = await ask({});
  const tag = String(first.headers.etag);
  expect([first.statusCode, first.headers['cache-control']]).toEqual([200, 'no-store']);
  const again = await ask({ 'if-none-match': tag });
  expect([again.statusCode, again.rawPayload.length, again.headers['cache-control']]).toEqual([304, 0, 'no-store']);
  names = 'two';
  const changed = await ask({ 'if-none-match': tag });
  expect([changed.statusCode, changed.headers.etag === tag]).toEqual([200, false]);
  expect(changed.body).toContain('two 59');
});

test('our own pages are sent it compressed, nobody else: what they ask for is chosen by no other page', async () => {
  const whole = await ask({ 'accept-encoding': 'br, gzip' });
  expect(whole.headers).not.toHaveProperty('content-encoding');
  for (const site of ['same-site', 'cross-site', 'none'])
    expect((await ask({ 'accept-encoding': 'br', 'sec-fetch-site': site })).headers).not.toHaveProperty(
      'content-encoding',
    );
  for (const [coding, read] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const own = await ask({ 'accept-encoding': coding, 'sec-fetch-site': 'same-origin' });
    expect(own.headers).toMatchObject({
      'content-encoding': coding,
      etag: whole.headers.etag,
      'cache-control': 'no-store',
    });
    expect(read(own.rawPayload).toString('utf8')).toBe(whole.body);
    expect(own.rawPayload.length * 4).toBeLessThan(whole.rawPayload.length);
  }
});

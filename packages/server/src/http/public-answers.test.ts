import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { allOperations } from '@openbeian/contract';
import { loadRuleBook } from '@openbeian/policies/rule-book';
import { expect, test, vi } from 'vitest';
import { share } from '../flows/command/shared-parts.ts';
import { isSameForAll } from './public-answers.ts';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

const book = loadRuleBook();
const codes = { codes: Array.from({ length: 50 }, (_, index) => ({ codeId: `code_${index}` })) };
const { needs } = needsWith({ getRuleBook: async () => book, issueCodes: vi.fn(async () => codes as never) });
const app = createHttpServer(needs);
const ask = (headers: Record<string, string>, url = '/api/v1/rules', method: 'GET' | 'HEAD' = 'GET') =>
  app.inject({ method, url, headers });

test('the rules are a tenth of their size in brotli or gzip, and whole for who takes neither', async () => {
  const whole = await ask({});
  expect(whole.headers).toMatchObject({ 'cache-control': 'no-cache', vary: 'accept-encoding' });
  expect(whole.headers).not.toHaveProperty('content-encoding');
  expect(whole.json()).toEqual(book);
  for (const [accepted, coding] of [
    ['gzip, deflate, br, zstd', 'br'],
    ['GZIP', 'gzip'],
    ['br;q=0.1, gzip;q=0.9', 'gzip'],
    ['*', 'br'],
  ] as const) {
    const { headers, rawPayload } = await ask({ 'accept-encoding': accepted });
    expect([accepted, headers['content-encoding']]).toEqual([accepted, coding]);
    const text = (coding === 'br' ? brotliDecompressSync : gunzipSync)(rawPayload).toString('utf8');
    expect(text).toBe(whole.body);
    expect(rawPayload.length * (coding === 'br' ? 15 : 9)).toBeLessThan(whole.rawPayload.length);
    expect(Number(headers['content-length'])).toBe(rawPayload.length);
  }
  for (const accepted of ['identity', 'deflate', 'br;q=0, gzip;q=0', 'x'.repeat(4000)])
    expect((await ask({ 'accept-encoding': accepted })).headers).not.toHaveProperty('content-encoding');
});

test('the rules are the same where a part of them is shared with other answers', async () => {
  const shared = { ...book, sources: share(structuredClone(book.sources)) };
  const other = createHttpServer(needsWith({ getRuleBook: async () => shared }).needs);
  expect((await other.inject({ url: '/api/v1/rules' })).json()).toEqual(book);
});

test('who has them already is told so, in whichever coding; HEAD sends no body', async () => {
  const { headers } = await ask({ 'accept-encoding': 'br' });
  const tag = String(headers.etag);
  expect(String((await ask({})).headers.etag)).toBe(tag);
  for (const given of [tag, `"other", ${tag}`, '*']) {
    const again = await ask({ 'if-none-match': given, 'accept-encoding': 'gzip' });
    expect([again.statusCode, again.rawPayload.length, again.headers.etag]).toEqual([304, 0, tag]);
  }
  expect((await ask({ 'if-none-match': 'W/"other"' })).statusCode).toBe(200);
  const head = await ask({ 'accept-encoding': 'br' }, '/api/v1/rules', 'HEAD');
  expect([head.statusCode, head.rawPayload.length, head.headers['content-encoding']]).toEqual([200, 0, 'br']);
});

test('the description of the API is compressed as well; what is somebody’s own is not', async () => {
  const document = await ask({ 'accept-encoding': 'br' }, '/api/v1/openapi.json');
  expect(document.headers['content-encoding']).toBe('br');
  expect(brotliDecompressSync(document.rawPayload).toString('utf8')).toContain('"openapi"');
  for (const { id, roles, method } of allOperations.filter(({ id }) => isSameForAll(id)))
    expect([id, roles, method]).toEqual([id, 'public', 'GET']);
  const own = await app.inject({
    method: 'POST',
    url: '/api/v1/resources/ins-1/codes',
    headers: { cookie: 's=customer', 'idempotency-key': 'k-1', 'accept-encoding': 'br, gzip' },
    payload: { count: 50 },
  });
  expect(own.headers).not.toHaveProperty('content-encoding');
  expect(own.headers['cache-control']).toBe('no-store');
  // A refusal is a problem document, as everywhere.
  const refused = await ask({ 'accept-encoding': 'br' }, '/api/v1/help?search=x&search=y');
  expect(refused.statusCode).toBe(400);
  expect(refused.headers).not.toHaveProperty('content-encoding');
});

test('an answer is checked and written once, and the metrics of a moment, however many ask', async () => {
  let written = 0;
  const text = { zh: '帮', en: 'help' };
  const article = { title: text, body: text, topics: [], asked: { zh: [], en: [] }, source: [], group: 'codes' };
  const counting = Object.defineProperty({ ...article, id: 'a' }, 'id', {
    enumerable: true,
    get: () => (written += 1) && 'a',
  });
  const answer = { articles: [counting], groups: [], sources: [] };
  const other = createHttpServer(needsWith({ listHelp: async () => answer }).needs);
  const help = () => other.inject({ url: '/api/v1/help' });
  const { body } = await help();
  const before = written;
  expect(before).toBeGreaterThan(0);
  for (let turn = 0; turn < 20; turn += 1) expect((await help()).body).toBe(body);
  expect(written).toBe(before);
  const pages = await Promise.all(Array.from({ length: 20 }, () => other.inject({ url: '/metrics' })));
  // Each request is counted when it ends: pages that were written apart would differ.
  expect(new Set(pages.map((page) => page.body)).size).toBe(1);
});

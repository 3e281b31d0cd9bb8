import { problemShape } from '@openbeian/contract';
import { findUnstorableText, parseJson, refuseJson } from '@openbeian/model/json';
import type { InjectOptions } from 'fastify';
import { describe, expect, it, vi } from 'vitest';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`;
const expectations = (places: readonly { expected: string }[] = []) => places.map(({ expected }) => expected);

describe('the text of a body', () => {
  it('may nest so deep and no deeper, wherever brackets are text', () => {
    expect(refuseJson(nested(16), 1024)).toBe(null);
    expect(refuseJson(nested(17), 1024)?.extras.places?.[0]?.path).toBe('body');
    expect(refuseJson(JSON.stringify({ text: `"\\${nested(500)}\\"` }), 1024)).toBe(null);
    expect(refuseJson(JSON.stringify({ '[[[[[[\\"[[[[[[[[[[[': '{'.repeat(99) }), 1024)).toBe(null);
    expect(refuseJson(nested(16).repeat(20), 1024)).toBe(null);
  });

  it('has no more values than its length lets expect', () => {
    const list = (length: number) => `[${Array.from({ length }, () => '{}').join()}]`;
    expect(refuseJson(list(128), 1024)).toBe(null);
    expect(expectations(refuseJson(list(129), 1024)?.extras.places)).toEqual(['at most 128 values in all']);
    expect(refuseJson(JSON.stringify(','.repeat(1000)), 1024)).toBe(null);
  });
});

describe('text that the database cannot keep', () => {
  it('is found in values and in keys, with its place', () => {
    const given = { a: ['ok', 'x\u0000'], 'k\ud800': 1, deep: { b: '\udc00', emoji: '\u{1f600}' } };
    const { places, count } = findUnstorableText(given, 'body');
    expect(count).toBe(3);
    expect(new Set(places.map(({ path, expected }) => `${path}: ${expected}`))).toEqual(
      new Set([
        'body.a[1]: text without NUL characters',
        'body["k\\ud800"]: well-formed Unicode text',
        'body.deep.b: well-formed Unicode text',
      ]),
    );
  });

  it.each([
    ['{"a":"\\u0000"}', 'body.a'],
    ['{"a":["ok","\\ud800"]}', 'body.a[1]'],
    ['{"a":"\ud800"}', 'body.a'],
    // What stands for sealed words in what is stored: an answer would show the words.
    ['{"a":["\ue000txt_1.0123456789abcdef0123456789abcdef\ue001"]}', 'body.a[0]'],
    ['{"a":"\\ue001"}', 'body.a'],
    ['{"a":{"toString":1}}', 'body.a.toString'],
    ['{"a":{"\\u0074oString":1}}', 'body.a.toString'],
  ])('is found in a document however it is written: %j', (text, path) => {
    expect(() => parseJson(text, 1024)).toThrow(
      expect.objectContaining({ extras: expect.objectContaining({ places: [expect.objectContaining({ path })] }) }),
    );
  });

  it('is not what only looks like it', () => {
    const text = JSON.stringify({ a: 'toString', 备: '\\u0000', emoji: '\u{1f600}', b: '"toString"' });
    expect(parseJson(text, 1024)).toEqual(JSON.parse(text));
  });

  it('is counted whole and listed in part, however deep it is nested', () => {
    let deep: unknown = '\u0000';
    for (let level = 0; level < 200_000; level++) deep = [deep];
    expect(findUnstorableText(deep, 'body').count).toBe(1);
    const wide = findUnstorableText(
      Array.from({ length: 200_000 }, () => '\u0000'),
      'body',
    );
    expect([wide.places.length, wide.count]).toEqual([50, 200_000]);
  });
});

describe('a hostile request', () => {
  const json = { 'content-type': 'application/json' };
  const signIn = (payload: string): InjectOptions => ({
    method: 'POST',
    url: '/api/v1/session',
    headers: json,
    payload,
  });
  const asCustomer = (payload: string): InjectOptions => ({
    method: 'POST',
    url: '/api/v1/filings',
    headers: { ...json, cookie: 's=customer', 'idempotency-key': 'k' },
    payload,
  });
  const ask = async (request: InjectOptions) => {
    const response = await createHttpServer(needsWith({}).needs).inject(request);
    return { response, problem: problemShape.parse(response.json()) };
  };

  it('is told of at most 50 places, how many more there are, and little more than it sent', async () => {
    const keys = Array.from({ length: 900 }, (_, index) => `"k${index}":0`).join();
    for (const text of [`{${keys}}`, JSON.stringify({ ['\u0001'.repeat(2600)]: 0 })]) {
      const { response, problem } = await ask(asCustomer(text));
      expect(problem.code).toBe('input.invalid');
      expect(problem.places?.length).toBeLessThanOrEqual(50);
      expect(response.body.length).toBeLessThan(4 * text.length + 65_536);
    }
    const { problem } = await ask(asCustomer(`{${keys}}`));
    // Five fields are missing, too.
    expect(problem.morePlaces).toBe(900 + 5 - 50);
    expect(problem.detail).toMatch(/另有 900 处$/);
  });

  it('is refused by its length before it is read, with the limit of the operation', async () => {
    const { problem } = await ask(signIn(`{${'"k":0,'.repeat(1000)}"k":0}`));
    expect([problem.status, problem.code]).toEqual([413, 'request.too_large']);
    expect(problem.en).toContain('4 KiB');
  });

  it.each([
    ['nested lists', nested(1500)],
    ['nested objects', `${'{"a":'.repeat(500)}0${'}'.repeat(500)}`],
    ['empty objects', `{"login":[${'{},'.repeat(1200)}{}]}`],
    ['halves of characters', JSON.stringify({ login: 'a\ud800', password: '\u0000' })],
    [
      'objects that cannot be compared',
      '{"login":{"length":{"toString":1,"valueOf":1}},"password":{"length":{"toString":1}}}',
    ],
    ['numbers beyond all numbers', '{"login":1e999,"password":-1e999}'],
  ])('gets 400 with places: %s', async (_, payload) => {
    const { problem } = await ask(signIn(payload));
    expect([problem.status, problem.code]).toEqual([400, 'input.invalid']);
    expect(problem.places?.length).toBeGreaterThan(0);
  });

  it('is read only when its sender may ask at all', async () => {
    const startFiling = vi.fn();
    const app = createHttpServer(needsWith({ startFiling }).needs);
    const broken = { ...asCustomer('{"broken'), headers: json };
    expect((await app.inject(broken)).statusCode).toBe(401);
    const auditor = { ...json, cookie: 's=auditor', 'idempotency-key': 'k' };
    expect((await app.inject({ ...asCustomer('{"broken'), headers: auditor })).statusCode).toBe(403);
    const key = { ...json, authorization: 'Bearer nonsense' };
    expect((await app.inject({ ...asCustomer('x'.repeat(100_000)), headers: key })).statusCode).toBe(401);
    expect(startFiling).not.toHaveBeenCalled();
  });
});

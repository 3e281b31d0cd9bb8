import { afterEach, expect, test, vi } from 'vitest';
import { conditionalFetch, forgetAnswers } from './conditional-fetch.ts';

afterEach(() => {
  forgetAnswers();
  vi.unstubAllGlobals();
});

/** A server with one answer, which it gives again only where its tag is another. */
function serve(answer: () => { readonly tag: string; readonly text: string; readonly cacheControl?: string }) {
  const asked: (string | null)[] = [];
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const given = new Headers(init.headers).get('if-none-match');
    asked.push(given);
    const { tag, text, cacheControl = 'no-store' } = answer();
    if (given === tag) return new Response(null, { status: 304 });
    return new Response(text, { headers: { etag: tag, 'cache-control': cacheControl } });
  });
  return asked;
}

const read = async () => (await conditionalFetch('/api/v1/filings', { method: 'GET' })).text();

test('an answer that has not changed is read from memory, a changed one from the server', async () => {
  let now = { tag: '"1"', text: 'one' };
  const asked = serve(() => now);
  expect([await read(), await read()]).toEqual(['one', 'one']);
  now = { tag: '"2"', text: 'two' };
  expect([await read(), await read()]).toEqual(['two', 'two']);
  expect(asked).toEqual([null, '"1"', '"1"', '"2"']);
});

test('what is of somebody else is asked for without a tag, and what the browser keeps is left to it', async () => {
  const asked = serve(() => ({ tag: '"1"', text: 'one' }));
  await read();
  forgetAnswers();
  expect(await read()).toBe('one');
  forgetAnswers();
  const public_ = serve(() => ({ tag: '"1"', text: 'rules', cacheControl: 'no-cache' }));
  expect([await read(), await read()]).toEqual(['rules', 'rules']);
  expect([asked, public_]).toEqual([
    [null, null],
    [null, null],
  ]);
});

test('commands carry no tag, and a refusal is not kept', async () => {
  const asked = serve(() => ({ tag: '"1"', text: 'one' }));
  await conditionalFetch('/api/v1/filings', { method: 'POST' });
  await conditionalFetch('/api/v1/filings', { method: 'POST' });
  vi.stubGlobal('fetch', async () => new Response('no', { status: 403, headers: { etag: '"2"' } }));
  expect((await conditionalFetch('/api/v1/filings', { method: 'GET' })).status).toBe(403);
  expect(asked).toEqual([null, null]);
});

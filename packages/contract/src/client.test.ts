import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, expectTypeOf, it } from 'vitest';
import { createClient, createCookieJar, ProblemError, UnreachableError } from './client.ts';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}
const open: { close(): void }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** A real HTTP server that notes what it is asked and answers as told. */
async function listen(answer: (seen: Seen, response: ServerResponse) => void) {
  const requests: Seen[] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const seen = { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body };
    requests.push(seen);
    answer(seen, response);
  });
  open.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { requests, baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
const json = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
const session = {
  userId: 'u1',
  login: 'li',
  displayName: 'Li',
  role: 'customer',
  accountId: 'acct-a',
  right: 'owner',
  secondFactorDue: false,
  support: null,
};

describe('the client', () => {
  it('puts params into the path, query behind it, and parses the answer with its defaults and types', async () => {
    const { requests, baseUrl } = await listen((_, response) => json(response, 200, { codes: [], extra: 1 }));
    const answer = await createClient({ baseUrl }).listCodes({ query: { side: 'granted', resourceId: 'ins 1/2' } });
    expect(answer).toEqual({ codes: [], next: null });
    expectTypeOf<(typeof answer)['codes'][number]['tail']>().toEqualTypeOf<string>();
    expect(requests[0]?.url).toBe('/api/v1/codes?side=granted&resourceId=ins+1%2F2');
    await createClient({ baseUrl })
      .getFiling({ params: { filingId: 'fil/1' } })
      .catch(() => {});
    expect(requests[1]?.url).toBe('/api/v1/filings/fil%2F1');
  });

  it('gives every command an idempotency key of its own, keeps a given one, and queries none', async () => {
    const { requests, baseUrl } = await listen((_, response) => json(response, 200, { clear: 'x', codes: [] }));
    const client = createClient({ baseUrl });
    const input = { params: { codeId: 'code_1' }, body: { reason: '客户来电' } };
    await client.revealCode(input);
    await client.revealCode(input);
    await client.revealCode(input, { idempotencyKey: 'mine' });
    await client.listCodes();
    const keys = requests.map((request) => request.headers['idempotency-key']);
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(keys[1]).not.toBe(keys[0]);
    expect(keys.slice(2)).toEqual(['mine', undefined]);
    expect(JSON.parse(requests[0]?.body ?? '')).toEqual({ reason: '客户来电' });
  });

  it('keeps a session in its jar until the server takes it away', async () => {
    const { requests, baseUrl } = await listen((seen, response) => {
      const cookie = seen.method === 'DELETE' ? 's=; Max-Age=0; Path=/' : 's=abc%2Bd; HttpOnly; SameSite=Lax';
      if (seen.method !== 'GET') response.setHeader('set-cookie', cookie);
      json(response, 200, seen.method === 'DELETE' ? { signedOut: true } : session);
    });
    const client = createClient({ baseUrl, cookies: createCookieJar() });
    await client.signIn({ body: { login: 'li', password: 'pw' } });
    await client.getSession();
    await client.signOut();
    await client.getSession();
    expect(requests.map((request) => request.headers.cookie)).toEqual([undefined, 's=abc%2Bd', 's=abc%2Bd', undefined]);
  });

  it('throws the problem document of a refusal', async () => {
    const problem = {
      type: '/problems/object.not_found',
      title: '没有找到',
      status: 404,
      code: 'object.not_found',
      zh: '没有找到',
      en: 'There is none',
      retry: 'never',
    };
    const { baseUrl } = await listen((_, response) => json(response, 404, problem));
    const error = await createClient({ baseUrl })
      .getResource({ params: { resourceId: 'r' } })
      .catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ProblemError);
    expect(error).toMatchObject({ status: 404, code: 'object.not_found', problem });
  });

  it('lets no required part of the input be forgotten (checked by the compiler)', () => {
    const client = createClient({ baseUrl: 'http://127.0.0.1:1' });
    const calls = () => [
      // @ts-expect-error the path needs its parameter
      client.getFiling(),
      // @ts-expect-error the body needs a reason
      client.revealCode({ params: { codeId: 'code_1' } }),
      // @ts-expect-error a free record is still needed
      client.putInventory({}),
      client.issueCodes({ params: { resourceId: 'ins-1' }, body: {} }),
      client.revokeCode({ params: { codeId: 'code_1' } }),
    ];
    expect(calls).toBeTypeOf('function');
  });

  it('says so when nobody answers, or when what answers is no OpenBeian', async () => {
    const proxy = await listen((_, response) => response.writeHead(502).end('<html>Bad Gateway</html>'));
    const stranger = await listen((_, response) => json(response, 200, { hello: 'world' }));
    const nobody = { baseUrl: 'http://127.0.0.1:1' };
    for (const { baseUrl } of [proxy, stranger, nobody]) {
      const error = await createClient({ baseUrl })
        .getSession()
        .catch((thrown) => thrown);
      expect(error, baseUrl).toBeInstanceOf(UnreachableError);
      expect(error.zh).not.toBe('');
    }
  });
});

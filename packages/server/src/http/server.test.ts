import { type AddressInfo, connect, type Server } from 'node:net';
import { problemShape, problemStatuses } from '@openbeian/contract';
import { Fault, faultCatalogue } from '@openbeian/model/fault';
import type { InjectOptions } from 'fastify';
import { describe, expect, it, vi } from 'vitest';
import type { Flows } from './flow-table.ts';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';

const codes = { codes: [] };

async function ask(flows: Partial<Flows>, request: InjectOptions, others = {}) {
  const { needs, logged } = needsWith(flows, others);
  const app = createHttpServer(needs);
  const response = await app.inject(request);
  return { response, logged, problem: () => problemShape.parse(response.json()) };
}
const revoke = (headers: Record<string, string>): InjectOptions => ({
  method: 'POST',
  url: '/api/v1/codes/code_1/revoke',
  headers,
});

describe('a route', () => {
  it('gives the flow its actor, its key, and path, query and body in one', async () => {
    const issueCodes = vi.fn(async () => codes);
    const headers = { cookie: 's=customer', 'idempotency-key': 'k-1' };
    const url = '/api/v1/resources/ins%2F1/codes';
    const { response } = await ask({ issueCodes }, { method: 'POST', url, headers, payload: { count: 2 } });
    expect(response.json()).toEqual(codes);
    expect(issueCodes).toHaveBeenCalledWith(
      {
        actor: {
          userId: 'user-customer',
          role: 'customer',
          accountId: 'acct-a',
          right: 'owner',
          source: { address: '127.0.0.1', network: '127.0.0.1', sessionId: 'ses_customer', device: '' },
        },
        idempotencyKey: 'k-1',
      },
      { resourceId: 'ins/1', count: 2, granteeAccountId: null, note: '' },
    );
  });

  it('hands on the bytes of an inventory, apart from the query, and sends the text that its reader wrote', async () => {
    const json = '{"at":"2026-11-21","results":[],"reasons":[]}';
    const checkInventory = vi.fn<Flows['checkInventory']>(async () => ({ json }));
    const { response } = await ask(
      { checkInventory },
      {
        method: 'POST',
        url: '/api/v1/check?at=2026-11-21',
        headers: { cookie: 's=customer' },
        payload: { at: 'mine', accounts: [] },
      },
    );
    const input = checkInventory.mock.lastCall?.[1];
    expect(input).toMatchObject({ at: '2026-11-21' });
    expect(new TextDecoder().decode(input?.body)).toBe('{"at":"mine","accounts":[]}');
    expect([response.headers['content-type'], response.body]).toEqual(['application/json; charset=utf-8', json]);
  });

  it('refuses who is not signed in, and who has another role, before looking at the input', async () => {
    const unsigned = await ask({}, { ...revoke({}), payload: { bad: 1 } });
    expect([unsigned.response.statusCode, unsigned.problem().code]).toEqual([401, 'auth.required']);
    const auditor = await ask({}, { ...revoke({ cookie: 's=auditor' }), payload: { bad: 1 } });
    expect([auditor.response.statusCode, auditor.problem().code]).toEqual([403, 'auth.forbidden']);
  });

  it('wants an idempotency key on every command, and a sound one', async () => {
    const none = await ask({}, revoke({ cookie: 's=customer' }));
    expect(none.problem()).toMatchObject({ status: 400, code: 'idempotency.key_missing' });
    const strange = await ask({}, revoke({ cookie: 's=customer', 'idempotency-key': 'a b' }));
    expect(strange.problem().places?.[0]?.path).toBe('header.Idempotency-Key');
  });

  it('names all wrong places of path, query and body at once, in both languages, without repeating what was sent', async () => {
    const secret = '11010519491231002X';
    const { problem, response } = await ask(
      {},
      {
        method: 'POST',
        url: '/api/v1/resources/ins-1/codes?colour=red',
        headers: { cookie: 's=customer', 'idempotency-key': 'k' },
        payload: { count: 99, granteeAccountId: 7, [secret.slice(0, 3)]: secret },
      },
    );
    expect(problem()).toMatchObject({ status: 400, code: 'input.invalid', retry: 'never' });
    expect(problem().places).toEqual([
      expect.objectContaining({ path: 'query.colour', zh: '不支持的字段，请删除' }),
      {
        path: 'body.count',
        expected: expect.stringContaining('at most 20'),
        zh: expect.stringContaining('20'),
        en: expect.stringContaining('at most 20'),
      },
      expect.objectContaining({
        path: 'body.granteeAccountId',
        en: expect.stringContaining('text'),
        zh: expect.stringContaining('文本'),
      }),
      expect.objectContaining({ path: 'body["110"]' }),
    ]);
    expect(response.body).not.toContain(secret);
  });

  it('lets only what the contract declares leave, and hides an answer that breaks it', async () => {
    const leaky = { signedIn: 1, codes: [], next: null, sealed: 'ciphertext' };
    const ok = await ask({ listCodes: async () => leaky }, { url: '/api/v1/codes', headers: { cookie: 's=auditor' } });
    expect(ok.response.json()).toEqual({ codes: [], next: null });
    const broken = async () => ({ codes: 'none' }) as never;
    const bad = await ask({ listCodes: broken }, { url: '/api/v1/codes', headers: { cookie: 's=auditor' } });
    expect(bad.problem().code).toBe('internal');
    expect(bad.logged.join('')).toContain('listCodes answers outside the contract: codes: expected a list');
  });
});

describe('a problem document', () => {
  const listing = (fault: () => never, headers: Record<string, string> = {}) =>
    ask(
      { listCodes: async () => fault() },
      { url: '/api/v1/codes?side=granted', headers: { cookie: 's=customer', ...headers } },
    );

  it.each(Object.keys(faultCatalogue) as (keyof typeof faultCatalogue)[])('maps %s to its status', async (code) => {
    const { response, problem } = await listing(() => {
      throw new Fault(code);
    });
    expect(response.statusCode).toBe(problemStatuses[code]);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    const { zh, en, retry } = faultCatalogue[code];
    expect(problem()).toMatchObject({
      type: `/problems/${code}`,
      code,
      zh,
      en,
      retry,
      title: zh,
      instance: '/api/v1/codes',
    });
  });

  it('speaks the language that was asked for, Chinese by default', async () => {
    const titles = async (wish?: string) => {
      const headers: Record<string, string> = wish ? { 'accept-language': wish } : {};
      const { problem } = await listing(() => {
        throw new Fault('object.changed');
      }, headers);
      return problem().title;
    };
    const { zh, en } = faultCatalogue['object.changed'];
    expect(await titles()).toBe(zh);
    expect(await titles('en-GB,en;q=0.9,zh;q=0.8')).toBe(en);
    expect(await titles('fr;q=1, en;q=0.3, zh-CN;q=0.5')).toBe(zh);
    expect(await titles('en;q=0, fr')).toBe(zh);
  });

  it('carries reasons, findings, places and the waiting time', async () => {
    const extras = {
      reasons: [{ code: 'resource.expired' }],
      findings: [{ field: 'service.name' }],
      places: [{ path: 'resources[0].billing', expected: 'prepaid' }],
      retryAfterSeconds: 30,
    };
    const { problem, response } = await listing(() => {
      throw new Fault('quota.exhausted', extras);
    });
    expect(problem()).toMatchObject({ reasons: extras.reasons, findings: extras.findings, retryAfterSeconds: 30 });
    expect(problem().places).toEqual([
      { path: 'resources[0].billing', expected: 'prepaid', zh: 'prepaid', en: 'prepaid' },
    ]);
    expect(response.headers['retry-after']).toBe('30');
  });

  it('hides an unexpected error behind an id that the log knows', async () => {
    const { problem, logged } = await listing(() => {
      throw Object.assign(new Error('boom'), { detail: 'Key (name)=(张三) already exists.' });
    });
    expect(problem()).toMatchObject({ status: 500, code: 'internal' });
    expect(JSON.stringify(problem())).not.toContain('boom');
    const entry = logged.map((line) => JSON.parse(line)).find((line) => line.errorId === problem().errorId);
    expect(entry.err.cause.message).toBe('boom');
    expect(logged.join('')).not.toContain('张三');
  });

  it('a problem’s type is an address that explains it', async () => {
    const { response } = await ask({}, { url: '/problems/quota.exhausted' });
    expect(response.json()).toMatchObject({ code: 'quota.exhausted', zh: faultCatalogue['quota.exhausted'].zh });
    expect((await ask({}, { url: '/problems/no.such' })).problem().code).toBe('request.unknown_route');
  });
});

describe('a request that no route can take', () => {
  const headers = { cookie: 's=customer', 'idempotency-key': 'k' };
  const post = (type: string, payload: string): InjectOptions => ({
    method: 'POST',
    url: '/api/v1/codes/verify',
    headers: { ...headers, 'content-type': type },
    payload,
  });

  it.each([
    ['malformed JSON', post('application/json', '{"code":'), 400, 'input.invalid'],
    ['a prototype in JSON', post('application/json', '{"__proto__":{"role":"operator"}}'), 400, 'input.invalid'],
    ['another content type', post('text/plain', 'code=1'), 415, 'request.wrong_content_type'],
    ['a form', post('application/x-www-form-urlencoded', 'code=1'), 415, 'request.wrong_content_type'],
    ['too much', post('application/json', JSON.stringify({ code: 'x'.repeat(16_400) })), 413, 'request.too_large'],
    ['an unknown address', { url: '/api/v1/nothing' }, 404, 'request.unknown_route'],
    ['an unknown method', { method: 'PUT', url: '/api/v1/session' }, 404, 'request.unknown_route'],
    ['an unreadable address', { url: '/api/v1/codes/%ff' }, 400, 'input.invalid'],
  ])('gets a problem: %s', async (_, request, status, code) => {
    const { response, problem } = await ask({}, request);
    expect([response.statusCode, problem().code]).toEqual([status, code]);
    expect(problem().status).toBe(status);
  });

  it('takes an empty body for an empty object', async () => {
    const revokeCode = vi.fn(async () => {
      throw new Fault('code.wrong_state');
    });
    const { problem } = await ask({ revokeCode }, revoke({ ...headers, 'content-type': 'application/json' }));
    expect(problem().code).toBe('code.wrong_state');
  });

  it('answers bytes that are no HTTP without falling over', async () => {
    const app = createHttpServer(needsWith({}).needs);
    await app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = app.server.address() as { port: number };
    const answer = await new Promise<string>((done) => {
      let text = '';
      const socket = connect(port, '127.0.0.1', () => socket.write('\x16\x03\x01 hello\r\n\r\n'));
      socket.on('data', (chunk) => (text += chunk)).on('close', () => done(text));
    });
    expect(answer).toContain('400');
    expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
    await app.close();
  });
});

describe('beside the API', () => {
  it('tells what is public about the deployment, with the server’s clock', async () => {
    const { response } = await ask({}, { url: '/api/v1/deployment' });
    expect(response.json()).toMatchObject({
      now: '2026-11-21T01:30:00.000Z',
      name: { en: 'Xingyun' },
      sampleLogins: [],
      sampleApiKey: null,
    });
  });

  it('serves the OpenAPI document', async () => {
    const { response } = await ask({}, { url: '/api/v1/openapi.json' });
    expect(response.json().paths['/api/v1/session'].post.operationId).toBe('signIn');
  });

  it('is healthy while it runs, and ready while the database is', async () => {
    expect((await ask({}, { url: '/healthz' })).response.statusCode).toBe(200);
    expect((await ask({}, { url: '/readyz' })).response.statusCode).toBe(200);
    const down = {
      findObstacle: async () => {
        throw new Error('gone');
      },
    };
    const { response } = await ask({}, { url: '/readyz' }, down);
    expect(response.statusCode).toBe(503);
    expect(response.json()).toEqual({ status: 'unavailable', reason: 'store.unavailable' });
    const wrongKeys = { findObstacle: async () => 'secret.wrong_key' as const };
    expect((await ask({}, { url: '/readyz' }, wrongKeys)).response.json()).toEqual({
      status: 'unavailable',
      reason: 'secret.wrong_key',
    });
  });

  it('measures requests by route, faults by code, and counts jobs and filings when asked', async () => {
    const counts = async () => ({
      jobs: [{ topic: 'authority.submit', waiting: 3, failing: 1 }],
      filings: [{ state: 'awaiting_review', count: 2 }],
      failures: { total: 3, parked: 1 },
    });
    const { needs } = needsWith(
      {
        getFiling: async () => {
          throw new Fault('quota.exhausted');
        },
      },
      { counts },
    );
    const app = createHttpServer(needs);
    await app.inject({ url: '/api/v1/filings/fil_1', headers: { cookie: 's=customer' } });
    const page = (await app.inject({ url: '/metrics' })).body;
    expect(page).toContain(
      'openbeian_http_request_duration_seconds_count{method="GET",route="/api/v1/filings/:filingId",status="409"} 1',
    );
    expect(page).toContain('openbeian_faults_total{code="quota.exhausted"} 1');
    expect(page).toContain('openbeian_jobs{topic="authority.submit",state="waiting"} 3');
    expect(page).toContain('openbeian_filings{state="awaiting_review"} 2');
    expect(page).not.toContain('fil_1');
  });

  it('can be measured above all when the database is gone', async () => {
    const counts = async () => {
      throw new Error('gone');
    };
    const { response } = await ask({}, { url: '/metrics' }, { counts });
    expect(response.body).toContain('openbeian_database_up 0');
  });
});

it('the OpenAPI document has every route, but for pages of the machine and the query that other clients know', async () => {
  const app = createHttpServer(needsWith({}).needs);
  await app.ready();
  const routes = new Set<string>();
  const folders: string[] = [];
  for (const line of app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part = '', methods = ''] = /^([│ ]*)[├└]── (\S+)(?: \((.*)\))?$/u.exec(line) ?? [];
    folders.length = indent.length / 4;
    folders.push(part);
    const path = folders.join('').replaceAll(/:(\w+)/g, '{$1}');
    for (const method of methods.split(', ')) if (!['', 'HEAD'].includes(method)) routes.add(`${method} ${path}`);
  }
  const { paths } = (await app.inject('/api/v1/openapi.json')).json();
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(routes.size).toBeGreaterThan(100);
  expect([...routes].filter((route) => !described.includes(route)).toSorted()).toEqual([
    'GET /healthz',
    'GET /metrics',
    'GET /problems/{code}',
    'GET /query/{kind}',
    'GET /readyz',
    'POST /query/{kind}',
  ]);
  expect(described.filter((route) => !routes.has(route))).toEqual([]);
});

it('a caller who goes away within its body is no fault of ours', async () => {
  const { needs, logged } = needsWith({});
  const app = createHttpServer(needs);
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const socket = connect(port, '127.0.0.1');
  const head = [
    'POST /api/v1/session HTTP/1.1',
    'host: 127.0.0.1',
    'content-type: application/json',
    'content-length: 99',
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n{`);
  await vi.waitFor(async () => expect(await countConnections(app.server)).toBe(1));
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.destroy();
  await vi.waitFor(async () => expect(await countConnections(app.server)).toBe(0));
  await app.close();
  expect(logged.filter((line) => line.includes('request failed'))).toEqual([]);
});

const countConnections = (server: Server): Promise<number> =>
  new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });

import { operations, problemShape } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { FastifyRequest, InjectOptions } from 'fastify';
import { describe, expect, it, vi } from 'vitest';
import type { Flows } from './flow-table.ts';
import type { HttpNeeds } from './needs.ts';
import { createHttpServer } from './server.ts';
import { needsWith } from './testing/http-world.ts';
import { UntrustedProxy } from './untrusted-proxy.ts';

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

describe('safety', () => {
  const headers = { cookie: 's=customer', 'idempotency-key': 'k', host: 'beian.example:8600' };
  const changed = async () => {
    throw new Fault('code.wrong_state');
  };
  const from = async (origin: string, publicUrl: string | null = null) => {
    const { needs } = needsWith({ revokeCode: changed });
    const app = createHttpServer({ ...needs, settings: { ...needs.settings, publicUrl } });
    return problemShape.parse((await app.inject(revoke({ ...headers, origin }))).json()).code;
  };

  it('refuses a state-changing request from another web site', async () => {
    for (const origin of [
      'https://evil.example',
      'http://beian.example',
      'http://beian.example.evil.example:8600',
      'null',
    ]) {
      expect(await from(origin), origin).toBe('request.foreign_origin');
    }
    // The same host under another scheme or port is another origin.
    expect(await from('https://beian.example:8600')).toBe('request.foreign_origin');
    expect(await from('http://beian.public.example', 'https://beian.public.example/')).toBe('request.foreign_origin');
    expect(await from('http://beian.example:8600')).toBe('code.wrong_state');
    expect(await from('https://beian.public.example', 'https://beian.public.example/')).toBe('code.wrong_state');
  });

  it('reads over https no cookie that a neighbour below the same domain could have planted', async () => {
    const kept = async (publicUrl: string, cookie: string) => {
      const signInWithOidc = vi.fn(async () => {
        throw new Fault('auth.provider_refused');
      });
      const { needs } = needsWith({ signInWithOidc });
      const app = createHttpServer({ ...needs, settings: { ...needs.settings, publicUrl } });
      const { url, method } = { url: operations.signInWithOidc.path, method: operations.signInWithOidc.method };
      await app.inject({
        method,
        url,
        headers: { cookie, host: 'beian.example' },
        payload: { query: 'code=1', side: 'staff' },
      });
      return signInWithOidc.mock.calls[0]?.slice(1) ?? [];
    };
    const planted = 'openbeian.oidc=theirs; openbeian.device=theirs';
    const own = '__Host-openbeian.oidc=own; __Host-openbeian.device=own';
    expect(await kept('https://beian.example', planted)).toMatchObject([{ secret: null, devices: null }]);
    expect(await kept('https://beian.example', `${planted}; ${own}`)).toMatchObject([
      { secret: 'own', devices: 'own' },
    ]);
    expect(await kept('http://beian.example', planted)).toMatchObject([{ secret: 'theirs', devices: 'theirs' }]);
  });

  it('refuses what a browser says comes from another site, with or without an origin', async () => {
    const codeFor = async (more: Record<string, string>) =>
      (await ask({ revokeCode: changed }, revoke({ ...headers, ...more }))).problem().code;
    for (const site of ['cross-site', 'same-site']) {
      expect(await codeFor({ 'sec-fetch-site': site }), site).toBe('request.foreign_origin');
    }
    for (const site of ['same-origin', 'none']) {
      expect(await codeFor({ 'sec-fetch-site': site }), site).toBe('code.wrong_state');
    }
    expect(await codeFor({})).toBe('code.wrong_state');
  });

  it.each([
    ['evil.example', 421],
    ['127.0.0.1.evil.example', 421],
    ['localhost.evil.example', 421],
    ['beian.example@evil.example', 421],
    ['127.0.0.1:8600@evil.example', 421],
    ['127.0.0.1:8600', 200],
    ['[::1]:8600', 200],
    ['localhost:8600', 200],
    ['BEIAN.example', 200],
    ['public.example:8443', 200],
  ])('answers %j as host with %i: a name that others can point here gets nothing', async (host, status) => {
    const { needs } = needsWith({});
    const settings = { ...needs.settings, publicUrl: 'https://public.example/' };
    const app = createHttpServer({ ...needs, settings });
    for (const url of ['/api/v1/deployment', '/healthz']) {
      expect((await app.inject({ url, headers: { host } })).statusCode).toBe(status);
    }
  });

  it('believes no X-Forwarded-Host of a stranger', async () => {
    const { response } = await ask(
      {},
      { url: '/healthz', headers: { host: 'evil.example', 'x-forwarded-host': 'localhost' } },
    );
    expect(response.statusCode).toBe(421);
  });

  it('keeps answers of the API out of caches, however their path is written', async () => {
    for (const url of ['/api/v1/deployment', '/%61pi/v1/deployment', '/api/v1/nothing', '/%61pi/v1/nothing']) {
      expect((await ask({}, { url })).response.headers['cache-control'], url).toBe('no-store');
    }
  });

  it('tells browsers to come by https only, where the public address is https', async () => {
    const hsts = async (some: object) => {
      const { needs } = needsWith({});
      const app = createHttpServer({ ...needs, settings: { ...needs.settings, ...some } });
      return (await app.inject({ url: '/healthz' })).headers['strict-transport-security'];
    };
    expect(await hsts({})).toBe(undefined);
    expect(await hsts({ publicUrl: 'http://127.0.0.1:8600' })).toBe(undefined);
    expect(await hsts({ publicUrl: 'https://beian.example' })).toBe('max-age=31536000');
    expect(await hsts({ publicUrl: 'https://beian.example', hstsIncludeSubDomains: true })).toBe(
      'max-age=31536000; includeSubDomains',
    );
  });

  it('sends headers that keep the console’s page to itself', async () => {
    const { response } = await ask({}, { url: '/api/v1/deployment' });
    expect(response.headers['content-security-policy']).toContain("script-src 'self'");
    expect(response.headers['content-security-policy']).not.toMatch(/script-src[^;]*unsafe/);
    expect(response.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
  });

  it('logs what was done, never what was said', async () => {
    const { logged } = await ask(
      {
        verifyCode: async () => ({ usable: false, reasons: [] }),
      },
      {
        method: 'POST',
        url: '/api/v1/codes/verify?who=13800138000',
        headers,
        payload: { code: 'SECRETCODE', accountId: 'acct-a', domainName: 'private.cn' },
      },
    );
    const text = logged.join('');
    expect(text).toContain('/api/v1/codes/verify');
    for (const secret of ['SECRETCODE', 'private.cn', '13800138000', 's=customer']) expect(text).not.toContain(secret);
  });

  it('redacts what an incautious line would tell', () => {
    const { needs, logged } = needsWith({});
    needs.logger.info({ password: 'p1', req: { headers: { cookie: 'c1' } }, filing: { form: { name: 'n1' } } }, 'oops');
    expect(logged.join('')).not.toMatch(/p1|c1|n1/);
  });

  it('stops guessing of codes per account, and counts only wrong guesses', async () => {
    let reasons: { code: string }[] = [{ code: 'code.bound' }];
    const verifyCode = async () => ({ usable: false, reasons: reasons as never });
    const { needs } = needsWith({ verifyCode });
    const reason = { message: { zh: '', en: '' }, remedy: null, source: null };
    const app = createHttpServer(needs);
    const verify = async () => {
      const payload = { code: 'X', accountId: 'acct-a' };
      const response = await app.inject({ method: 'POST', url: '/api/v1/codes/verify', headers, payload });
      return response.statusCode;
    };
    reasons = [{ code: 'code.bound', ...reason }];
    for (let turn = 0; turn < 5; turn++) expect(await verify()).toBe(200);
    reasons = [{ code: 'code.unknown', ...reason }];
    for (let turn = 0; turn < 3; turn++) expect(await verify()).toBe(200);
    expect(await verify()).toBe(429);
  });

  it('takes a caller’s address from the listed proxies only, so that nobody makes up addresses to guess from', async () => {
    const guess = (app: ReturnType<typeof createHttpServer>, remoteAddress: string, forwarded: string) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/session',
        headers: { 'x-forwarded-for': forwarded },
        payload: { login: 'reviewer', password: 'wrong' },
        remoteAddress,
      });
    const counted: unknown[] = [];
    const signIn: Flows['signIn'] = async ({ actor }) => {
      counted.push(actor.source?.network);
      throw new Fault('auth.wrong_credentials');
    };
    const { needs } = needsWith({ signIn });
    const settings = { ...needs.settings, trustProxy: ['10.0.0.0/8', '2001:db8::7'] };
    const app = createHttpServer({ ...needs, settings });
    await guess(app, '10.1.2.3', '198.51.100.9, 203.0.113.7');
    await guess(app, '10.1.2.3', '203.0.113.8, 10.9.9.9');
    await guess(app, '192.0.2.66', '203.0.113.9');
    await guess(app, '2001:db8::7', '2001:db8:5:6:7::1');
    expect(counted).toEqual(['203.0.113.7', '203.0.113.8', '192.0.2.66', '2001:db8:5:6::/64']);
  });

  it('counts guesses that come as a binding, too', async () => {
    const bindFiling = async () => {
      throw new Fault('code.not_usable', { reasons: [{ code: 'code.mistyped' }] });
    };
    const app = createHttpServer(needsWith({ bindFiling }).needs);
    const payload = { version: 1, with: { code: 'X' } };
    const bind = () => app.inject({ method: 'POST', url: '/api/v1/filings/fil_1/bind', headers, payload });
    const statuses = [];
    for (let turn = 0; turn < 4; turn++) statuses.push((await bind()).statusCode);
    expect(statuses).toEqual([422, 422, 422, 429]);
  });

  it('counts no request that names a resource or the id of a code: it guesses nothing, and is never held up', async () => {
    const miss = async () => {
      throw new Fault('code.not_usable', { reasons: [{ code: 'code.unknown' }] });
    };
    const { needs } = needsWith({ bindFiling: miss, grantPartnerCodes: miss });
    const app = createHttpServer(needs);
    const ask = async (url: string, payload: object) =>
      (await app.inject({ method: 'POST', url, headers, payload })).statusCode;
    const byCode = { version: 1, with: { code: 'X' } };
    for (let turn = 0; turn < 3; turn++) expect(await ask('/api/v1/filings/fil_1/bind', byCode)).toBe(422);
    expect(await ask('/api/v1/filings/fil_1/bind', byCode)).toBe(429);
    const byResource = { version: 1, with: { resourceId: 'ins-1' } };
    for (let turn = 0; turn < 9; turn++) expect(await ask('/api/v1/filings/fil_1/bind', byResource)).toBe(422);
  });

  it('lets the guesses of one account hold up no other at its address', async () => {
    const verifyCode = async () => ({ usable: false, reasons: [{ code: 'code.unknown' } as never] });
    const app = createHttpServer(needsWith({ verifyCode }).needs);
    const verify = async (cookie: string) => {
      const payload = { code: 'X', accountId: 'acct-a' };
      const answer = await app.inject({ method: 'POST', url: '/api/v1/codes/verify', headers: { cookie }, payload });
      return answer.statusCode === 429;
    };
    for (let turn = 0; turn < 9; turn++) await verify('s=customer');
    expect([await verify('s=customer'), await verify('s=operator')]).toEqual([true, false]);
  });
});

describe('the session', () => {
  const signIn = (password: string): InjectOptions => ({
    method: 'POST',
    url: '/api/v1/session',
    payload: { login: 'Reviewer', password },
  });

  const flows = (): Partial<Flows> => ({
    signIn: vi.fn(async (_call, { login }) => ({
      session: {
        userId: 'u',
        login,
        displayName: login,
        role: 'reviewer' as const,
        accountId: null,
        right: null,
        secondFactorDue: false,
        support: null,
      },
      token: login.toLowerCase(),
      maxAgeSeconds: 3600,
      device: 'u~d~1~mac',
    })),
    signOut: vi.fn(async () => ({ signedOut: true as const })),
  });

  it('begins with a cookie, is found by it, and ends', async () => {
    const app = createHttpServer(needsWith(flows()).needs);
    const begun = await app.inject(signIn('right horse'));
    expect(begun.headers['set-cookie']).toEqual([
      's=reviewer; HttpOnly',
      'openbeian.device=u~d~1~mac; Path=/; HttpOnly; SameSite=Lax; Max-Age=15552000',
    ]);
    const found = await app.inject({ url: '/api/v1/session', headers: { cookie: 's=reviewer' } });
    expect(found.json()).toMatchObject({ login: 'reviewer', role: 'reviewer', accountId: null });
    const ended = await app.inject({ method: 'DELETE', url: '/api/v1/session', headers: { cookie: 's=reviewer' } });
    expect(ended.json()).toEqual({ signedOut: true });
    expect(ended.headers['set-cookie']).toEqual(['s=; Max-Age=0']);
    expect(ended.headers['clear-site-data']).toBe('"cache"');
  });

  it('is asked for with the notes of this browser and where the request came from', async () => {
    const given = flows();
    const app = createHttpServer(needsWith(given).needs);
    const headers = {
      cookie: 'a=b; openbeian.device=n1!n2',
      'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0',
    };
    await app.inject({ ...signIn('right horse'), headers });
    expect(given.signIn).toHaveBeenCalledWith(
      {
        actor: expect.objectContaining({
          source: { address: '127.0.0.1', network: '127.0.0.1', sessionId: null, device: 'Firefox, Windows' },
        }),
      },
      expect.objectContaining({ devices: 'n1!n2', login: 'Reviewer' }),
    );
  });

  it('with a second factor due opens nothing but setting one up', async () => {
    const getOwnAccess = vi.fn(async () => Promise.reject(new Fault('object.changed')));
    const { needs } = needsWith({ getOwnAccess, revokeCode: vi.fn() });
    const { find } = needs.sessions;
    const sessions = {
      ...needs.sessions,
      find: async (headers: Headers) => {
        const found = await find(headers);
        return found && { ...found, session: { ...found.session, secondFactorDue: true } };
      },
    };
    const app = createHttpServer({ ...needs, sessions });
    const refused = await app.inject(revoke({ cookie: 's=customer', 'idempotency-key': 'k' }));
    expect(problemShape.parse(refused.json())).toMatchObject({ code: 'auth.second_factor_due', status: 403 });
    const own = await app.inject({ url: '/api/v1/own/access', headers: { cookie: 's=customer' } });
    expect(problemShape.parse(own.json()).code).toBe('object.changed');
    expect((await app.inject({ url: '/api/v1/session', headers: { cookie: 's=customer' } })).statusCode).toBe(200);
  });
});

describe('a proxy that is not trusted', () => {
  const readyAfter = async (trustProxy: boolean | string[]) => {
    const { needs, logged } = needsWith({});
    const app = createHttpServer({ ...needs, settings: { ...needs.settings, trustProxy } });
    const before = (await app.inject({ url: '/readyz' })).json();
    for (let turn = 0; turn < 3; turn += 1) {
      await app.inject({ url: '/healthz', headers: { 'x-forwarded-for': '203.0.113.9' } });
    }
    const warned = logged.filter((line) => line.includes('http.trustProxy')).length;
    return { before, after: (await app.inject({ url: '/readyz' })).json(), warned };
  };

  it('is said once in the log, and on /readyz from then on', async () => {
    const noticed = {
      before: { status: 'ready' },
      after: { status: 'ready', warnings: ['proxy_not_trusted'] },
      warned: 1,
    };
    expect(await readyAfter(false)).toEqual(noticed);
    expect(await readyAfter(['192.0.2.1'])).toEqual(noticed);
    expect(await readyAfter(['127.0.0.1'])).toEqual({ before: noticed.before, after: noticed.before, warned: 0 });
  });

  it('is known from the start where only a proxy can end TLS, and said again each hour', () => {
    const lines: string[] = [];
    const logger = { warn: (_: object, text: string) => void lines.push(text) } as unknown as HttpNeeds['logger'];
    let nowMs = 0;
    const settings = { publicUrl: 'https://beian.example', trustProxy: false };
    const proxy = new UntrustedProxy(logger, settings, () => nowMs);
    expect([proxy.seen, lines.length]).toEqual([true, 1]);
    const request = { headers: { 'x-forwarded-for': 'x' }, ips: undefined, socket: { remoteAddress: '10.0.0.1' } };
    // What `watch` reads of a request.
    for (nowMs = 0; nowMs < 2 * 3_600_000; nowMs += 600_000) proxy.watch(request as unknown as FastifyRequest);
    expect(lines).toHaveLength(3);
    expect(new UntrustedProxy(logger, { ...settings, trustProxy: ['10.0.0.1'] }).seen).toBe(false);
  });
});

describe('tickets of the portal', () => {
  it('are for the portal’s token only', async () => {
    const answer = { ticket: 't'.repeat(43), url: '/ticket#t', expiresAt: '2026-11-21T01:31:00.000Z' };
    const createSignInTicket = vi.fn(async () => answer);
    const app = createHttpServer(needsWith({ createSignInTicket }).needs);
    const ask = (authorization: string | undefined) =>
      app.inject({
        method: 'POST',
        url: '/api/v1/portal/sign-in-tickets',
        headers: { cookie: 's=operator', ...(authorization !== undefined && { authorization }) },
        payload: {
          account: { id: 'acct-a', displayName: '星河', realName: 'enterprise' },
          person: { id: 'p1', displayName: '王' },
        },
      });
    for (const wrong of [undefined, 'Bearer gate-token', 'Bearer ', 'Basic portal-token-of-the-test']) {
      expect((await ask(wrong)).statusCode).toBe(401);
    }
    expect(createSignInTicket).not.toHaveBeenCalled();
    expect((await ask('Bearer portal-token-of-the-test')).json()).toEqual(answer);
  });
});

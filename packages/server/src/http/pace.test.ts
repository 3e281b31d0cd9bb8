import { problemShape } from '@openbeian/contract';
import { Fault } from '@openbeian/model/fault';
import type { InjectOptions } from 'fastify';
import { describe, expect, it } from 'vitest';
import type { Flows } from './flow-table.ts';
import type { HttpNeeds } from './needs.ts';
import { Pace } from './pace.ts';
import { createHttpServer } from './server.ts';
import { countingLeases, needsWith } from './testing/http-world.ts';

describe('an allowance', () => {
  const clocked = (limit: number, onCredit = false) => {
    const clock = { nowMs: 0 };
    const nowMs = () => clock.nowMs;
    const asked: unknown[] = [];
    const counting = countingLeases(nowMs);
    const leases: typeof counting = {
      lease(request) {
        asked.push(request);
        return counting.lease(request);
      },
    };
    const rule = { limit, windowSeconds: 60 };
    const open = () => new Pace('account', { rule, leases, onCredit, nowMs });
    return { clock, asked, open };
  };

  it('is taken by cost, is whole again when its window ends, and is each caller’s own', async () => {
    const { clock, open } = clocked(10);
    const pace = open();
    expect(await pace.take('a', 4)).toMatchObject({ remaining: 6, resetSeconds: 60, isSpent: false });
    expect(await pace.take('a', 6)).toMatchObject({ remaining: 0, isSpent: false });
    clock.nowMs = 30_500;
    expect(await pace.take('a')).toMatchObject({ remaining: 0, resetSeconds: 30, isSpent: true });
    expect(await pace.take('b')).toMatchObject({ remaining: 9, isSpent: false });
    clock.nowMs = 60_000;
    expect(await pace.take('a')).toMatchObject({ remaining: 9, resetSeconds: 60, isSpent: false });
  });

  it('is one for all processes, whichever of them a request reaches', async () => {
    const { clock, open } = clocked(300);
    const paces = [open(), open()];
    let passed = 0;
    for (let turn = 0; turn < 400; turn += 1) {
      const taken = await paces[turn % 2]?.take('a');
      if (taken?.isSpent === false) passed += 1;
    }
    // A few may lie idle with one process while the other refuses.
    expect(passed).toBeGreaterThan(290);
    expect(passed).toBeLessThanOrEqual(300);
    clock.nowMs = 60_000;
    expect((await paces[1]?.take('a'))?.isSpent).toBe(false);
  });

  it('asks the database once in many requests, and not at all once it is spent', async () => {
    const { asked, open } = clocked(3000);
    const pace = open();
    await Promise.all(Array.from({ length: 3000 }, () => pace.take('a')));
    expect(asked.length).toBeLessThan(60);
    const before = asked.length;
    expect((await pace.take('a')).isSpent).toBe(true);
    expect(asked.length).toBe(before + 1);
    for (let turn = 0; turn < 500; turn += 1) await pace.take('a');
    expect(asked.length).toBe(before + 1);
  });

  it('of visitors begins on credit: however many come, who asks little writes nothing', async () => {
    const { asked, open } = clocked(600, true);
    const [pace, other] = [open(), open()];
    for (let caller = 0; caller < 5000; caller += 1) await pace.take(`${caller}`, 10);
    expect(asked).toEqual([]);
    let passed = 0;
    for (let turn = 0; turn < 700; turn += 1) {
      const { isSpent } = await (turn % 2 === 0 ? pace : other).take('busy');
      if (!isSpent) passed += 1;
    }
    // What was spent on credit is counted when the first part is leased.
    expect(passed).toBeGreaterThan(560);
    expect(passed).toBeLessThanOrEqual(630);
  });

  it('is counted by each process for itself while the database is away', async () => {
    const leases = { lease: () => Promise.reject(new Error('away')) };
    const pace = new Pace('account', { rule: { limit: 5, windowSeconds: 60 }, leases, nowMs: () => 0 });
    const spent: boolean[] = [];
    for (let turn = 0; turn < 7; turn += 1) spent.push((await pace.take('a')).isSpent);
    expect(spent).toEqual([false, false, false, false, false, true, true]);
  });

  it('remembers so many callers and forgets the oldest', async () => {
    const { asked, open } = clocked(1);
    const pace = open();
    await pace.take('first');
    for (let caller = 0; caller < 10_000; caller += 1) await pace.take(`${caller}`);
    // The database still knows who was forgotten here.
    const before = asked.length;
    expect((await pace.take('first')).isSpent).toBe(true);
    expect(asked.length).toBe(before + 1);
    expect((await pace.take('9999')).isSpent).toBe(true);
  });
});

describe('the rate of requests', () => {
  function server(limits: Partial<HttpNeeds['settings']['limits']>, flows: Parameters<typeof needsWith>[0] = {}) {
    const { needs } = needsWith(flows);
    const all = { ...needs.settings.limits, ...limits };
    const app = createHttpServer({ ...needs, settings: { ...needs.settings, limits: all } });
    return async (request: InjectOptions) => app.inject(request);
  }
  const list = (role: string): InjectOptions => ({ url: '/api/v1/filings', headers: { cookie: `s=${role}` } });
  const listFilings = async () => ({ filings: [], next: null });

  it('of a session is its account’s, is said in the standard headers, and ends in 429 with the time to wait', async () => {
    const ask = server({ costPerAccount: { limit: 2, windowSeconds: 60 } }, { listFilings });
    const first = await ask(list('customer'));
    expect(first.headers['ratelimit-policy']).toBe('"account";q=2;w=60');
    expect(first.headers.ratelimit).toMatch(/^"account";r=1;t=(60|59)$/);
    await ask(list('customer'));
    const refused = await ask({ ...list('customer'), method: 'GET' });
    expect(refused.statusCode).toBe(429);
    expect(problemShape.parse(refused.json()).code).toBe('auth.rate_limited');
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(50);
    expect(refused.headers.ratelimit).toContain('r=0');
    // Staff each have their own.
    expect((await ask(list('operator'))).statusCode).toBe(200);
  });

  it('counts what an operation costs, before its body is read', async () => {
    const checkInventory = () => Promise.reject(new Fault('input.invalid', { places: [] }));
    const ask = server({ costPerAccount: { limit: 100, windowSeconds: 60 } }, { checkInventory });
    const check: InjectOptions = {
      method: 'POST',
      url: '/api/v1/check',
      headers: { cookie: 's=customer', 'content-type': 'application/json' },
      payload: '{"broken',
    };
    expect([(await ask(check)).statusCode, (await ask(check)).statusCode]).toEqual([400, 429]);
  });

  it('lets nobody send a flood of events to an address of their choice', async () => {
    const sent: string[] = [];
    const paused = async (_: unknown, { webhookId }: { readonly webhookId: string }) => {
      sent.push(webhookId);
      throw new Fault('webhook.paused');
    };
    const ask = server({ costPerAccount: { limit: 3000, windowSeconds: 60 } }, { sendTestEvent: paused });
    const request = (number: number): InjectOptions => ({
      method: 'POST',
      url: '/api/v1/webhooks/whk_1/test',
      headers: { cookie: 's=customer', 'content-type': 'application/json', 'idempotency-key': `k${number}` },
      payload: '{}',
    });
    const statuses = new Set<number>();
    for (let number = 0; number < 40; number += 1) statuses.add((await ask(request(number))).statusCode);
    expect([sent.length, [...statuses]]).toEqual([30, [409, 429]]);
  });

  it('of visitors is their address’s; signing in has its own', async () => {
    const refuse: Flows['signIn'] = async (_, { isCrowded }) => {
      throw new Fault(isCrowded ? 'auth.extra_proof_required' : 'auth.wrong_credentials');
    };
    const searchRecords = async () => ({ total: 0, rows: [] });
    const ask = server({ costPerAddress: { limit: 20, windowSeconds: 60 } }, { searchRecords, signIn: refuse });
    const from = (remoteAddress: string, request: InjectOptions) => ask({ ...request, remoteAddress });
    const signIn: InjectOptions = { method: 'POST', url: '/api/v1/session', payload: { login: 'a', password: 'b' } };
    const search: InjectOptions = { url: '/query/web?search=x' };
    expect((await from('192.0.2.1', signIn)).statusCode).toBe(401);
    for (let turn = 0; turn < 6; turn += 1) expect((await from('192.0.2.1', search)).statusCode).toBe(200);
    const refused = await from('192.0.2.1', search);
    expect(refused.statusCode).toBe(429);
    expect(refused.json()).toMatchObject({ code: 429, success: false, msg: expect.stringContaining('频繁') });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    for (let turn = 1; turn < 20; turn += 1) expect((await from('192.0.2.1', signIn)).statusCode).toBe(401);
    const crowded = await from('192.0.2.1', signIn);
    expect(problemShape.parse(crowded.json()).code).toBe('auth.extra_proof_required');
    // A browser in which somebody signed in before is counted apart; and nobody goes on without an end.
    const known = { ...signIn, headers: { cookie: 'openbeian.device=known-a' } };
    expect((await from('192.0.2.1', known)).statusCode).toBe(401);
    for (let turn = 1; turn < 200; turn += 1) await from('192.0.2.1', signIn);
    const ended = await from('192.0.2.1', signIn);
    expect(problemShape.parse(ended.json()).code).toBe('auth.rate_limited');
    expect((await from('192.0.2.1', known)).statusCode).toBe(401);
    expect((await from('192.0.2.2', search)).statusCode).toBe(200);
    // Who has a session asks on it, wherever others of that address stand.
    expect((await from('192.0.2.1', { url: '/api/v1/session', headers: { cookie: 's=customer' } })).statusCode).toBe(
      200,
    );
  });

  it('of look-ups at the authority is counted for requests that make one', async () => {
    const verifyCode = async () => ({ usable: true, reasons: [] });
    const ask = server({ lookupsPerAccount: { limit: 2, windowSeconds: 3600 } }, { verifyCode });
    const verify = async (more: object) => {
      const payload = { code: 'X', accountId: 'acct-a', ...more };
      const headers = { cookie: 's=customer' };
      return (await ask({ method: 'POST', url: '/api/v1/codes/verify', headers, payload })).statusCode;
    };
    for (let turn = 0; turn < 5; turn += 1) expect(await verify({})).toBe(200);
    const withName = [];
    for (let turn = 0; turn < 3; turn += 1) withName.push(await verify({ domainName: 'a.cn' }));
    expect(withName).toEqual([200, 200, 429]);
    expect(await verify({})).toBe(200);
  });
});

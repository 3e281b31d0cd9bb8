import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { goodPassword, openPeopleWorld } from './testing/people-world.ts';
import { settleTime } from './testing/settled-time.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
const world = await openPeopleWorld({
  http: {
    limits: { signInPerLogin: { limit: 8 }, signInPerLoginAndAddress: { limit: 4 }, signInPerAddress: { limit: 1000 } },
  },
});
afterAll(() => world.close());

const wrong = (login: string, visitor = world.visitor()) =>
  world.refusal(visitor.client.signIn({ body: { login, password: 'a wrong password' } }));
const timed = async (work: () => Promise<unknown>) => {
  const begunMs = performance.now();
  await work();
  return performance.now() - begunMs;
};
const idOf = async (login: string) =>
  (await world.rows<{ id: string }>(`SELECT id FROM auth_user WHERE username = '${login}'`))[0]?.id ?? '';

describe('signing in', () => {
  test('gives a session, whatever the case of the login, and says so in the audit with address and session', async () => {
    const login = await world.person('reviewer');
    const { client } = world.visitor();
    const session = await client.signIn({ body: { login: ` ${login.toUpperCase()} `, password: goodPassword } });
    expect(session).toMatchObject({ login, role: 'reviewer', secondFactorDue: false });
    expect(await client.getSession()).toEqual(session);
    const { sessions } = await client.listOwnSessions();
    expect(sessions).toMatchObject([{ current: true, openedBy: 'password' }]);
    const [row] = await world.audit(session.userId);
    expect(row).toEqual({ action: 'SignedIn', address: '127.0.0.1', session_id: sessions[0]?.id });
    await client.signOut();
    expect(await world.refusal(client.getSession())).toBe('auth.required');
    expect((await world.audit(session.userId)).map(({ action }) => action)).toEqual(['SignedIn', 'SignedOut']);
  });

  test('answers an unknown login, a wrong password, an impossible login and somebody without a password alike, in the same time', async () => {
    const login = await world.person('reviewer');
    const operator = await world.signedIn(await world.person('operator'));
    const body = { login: `invited-${login}`, displayName: '新', role: 'reviewer' as const };
    await operator.client.invitePerson({ body });
    await wrong(login);
    const times: number[] = [];
    for (const one of [login, 'nobody-at-all', 'no such: login!', body.login]) {
      times.push(await timed(async () => expect(await wrong(one)).toBe('auth.wrong_credentials')));
    }
    for (const ms of times) expect(ms).toBeGreaterThan(Math.max(...times) / 5);
  });

  test('begins a fresh session each time: one that was planted before stays nobody’s', async () => {
    const login = await world.person('reviewer');
    const victim = world.visitor();
    victim.cookies.take(['openbeian.session_token=planted.by-an-attacker; Path=/']);
    await victim.client.signIn({ body: { login, password: goodPassword } });
    expect(victim.cookies.header()).not.toContain('planted');
  });
});

describe('failures of others', () => {
  test('slow down the right password, and never refuse it', async () => {
    const login = await world.person('reviewer');
    for (let turn = 0; turn < 6; turn += 1) expect(await wrong(login)).toBe('auth.wrong_credentials');
    const ms = await timed(async () => {
      await world.visitor().client.signIn({ body: { login, password: goodPassword } });
    });
    expect(ms).toBeGreaterThan(1000);
  });

  test('do not slow down a browser in which this person signed in before, unless the failures were in it', async () => {
    const login = await world.person('reviewer');
    const known = await world.signedIn(login);
    for (let turn = 0; turn < 5; turn += 1) await wrong(login);
    expect(await timed(() => known.client.signIn({ body: { login, password: goodPassword } }))).toBeLessThan(1000);
    for (let turn = 0; turn < 4; turn += 1) expect(await wrong(login, known)).toBe('auth.wrong_credentials');
    expect(await wrong(login, known)).toBe('auth.too_many_attempts');
  });

  test('a note that somebody forged, or that is another person’s, makes no browser known', async () => {
    const [login, other] = [await world.person('reviewer'), await world.person('reviewer')];
    const attacker = await world.signedIn(other);
    const [, note = ''] = /openbeian\.device=([^;]+)/.exec(attacker.cookies.header()) ?? [];
    const id = await idOf(login);
    for (let turn = 0; turn < 5; turn += 1) await wrong(login);
    for (const forged of [note, note.replace(/^[^~]+/, id), `${id}~x~99999999999999~x`]) {
      const visitor = world.visitor();
      visitor.cookies.take([`openbeian.device=${forged}`]);
      expect(await timed(() => wrong(login, visitor))).toBeGreaterThan(1000);
    }
  });

  test('write a bounded number of rows, whatever is tried', async () => {
    const count = async () =>
      Number(
        (
          await world.rows<{ n: number }>(`SELECT (SELECT count(*) FROM auth_rate_limit) + (SELECT count(*) FROM audit
        WHERE action LIKE 'SignIn%') AS n`)
        )[0]?.n,
      );
    const { deps } = world.deployment;
    const { bucketOf } = await import('../flows/person/failures.ts');
    const keys = new Set(
      Array.from({ length: 40_000 }, (_, index) => bucketOf(deps, 'login', `login ${index}`, 60).key),
    );
    expect(keys.size).toBeLessThanOrEqual(16_384);
    expect(keys.size).toBeGreaterThan(14_000);
    const login = await world.person('reviewer');
    await wrong(login);
    const before = await count();
    for (let turn = 0; turn < 3; turn += 1) await wrong(login);
    expect(await count()).toBe(before);
    const rows = (await world.audit(await idOf(login))).filter(({ action }) => action === 'SignInFailed');
    expect(rows).toEqual([{ action: 'SignInFailed', address: '127.0.0.1', session_id: null }]);
  });
});

describe('many wrong passwords at once', () => {
  test('do not hold up requests of people who are signed in', async () => {
    const reviewer = await world.signedIn(await world.person('reviewer'));
    await reviewer.client.getOwnAccess();
    const guesses = Array.from({ length: 60 }, (_, turn) => wrong(`guessed-${turn}`).catch(() => 'cut off'));
    const times: number[] = [];
    let done = false;
    const all = Promise.all(guesses).finally(() => {
      done = true;
    });
    while (!done) {
      times.push(await timed(() => reviewer.client.getOwnAccess()));
      // As fast as they go they would spend the allowance of a session.
      await pause(10);
    }
    await all;
    times.sort((a, b) => a - b);
    const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
    console.info(
      `60 wrong passwords: ${times.length} other requests meanwhile, p50 ${times[times.length >> 1]?.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`,
    );
    // 8.4 s while hashing shared the threads of everything else; generous for a busy machine.
    expect(p99).toBeLessThan(2000);
  });
});

describe('sessions', () => {
  test('of staff end after 30 minutes without a request, and after 12 hours in any case', async () => {
    const login = await world.person('reviewer');
    const idle = await world.signedIn(login);
    world.wall.nowMs += 31 * 60_000;
    expect(await world.refusal(idle.client.getSession())).toBe('auth.required');
    const busy = await world.signedIn(login);
    for (let turn = 0; turn < 23; turn += 1) {
      world.wall.nowMs += 29 * 60_000;
      await busy.client.getSession();
    }
    const [row] = await world.rows<{ hours: number }>(
      `SELECT extract(epoch FROM max("expiresAt" - "createdAt")) / 3600 AS hours FROM auth_session`,
    );
    expect(Number(row?.hours)).toBe(12);
    world.wall.nowMs = Date.now();
  });

  test('are listed, ended one by one and all others, and those of somebody else are not found', async () => {
    const login = await world.person('customer');
    const [here, there, third] = [
      await world.signedIn(login),
      await world.signedIn(login),
      await world.signedIn(login),
    ];
    const { sessions } = await here.client.listOwnSessions();
    expect(sessions.map(({ current }) => current).filter(Boolean)).toHaveLength(1);
    const stranger = await world.signedIn(await world.person('customer'));
    const sessionId = (await there.client.listOwnSessions()).sessions.find(({ current }) => current)?.id ?? '';
    expect(await world.refusal(stranger.client.endOwnSession({ params: { sessionId } }))).toBe('object.not_found');
    await here.client.endOwnSession({ params: { sessionId } });
    expect(await world.refusal(there.client.getSession())).toBe('auth.required');
    expect(await here.client.endOtherSessions({})).toEqual({ ended: 1 });
    expect(await world.refusal(third.client.getSession())).toBe('auth.required');
    expect(await here.client.getSession()).toMatchObject({ login });
  });

  test('that ended are cleared away by the worker', async () => {
    await world.signedIn(await world.person('reviewer'));
    const { clearOld } = await import('../flows/upkeep/clear-old.ts');
    world.wall.nowMs += 400 * 86_400_000;
    const clock = { now: () => new Date(world.wall.nowMs).toISOString() };
    const deps = { ...world.deployment.deps, clock };
    await settleTime(deps);
    await clearOld(deps, (error) => {
      throw error;
    });
    world.wall.nowMs = Date.now();
    expect(await world.rows('SELECT 1 FROM auth_session')).toEqual([]);
  });
});

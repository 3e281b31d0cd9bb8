import { getMigrations } from 'better-auth/db/migration';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenStore, openStore } from '../store/index.ts';
import { AttemptLimiter } from './attempt-limiter.ts';
import { createLibrary, type Library } from './library.ts';
import { PasswordPool } from './passwords/password-pool.ts';
import { LibrarySessions } from './sessions.ts';
import { createUser } from './users.ts';

const secret = 'a secret of the test, long enough to sign with';
const errors: string[] = [];
let open: OpenStore;
let library: Library;
let sessions: LibrarySessions;
const passwords = new PasswordPool(1);
const idle = { staffMs: 30 * 60_000, customersMs: 60 * 60_000 };
let made = 0;

beforeAll(async () => {
  open = await openStore({ dataDir: null });
  await open.store.transaction(async (tx) => {
    await tx.accounts.put(
      { id: 'acct-a', realName: 'enterprise', displayName: '星河科技' },
      '2026-11-21T00:00:00.000Z',
    );
  });
  library = libraryWith(false);
  sessions = new LibrarySessions(partsOf(library), idle);
  await createUser(library, xinghe);
});
afterAll(async () => {
  expect(errors).toEqual([]);
  await passwords.close();
  await open.close();
});

const partsOf = (of: Library, { store }: Pick<OpenStore, 'store'> = open) => ({ library: of, store });
const libraryWith = (secureCookies: boolean) =>
  createLibrary({ database: open.kysely, secret, secureCookies, passwords, onError: (text) => errors.push(text) });
const xinghe = {
  login: 'Xinghe',
  password: 'a long password',
  displayName: '星河科技 王小明',
  role: 'customer' as const,
  accountId: 'acct-a',
};
const none = new Headers();
const withCookies = (setCookies: readonly string[]) =>
  new Headers({ cookie: setCookies.map((line) => line.split(';')[0]).join('; ') });
const userId = async (login = 'xinghe') =>
  (await sql<{ id: string }>`SELECT id FROM auth_user WHERE username = ${login}`.execute(open.kysely)).rows[0]?.id ??
  '';
/** Begins a session as the flows do. */
async function begin(of = sessions, secondsAgo = 0) {
  made += 1;
  const token = `token-of-the-test-${made}`;
  const at = new Date(Date.now() - secondsAgo * 1000);
  const id = await userId();
  await open.store.transaction((tx) =>
    tx.signIns.insertSession(
      {
        id: `ses_${made}`,
        token,
        userId: id,
        openedBy: 'password',
        device: 'Firefox, Windows',
        createdAt: at.toISOString(),
        lastSeenAt: at.toISOString(),
        secondFactorDue: false,
        expiresAt: new Date(at.getTime() + 12 * 3_600_000).toISOString(),
      },
      20,
    ),
  );
  return { setCookies: await of.cookiesOf(token, 3600), sessionId: `ses_${made}` };
}
async function password(login = 'xinghe') {
  const id = await userId(login);
  return open.store.transaction((tx) => tx.people.findPassword(id));
}
const isPassword = async (text: string, login = 'xinghe') =>
  passwords.verify(await password(login), text, { address: 'test', login });

describe('the tables', () => {
  it('miss nothing that the library wants', async () => {
    const { toBeCreated, toBeAdded } = await getMigrations(library.options);
    expect([toBeCreated, toBeAdded]).toEqual([[], []]);
  });
});

describe('a session', () => {
  it('gives role and account, and its own id', async () => {
    const begun = await begin();
    const found = await sessions.find(withCookies(begun.setCookies));
    expect(found).toEqual({
      session: {
        login: 'xinghe',
        displayName: '星河科技 王小明',
        role: 'customer',
        accountId: 'acct-a',
        right: 'owner',
        userId: await userId(),
        secondFactorDue: false,
        support: null,
      },
      sessionId: begun.sessionId,
    });
  });

  it('keeps the cookie from scripts and other sites, and off plain http where the deployment has https', async () => {
    const [plain] = (await begin()).setCookies;
    expect(plain).toMatch(/^openbeian\.session_token=/);
    expect(plain).toMatch(/HttpOnly/i);
    expect(plain).toMatch(/SameSite=Lax/i);
    expect(plain).not.toMatch(/Secure/i);
    const secure = new LibrarySessions(partsOf(libraryWith(true)), idle);
    const begun = await begin(secure);
    expect(begun.setCookies[0]).toMatch(/^__Host-openbeian\.session_token=/);
    expect(begun.setCookies[0]).toMatch(/; Secure/i);
    expect(begun.setCookies[0]).toMatch(/; Path=\/(;|$)/i);
    expect(begun.setCookies[0]).not.toMatch(/Domain=/i);
    expect(await secure.find(withCookies(begun.setCookies))).not.toBeNull();
  });

  it('has no password and no address of the visitor', async () => {
    await begin();
    const { rows } = await sql`SELECT c.password, s.*
      FROM auth_session s JOIN auth_credential c ON c."userId" = s."userId"`.execute(open.kysely);
    expect(JSON.stringify(rows)).not.toContain('a long password');
    for (const row of rows as { ipAddress: unknown }[]) expect(row.ipAddress ?? '').toBe('');
  });

  it('is nobody’s without our cookie, with a forged one, and after signing out', async () => {
    const cookies = withCookies((await begin()).setCookies);
    expect(await sessions.find(none)).toBeNull();
    const forged = (cookies.get('cookie') ?? '').replace(/=[^.]{5}/, '=AAAAA');
    expect(await sessions.find(new Headers({ cookie: forged }))).toBeNull();
    const ended = await sessions.signOut(cookies);
    expect(ended.setCookies[0]).toMatch(/session_token=;.*Max-Age=0/i);
    expect(await sessions.find(cookies)).toBeNull();
  });

  it('is signed: another secret does not know it', async () => {
    const begun = await begin();
    const stranger = createLibrary({
      database: open.kysely,
      secret: 'another secret of the test, long enough too',
      secureCookies: false,
      passwords,
      onError: () => {},
    });
    expect(await new LibrarySessions(partsOf(stranger), idle).find(withCookies(begun.setCookies))).toBeNull();
  });

  it('ends when its time is over, however much it is used', async () => {
    const cookies = withCookies((await begin()).setCookies);
    await sql`UPDATE auth_session SET "expiresAt" = now() - interval '1 second'`.execute(open.kysely);
    expect(await sessions.find(cookies)).toBeNull();
  });

  it('ends for good when it was idle for too long; a request in time keeps it', async () => {
    let nowMs = Date.now();
    const watched = new LibrarySessions(partsOf(library), idle, () => nowMs);
    const cookies = withCookies((await begin()).setCookies);
    nowMs += 50 * 60_000;
    expect(await watched.find(cookies)).not.toBeNull();
    nowMs += 50 * 60_000;
    expect(await watched.find(cookies)).not.toBeNull();
    nowMs += 61 * 60_000;
    expect(await watched.find(cookies)).toBeNull();
    nowMs -= 61 * 60_000;
    expect(await watched.find(cookies)).toBeNull();
  });

  it('has the limit of the role: staff are idle for a shorter time', async () => {
    const cookies = withCookies((await begin(sessions, 40 * 60)).setCookies);
    await sql`UPDATE auth_user SET role = 'operator' WHERE username = 'xinghe'`.execute(open.kysely);
    expect(await sessions.find(cookies)).toBeNull();
    await sql`UPDATE auth_user SET role = 'customer' WHERE username = 'xinghe'`.execute(open.kysely);
    expect(await sessions.find(withCookies((await begin(sessions, 40 * 60)).setCookies))).not.toBeNull();
  });

  it('ends when its person is disabled', async () => {
    const cookies = withCookies((await begin()).setCookies);
    await sql`UPDATE auth_user SET "disabledAt" = now() WHERE username = 'xinghe'`.execute(open.kysely);
    expect(await sessions.find(cookies)).toBeNull();
    await sql`UPDATE auth_user SET "disabledAt" = NULL WHERE username = 'xinghe'`.execute(open.kysely);
    expect(await sessions.find(cookies)).toBeNull();
  });

  it('is not found by who asks after it ended, also where others ask at that moment', async () => {
    const begun = await begin();
    const [cookies, others] = [withCookies(begun.setCookies), withCookies((await begin()).setCookies)];
    const before = [sessions.find(cookies), sessions.find(others), sessions.find(cookies)];
    const id = await userId();
    await open.store.transaction((tx) => tx.signIns.endSession(id, begun.sessionId));
    const after = await Promise.all([sessions.find(others), sessions.find(cookies), sessions.find(cookies)]);
    expect(after.map((found) => found?.session.login ?? null)).toEqual(['xinghe', null, null]);
    await Promise.all(before);
  });

  it('is read from our cookie among others, and from nothing that is like it', async () => {
    const cookie = withCookies((await begin()).setCookies).get('cookie') ?? '';
    const [name = '', value = ''] = cookie.split('=');
    const find = (text: string) => sessions.find(new Headers({ cookie: text }));
    expect(await find(`a=b; ${cookie}; openbeian.device=x`)).not.toBeNull();
    const token = decodeURIComponent(value).split('.')[0] ?? '';
    for (const wrong of [
      `x${name}=${value}`,
      `${name}=${token}`,
      `${name}=${token}.`,
      `${name}=.${value}`,
      `${name}=%E0%A4%A`,
    ]) {
      expect([wrong, await find(wrong)]).toEqual([wrong, null]);
    }
    expect(await find(`${name}=${value.replace(token, `${token}x`)}`)).toBeNull();
  });

  it('carries the role of now, not of when it began', async () => {
    const cookies = withCookies((await begin()).setCookies);
    await sql`UPDATE auth_user SET role = 'auditor' WHERE username = 'xinghe'`.execute(open.kysely);
    expect((await sessions.find(cookies))?.session.role).toBe('auditor');
    await sql`UPDATE auth_user SET role = 'customer' WHERE username = 'xinghe'`.execute(open.kysely);
  });
});

describe('a lost database', () => {
  it('is said, and not taken for an ended session', async () => {
    const lost = await openStore({ dataDir: null });
    const itsSessions = new LibrarySessions(
      partsOf(
        createLibrary({ database: lost.kysely, secret, secureCookies: false, passwords, onError: () => {} }),
        lost,
      ),
      idle,
    );
    await lost.close();
    const cookies = withCookies((await begin()).setCookies);
    await expect(itsSessions.find(cookies)).rejects.toMatchObject({ code: 'store.unavailable' });
    await expect(itsSessions.signOut(cookies)).rejects.toMatchObject({ code: 'store.unavailable' });
  });
});

describe('users', () => {
  it('are not made twice, and keep their password', async () => {
    expect(await createUser(library, { ...xinghe, password: 'another password' })).toBe(false);
    expect(await isPassword('a long password')).toBe(true);
    expect(await isPassword('another password')).toBe(false);
  });

  it('are finished when their making was cut off before the password', async () => {
    await createUser(library, { ...xinghe, login: 'half' });
    await sql`DELETE FROM auth_credential WHERE "userId" = (SELECT id FROM auth_user WHERE username = 'half')`.execute(
      open.kysely,
    );
    expect(await isPassword('a long password', 'half')).toBe(false);
    expect(await createUser(library, { ...xinghe, login: 'half' })).toBe(true);
    expect(await isPassword('a long password', 'half')).toBe(true);
  });

  it('are refused with every wrong place named', async () => {
    const bad = { login: '王', password: 'short', displayName: ' ', role: 'root' as never, accountId: 'acct-a' };
    await expect(createUser(library, bad)).rejects.toMatchObject({
      code: 'input.invalid',
      extras: { places: ['password', 'login', 'displayName', 'role', 'accountId'].map((path) => ({ path })) },
    });
    await expect(createUser(library, { ...xinghe, login: 'c2', accountId: null })).rejects.toThrow(/accountId/);
  });

  it('cannot be made or changed through the library’s own ways in', async () => {
    const body = { name: 'x', email: 'x@example.cn', password: 'a long password', username: 'x', role: 'operator' };
    await expect(library.api.signUpEmail({ body })).rejects.toThrow('sign up is not enabled');
    const headers = withCookies((await begin()).setCookies);
    await library.api.updateUser({ body: { role: 'operator', accountId: 'acct-b' } as never, headers }).catch(() => {});
    expect((await sessions.find(headers))?.session).toMatchObject({ role: 'customer', accountId: 'acct-a' });
  });
});

describe('the limiter', () => {
  const rule = { limit: 2, windowSeconds: 60 };

  it('lets so many attempts through in a window, counts all servers together, and begins again', async () => {
    let now = Date.parse('2026-11-21T00:00:00Z');
    const limiterOf = () =>
      new AttemptLimiter(
        open.kysely,
        (key) => `hash of ${key.length}`,
        () => now,
      );
    const [one, other] = [limiterOf(), limiterOf()];
    expect(await one.attempt('login:a', rule)).toBe(0);
    expect(await other.attempt('login:a', rule)).toBe(0);
    now += 20_000;
    expect(await one.attempt('login:a', rule)).toBe(40);
    now += 39_000;
    expect(await other.attempt('login:a', rule)).toBe(1);
    now += 1_000;
    expect(await other.attempt('login:a', rule)).toBe(0);
  });

  it('takes an attempt back, but never gives credit', async () => {
    const limiter = new AttemptLimiter(
      open.kysely,
      (key) => `hash of ${key}`,
      () => 0,
    );
    await limiter.forgive('f');
    for (let turn = 0; turn < 5; turn++) {
      expect(await limiter.attempt('f', rule)).toBe(0);
      await limiter.forgive('f');
    }
    await limiter.forgive('f');
    const waits = [
      await limiter.attempt('f', rule),
      await limiter.attempt('f', rule),
      await limiter.attempt('f', rule),
    ];
    expect(waits).toEqual([0, 0, 60]);
  });

  it('counts attempts that come at once', async () => {
    const limiter = new AttemptLimiter(
      open.kysely,
      (key) => `hash of ${key}`,
      () => 0,
    );
    const waits = await Promise.all(Array.from({ length: 10 }, () => limiter.attempt('burst', rule)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(2);
  });
});

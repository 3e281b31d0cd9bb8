import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { createFlows, type FlowTable } from '../flows/index.ts';
import { createLogger } from '../http/log.ts';
import type { OidcPerson } from '../ports/index.ts';
import { formatKeyRing, makeKeyRing } from '../secrets/index.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { otherPassword, ownPassword, quickly } from './testing/persons.ts';

/* Many requests of one person, or about one, at the same moment: only a database that serves several at once shows them. */

const folder = mkdtempSync(join(tmpdir(), 'openbeian-people-races-'));
const endings: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
let deployment: Deployment | null = null;
let flows: FlowTable;
/** How often something sealed was opened. */
let looks = 0;
const bound = (target: object, key: string | symbol): unknown => {
  const value: unknown = Reflect.get(target, key);
  return typeof value === 'function' ? value.bind(target) : value;
};
const ssoPerson: OidcPerson = { subject: 'issuer\nzhao', login: 'zhao', displayName: '赵', role: 'reviewer' };

beforeAll(async () => {
  const database = await createTestDatabase();
  if (database === null) return;
  endings.push(() => database.drop());
  const keyRingFile = join(folder, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('races')), { mode: 0o600 });
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    database: { url: database.url },
    keyRingFile,
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  });
  const opened = await openDeployment(config, { logger: createLogger('silent') });
  deployment = opened;
  endings.push(() => opened.close());
  const oidc = { begin: async () => 'https://sso.example/', finish: async () => ssoPerson };
  // A look at a code opens the sealed secret.
  const { vault } = opened.deps;
  const open: typeof vault.open = (sealed, context) => {
    looks += 1;
    return vault.open(sealed, context);
  };
  const seen = new Proxy(vault, { get: (_, key) => (key === 'open' ? open : bound(vault, key)) });
  flows = createFlows({ ...opened.deps, vault: seen, people: { ...opened.deps.people, ...quickly, oidc } });
}, 60_000);
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});

let count = 0;
const fresh = (prefix: string): string => `${prefix}_races${(count += 1)}`;
const visitor = {
  userId: 'visitor',
  role: 'visitor',
  accountId: null,
  source: { address: '192.0.2.9', sessionId: null },
} as const;
const times = <T>(most: number, work: (turn: number) => Promise<T>) =>
  Promise.allSettled(Array.from({ length: most }, (_, turn) => work(turn)));
const codes = (results: readonly PromiseSettledResult<unknown>[]): string[] =>
  results.map((one) => {
    if (one.status === 'fulfilled') return 'done';
    return isFault(one.reason) ? one.reason.code : String(one.reason);
  });
const howMany = (results: readonly PromiseSettledResult<unknown>[], code: string): number =>
  codes(results).filter((one) => one === code).length;

/** Somebody with a password and a session. */
async function person({ deps }: Deployment, role: 'customer' | 'operator' | 'reviewer', account?: string | null) {
  const now = deps.people.wall.now();
  const userId = fresh('usr');
  const login = userId.replace('_', '-');
  const accountId = role === 'customer' ? (account ?? fresh('acct')) : null;
  const sessionId = fresh('ses');
  const times = { createdAt: now, lastSeenAt: now, expiresAt: new Date(Date.parse(now) + 3_600_000).toISOString() };
  const session = { id: sessionId, token: fresh('token'), userId, ...times, openedBy: 'password' as const, device: '' };
  await deps.store.transaction(async (tx) => {
    if (accountId !== null) await tx.accounts.put({ id: accountId, realName: 'enterprise', displayName: '' }, now);
    await tx.people.insert({ id: userId, login, displayName: '陈', role, accountId, sealedMail: null }, now);
    await tx.people.putPassword(userId, `hash of ${ownPassword}`, fresh('crd'), now);
    await tx.signIns.insertSession({ ...session, secondFactorDue: false }, 20);
  });
  const actor = { userId, role, accountId, source: { address: '192.0.2.1', sessionId } };
  return { login, userId, sessionId, call: () => ({ actor, idempotencyKey: fresh('key') }) };
}
const signIn = (login: string, more: { code?: string; isCrowded?: boolean } = {}) =>
  flows.signIn({ actor: visitor }, { login, password: ownPassword, devices: null, ...more });
const sessionsOf = ({ deps }: Deployment, userId: string) =>
  deps.store.transaction((tx) => tx.signIns.listSessions(userId, deps.people.wall.now()));

test('of codes that are tried at once no more are looked at than of those one after another', async (context) => {
  if (deployment === null) return context.skip('no PostgreSQL');
  const { deps } = deployment;
  const one = await person(deployment, 'reviewer');
  await flows.beginTotp(one.call());
  await deps.store.transaction((tx) => tx.secondFactors.confirmTotp(one.userId, 1, deps.people.wall.now()));
  const guess = (turn: number) => ({ code: `${100_000 + turn}` });
  looks = 0;
  const beside = await times(40, (turn) => signIn(one.login, guess(turn)));
  expect([howMany(beside, 'auth.wrong_second_factor'), howMany(beside, 'auth.too_many_attempts')]).toEqual([10, 30]);
  expect(looks).toBe(10);
  // Before the password is looked at they are counted apart.
  await times(40, (turn) => signIn(one.login, { ...guess(turn), isCrowded: true }));
  expect(looks).toBe(20);
});

test('a session of the former password does not outlive its change', async (context) => {
  if (deployment === null) return context.skip('no PostgreSQL');
  for (let round = 0; round < 4; round += 1) {
    const { login, userId, sessionId, call } = await person(deployment, 'reviewer');
    const change = { current: ownPassword, password: otherPassword };
    await Promise.allSettled([
      times(6, () => signIn(login)),
      flows.changeOwnPassword(call(), change),
      times(6, () => signIn(login)),
    ]);
    expect((await sessionsOf(deployment, userId)).map(({ id }) => id)).toEqual([sessionId]);
  }
});

test('somebody who is disabled or deleted keeps no session and no key that begins at the same moment', async (context) => {
  if (deployment === null) return context.skip('no PostgreSQL');
  const { deps } = deployment;
  const operator = await person(deployment, 'operator');
  for (const ending of ['disablePerson', 'deletePerson', 'disablePerson', 'deletePerson'] as const) {
    const { login, userId, call } = await person(deployment, 'customer');
    const key = { name: 'key', scopes: ['codes:read'], lifetimeDays: 1 };
    const results = await Promise.all([
      times(3, () => signIn(login)),
      times(3, () => flows.createApiKey(call(), key)),
      times<unknown>(1, () => flows[ending](operator.call(), { personId: userId })),
      times(3, () => signIn(login)),
      times(3, () => flows.createApiKey(call(), key)),
    ]);
    const expected = ['done', 'auth.required', 'auth.person_disabled', 'auth.wrong_credentials'];
    expect(codes(results.flat()).filter((code) => !expected.includes(code))).toEqual([]);
    expect(howMany(results[2], 'done')).toBe(1);
    expect(await sessionsOf(deployment, userId)).toEqual([]);
    const live = await deps.store.transaction((tx) => tx.people.revokeKeysOf(userId, deps.clock.now()));
    expect(live).toEqual([]);
  }
});

test('of links that are made at once the last one stays good', async (context) => {
  if (deployment === null) return context.skip('no PostgreSQL');
  const operator = await person(deployment, 'operator');
  const { userId } = await person(deployment, 'reviewer');
  const made = await times(8, () => flows.createPersonLink(operator.call(), { personId: userId }));
  const tokens = made.map((one) => (one.status === 'fulfilled' ? (one.value.link?.split('#')[1] ?? '') : ''));
  expect(
    howMany(await Promise.allSettled(tokens.map((token) => flows.openLink({ actor: visitor }, { token }))), 'done'),
  ).toBe(1);
});

test('who signs in by single sign-on for the first time in several tabs is one person, and gets into each', async (context) => {
  if (deployment === null) return context.skip('no PostgreSQL');
  const tabs = await Promise.all(Array.from({ length: 6 }, () => flows.beginOidcSignIn({ actor: visitor }, {})));
  const signedIn = await Promise.all(
    tabs.map(({ secret }) => flows.signInWithOidc({ actor: visitor }, { query: 'code=1', secret, devices: null })),
  );
  expect(new Set(signedIn.map(({ session }) => session.userId)).size).toBe(1);
});

test('of support accesses that begin at once in one session one begins, and is over when that session is', async (context) => {
  if (deployment === null) return context.skip('no PostgreSQL');
  const operator = await person(deployment, 'operator');
  const customer = await person(deployment, 'customer');
  const input = { accountId: customer.call().actor.accountId ?? '', reason: '协助核对材料', minutes: 120 };
  const begun = await times(20, () => flows.beginSupportAccess(operator.call(), input));
  expect([howMany(begun, 'done'), howMany(begun, 'auth.forbidden')]).toEqual([1, 19]);
  const active = async () => {
    const { accesses } = await flows.listSupportAccesses(customer.call(), { limit: 50 });
    return accesses.map((access) => access.active);
  };
  expect(await active()).toEqual([true]);
  await flows.signOut(operator.call());
  expect(await active()).toEqual([false]);
});

test.each(['changeMemberRight', 'removeMember'] as const)(
  'owners who %s each other at the same moment leave one who has the right',
  async (act) => {
    if (deployment === null) return;
    const { deps } = deployment;
    for (let round = 0; round < 6; round += 1) {
      const first = await person(deployment, 'customer');
      const { accountId } = first.call().actor;
      const others = [await person(deployment, 'customer', accountId), await person(deployment, 'customer', accountId)];
      const all = [first, ...others];
      const results = await times(all.length, (turn) => {
        const [by, whom] = [all[turn] ?? first, all[(turn + 1) % all.length] ?? first];
        const input = { personId: whom.userId, right: 'viewer' as const };
        return flows[act](by.call(), input);
      });
      expect(codes(results).filter((code) => !['done', 'auth.right_missing'].includes(code))).toEqual([]);
      const left = await deps.store.transaction((tx) => tx.people.lockOwners(accountId ?? ''));
      expect(left).toHaveLength(all.length - howMany(results, 'done'));
      expect(left.length).toBeGreaterThan(0);
    }
  },
);

test('the last owners who step down at the same moment leave one', async (context) => {
  if (deployment === null) return context.skip('no PostgreSQL');
  for (let round = 0; round < 6; round += 1) {
    const first = await person(deployment, 'customer');
    const { accountId } = first.call().actor;
    const all = [first, await person(deployment, 'customer', accountId)];
    const results = await times(2, (turn) => {
      const self = all[turn] ?? first;
      return flows.changeMemberRight(self.call(), { personId: self.userId, right: 'filer' });
    });
    expect(codes(results).sort()).toEqual(['account.last_owner', 'done']);
  }
});

test('whoever becomes a viewer keeps no key that is made at the same moment', async (context) => {
  if (deployment === null) return context.skip('no PostgreSQL');
  const { deps } = deployment;
  for (let round = 0; round < 4; round += 1) {
    const owner = await person(deployment, 'customer');
    const other = await person(deployment, 'customer', owner.call().actor.accountId);
    const key = { name: 'key', scopes: ['codes:issue'], lifetimeDays: 1 };
    await Promise.all([
      times(3, () => flows.createApiKey(other.call(), key)),
      flows.changeMemberRight(owner.call(), { personId: other.userId, right: 'viewer' }),
      times(3, () => flows.createApiKey(other.call(), key)),
    ]);
    const live = await deps.store.transaction((tx) => tx.people.revokeKeysOf(other.userId, deps.clock.now()));
    expect(live).toEqual([]);
  }
});

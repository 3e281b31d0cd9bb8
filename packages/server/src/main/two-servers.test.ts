import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, createCookieJar, ProblemError } from '@openbeian/contract/client';
import { afterAll, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { createUser } from '../auth/users.ts';
import { createLogger } from '../http/log.ts';
import { formatKeyRing, makeKeyRing } from '../secrets/index.ts';
import { parseConfig } from './config.ts';
import { openDeployment } from './deployment.ts';
import { type RunningServer, startServer } from './server.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-two-servers-'));
const endings: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
afterAll(async () => {
  for (const end of endings.reverse()) await end();
});
const logger = createLogger('silent');

/** Two servers on one PostgreSQL and one key ring, with the operator `chen`; null without PostgreSQL. */
async function twoServers(): Promise<[RunningServer, RunningServer] | null> {
  const database = await createTestDatabase();
  if (database === null) return null;
  endings.push(() => database.drop());
  const keyRingFile = join(folder, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('test')), { mode: 0o600 });
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    database: { url: database.url },
    keyRingFile,
    http: {
      port: 0,
      limits: {
        signInPerLoginAndAddress: { limit: 6 },
        verifyCodePerAccount: { limit: 5 },
        costPerAccount: { limit: 20, windowSeconds: 3600 },
      },
    },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  });
  // Both migrate the empty database at once.
  const servers = await Promise.all([startServer(config, { logger }), startServer(config, { logger })]);
  endings.push(...servers.map((server) => () => server.close()));
  const deployment = await openDeployment(config, { logger });
  endings.push(() => deployment.close());
  const chen = {
    login: 'chen',
    password: 'the right one',
    displayName: '陈',
    role: 'operator' as const,
    accountId: null,
  };
  expect(await createUser(await deployment.library(), chen)).toBe(true);
  for (const login of ['li', 'wu']) {
    const account = { id: `acct-${login}`, realName: 'enterprise', displayName: '' };
    await deployment.deps.store.transaction((tx) => tx.accounts.put(account, new Date().toISOString()));
    const customer = { ...chen, login, role: 'customer' as const, accountId: account.id };
    expect(await createUser(await deployment.library(), customer)).toBe(true);
  }
  return servers;
}

it('two servers on one PostgreSQL share sessions and the count of guesses', async (context) => {
  const servers = await twoServers();
  if (servers === null) return context.skip('no PostgreSQL');
  const urls = servers.map((server) => server.url);

  const cookies = createCookieJar();
  const [here, there] = urls.map((baseUrl) => createClient({ baseUrl, cookies }));
  await here?.signIn({ body: { login: 'chen', password: 'the right one' } });
  expect(await there?.getSession()).toMatchObject({ login: 'chen', role: 'operator' });
  await there?.signOut();
  await expect(here?.getSession()).rejects.toMatchObject({ code: 'auth.required' });

  // Codes, too: an account that guesses at both has one count; others at its address have theirs.
  const guessCodes = async (login: string, times: number) => {
    const jar = createCookieJar();
    const clients = urls.map((baseUrl) => createClient({ baseUrl, cookies: jar }));
    await clients[0]?.signIn({ body: { login, password: 'the right one' } });
    const turns = Array.from({ length: times }, async (_, turn) => {
      const body = { code: `AAAAA-AAAAA-AAAAA-AAAA${turn % 10}`, accountId: `acct-${login}` };
      const answer = await clients[turn % 2]?.verifyCode({ body }).catch((error) => error);
      return answer instanceof ProblemError ? answer.code : answer?.reasons[0]?.code;
    });
    const answers = await Promise.all(turns);
    return answers.map(String).sort();
  };
  expect(await guessCodes('li', 9)).toEqual([
    ...Array(4).fill('auth.too_many_attempts'),
    ...Array(5).fill('code.mistyped'),
  ]);
  expect(await guessCodes('wu', 5)).toEqual(Array(5).fill('code.mistyped'));

  // An account's allowance is one, too: its requests reach both servers in turn until nothing is left.
  const jar = createCookieJar();
  const both = urls.map((baseUrl) => createClient({ baseUrl, cookies: jar }));
  await both[0]?.signIn({ body: { login: 'wu', password: 'the right one' } });
  let passed = 0;
  for (let turn = 0; turn < 24; turn += 1) {
    const asked = await both[turn % 2]?.getSession().catch((error) => error.code);
    if (asked !== 'auth.rate_limited') passed += 1;
  }
  expect(passed).toBeGreaterThan(9);
  // Five codes were tried before.
  expect(passed).toBeLessThanOrEqual(15);

  const guess = async (turn: number) => {
    const client = createClient({ baseUrl: urls[turn % 2] ?? '' });
    const answer = await client.signIn({ body: { login: 'chen', password: `guess ${turn}` } }).catch((error) => error);
    return answer instanceof ProblemError ? answer.code : 'in';
  };
  const timeOf = async (work: () => Promise<unknown>) => {
    const begunMs = performance.now();
    await work();
    return performance.now() - begunMs;
  };
  const stranger = () => createClient({ baseUrl: urls[1] ?? '', cookies: createCookieJar() });
  const rightMs = () => timeOf(() => stranger().signIn({ body: { login: 'chen', password: 'the right one' } }));
  for (let turn = 0; turn < 6; turn += 1) expect(await guess(turn)).toBe('auth.wrong_credentials');
  // Six failures counted by two servers: from here on each attempt of a browser that nobody knows waits for a second at least.
  expect(await timeOf(() => guess(6))).toBeGreaterThan(1000);
  // Who knows the password waits like everybody else, and gets in.
  expect(await rightMs()).toBeGreaterThan(1000);
  // A browser in which this person signed in before does not even wait.
  expect(await here?.signIn({ body: { login: 'chen', password: 'the right one' } })).toMatchObject({ login: 'chen' });
}, 60_000);

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, createCookieJar, ProblemError } from '@openbeian/contract/client';
import { afterAll, expect, it } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import { createUser } from '../auth/index.ts';
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
    http: { port: 0, limits: { signInPerLoginAndAddress: { limit: 6 } } },
    authority: { url: 'http://127.0.0.1:9', secret: 'unused' },
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
  expect(await createUser(deployment.library, chen)).toBe(true);
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

  const guess = async (turn: number) => {
    const client = createClient({ baseUrl: urls[turn % 2] ?? '' });
    const answer = await client.signIn({ body: { login: 'chen', password: `guess ${turn}` } }).catch((error) => error);
    return answer instanceof ProblemError ? answer.code : 'in';
  };
  const answers = await Promise.all(Array.from({ length: 16 }, (_, turn) => guess(turn)));
  expect(answers.filter((code) => code === 'auth.wrong_credentials')).toHaveLength(6);
  expect(answers.filter((code) => code === 'auth.too_many_attempts')).toHaveLength(10);
  // Who knows the password waits like everybody else, and is told how long.
  const refused = await here?.signIn({ body: { login: 'chen', password: 'the right one' } }).catch((error) => error);
  expect(refused.problem.retryAfterSeconds).toBeGreaterThan(0);
});

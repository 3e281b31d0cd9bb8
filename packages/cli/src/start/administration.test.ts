import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from '@openbeian/contract/client';
import { loadConfig, startServer } from '@openbeian/server/main';
import { afterAll, expect, it } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'openbeian-administration-'));
afterAll(() => rmSync(folder, { recursive: true }));
const config = join(folder, 'openbeian.yaml');
writeFileSync(
  config,
  JSON.stringify({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    database: { directory: join(folder, 'data') },
    http: { port: 0 },
    authority: { url: 'http://127.0.0.1:9', secret: 'unused' },
    log: { level: 'silent' },
  }),
);
const run = (args: string[], input = '') => spawnSync(process.execPath, [main, ...args], { input, encoding: 'utf8' });

it('makes a key ring, new every time', () => {
  const [one, other] = [run(['keys', 'new', '2026-11']), run(['keys', 'new'])];
  const ring = JSON.parse(one.stdout);
  expect(ring.keys[0].id).toBe('2026-11');
  expect(Buffer.from(ring.keys[0].key, 'base64')).toHaveLength(32);
  expect(ring.hashKeys[0].key).not.toBe(JSON.parse(other.stdout).hashKeys[0].key);
  expect(JSON.parse(other.stdout).keys[0].id).toMatch(/^k[0-9a-f]{12}$/);
  expect(run(['keys', 'new', 'Not An Id']).status).toBe(1);
}, 60_000);

it('writes a key ring for its owner alone, and never over another', () => {
  const file = join(folder, 'keys.json');
  expect(run(['keys', 'new', '--out', file])).toMatchObject({ status: 0, stdout: expect.stringContaining(file) });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const before = readFileSync(file, 'utf8');
  expect(run(['keys', 'new', '--out', file])).toMatchObject({ status: 1, stderr: expect.stringContaining(file) });
  expect(readFileSync(file, 'utf8')).toBe(before);
}, 60_000);

it('adds the first operator of a new deployment, who then signs in; sets another password', async () => {
  const add = ['users', 'add', 'chen', '--role', 'operator', '--name', '陈', '--config', config];
  const short = run(add, 'short\n');
  expect([short.status, short.stderr]).toEqual([1, expect.stringContaining('password')]);
  expect(run(add, 'the first password\n')).toMatchObject({ status: 0, stdout: expect.stringContaining('chen') });
  expect(run(add, 'the first password\n').status).toBe(1);
  const noAccount = run(
    ['users', 'add', 'li', '--role', 'customer', '--name', '李', '--account', 'none', '--config', config],
    'x',
  );
  expect(noAccount.stderr).toContain('--account none');
  expect(run(['users', 'set-password', 'CHEN', '--config', config], 'the second password\n').status).toBe(0);

  const server = await startServer(loadConfig(config, {}));
  const { signIn } = createClient({ baseUrl: server.url });
  const second = await signIn({ body: { login: 'chen', password: 'the second password' } });
  const first = await signIn({ body: { login: 'chen', password: 'the first password' } }).catch((error) => error.code);
  await server.close();
  expect(second).toMatchObject({ role: 'operator', displayName: '陈' });
  expect(first).toBe('auth.wrong_credentials');
}, 90_000);

it('says what is wrong with a configuration instead of failing somewhere', () => {
  const none = run(['server', '--config', join(folder, 'none.yaml')]);
  expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('none.yaml')]);
  const embedded = run(['worker', '--config', config]);
  expect([embedded.status, embedded.stderr]).toEqual([1, expect.stringContaining('database.url')]);
}, 60_000);

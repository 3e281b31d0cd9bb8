import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient, createCookieJar } from '@openbeian/contract/client';
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
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
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

it('keeps the keys where a disk takes only a part of the new file', () => {
  const small = mkdtempSync(join(folder, 'small-'));
  const [file, settings] = [join(small, 'keys.json'), join(small, 'openbeian.json')];
  const id = (number: number) => `key-${number}`.padEnd(32, '0');
  const ring = Array.from({ length: 6 }, (_, number) => ({ id: id(number), key: 'A'.repeat(43).concat('=') }));
  const before = JSON.stringify({ keys: ring, hashKeys: ring }, null, 1);
  writeFileSync(file, before, { mode: 0o600 });
  writeFileSync(settings, JSON.stringify({ ...JSON.parse(readFileSync(config, 'utf8')), keyRingFile: file }));
  // A disk that is full is imitated by the limit of a file's size, 1 KiB: the first write ends there, the next one fails.
  const limited = (...args: string[]) =>
    spawnSync('bash', ['-c', 'trap "" XFSZ; ulimit -f 1; exec "$@"', '-', process.execPath, main, ...args], {
      encoding: 'utf8',
    });
  const rotated = limited('keys', 'rotate', 'next', '--config', settings);
  expect([rotated.status, rotated.stderr.trim().split('\n')]).toEqual([
    1,
    [expect.stringContaining(`${file}：无法写入`)],
  ]);
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(readdirSync(small).sort()).toEqual(['keys.json', 'openbeian.json']);
}, 60_000);

it('invites the first operator of a new deployment, who sets a password by the newest link and signs in', async () => {
  const add = ['users', 'add', 'chen', '--role', 'operator', '--name', '陈', '--config', config];
  const linkIn = ({ stdout }: { readonly stdout: string }) => /\/link#([\w-]{43})$/m.exec(stdout)?.[1] ?? '';
  const invited = run(add);
  expect(invited).toMatchObject({ status: 0, stdout: expect.stringContaining('chen') });
  expect(run(add).status).toBe(1);
  // The command that came first made the database and its keys: nobody but their owner comes in.
  const modeOf = (path: string) => statSync(join(folder, 'data', path)).mode & 0o777;
  expect(['.', 'database', 'keys.json'].map(modeOf)).toEqual([0o700, 0o700, 0o600]);
  const noAccount = run(
    ['users', 'add', 'li', '--role', 'customer', '--name', '李', '--account', 'none', '--config', config],
    'x',
  );
  expect(noAccount.stderr).toContain('--account none');
  const reset = run(['users', 'reset', 'CHEN', '--config', config]);
  expect(reset.status).toBe(0);

  const server = await startServer(loadConfig(config, {}));
  const { useLink, signIn, listAudit } = createClient({ baseUrl: server.url, cookies: createCookieJar() });
  const password = 'four words of mine';
  const use = (token: string) => useLink({ body: { token, password } }).catch((error) => error.code);
  const earlier = await use(linkIn(invited));
  await use(linkIn(reset));
  const session = await signIn({ body: { login: 'chen', password } });
  const { rows } = await listAudit({ query: {} });
  await server.close();
  // What was done at the command line is in the audit, too.
  expect(rows.filter(({ objectKind }) => objectKind === 'person').map(({ action }) => action)).toEqual([
    'SignedIn',
    'PasswordChanged',
    'PersonLinkMade',
    'PersonLinkMade',
    'PersonInvited',
  ]);
  expect(session).toMatchObject({ role: 'operator', displayName: '陈' });
  expect(earlier).toBe('auth.link_not_usable');
}, 90_000);

it('says what is wrong with a configuration instead of failing somewhere', () => {
  const none = run(['server', '--config', join(folder, 'none.yaml')]);
  expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('none.yaml')]);
  const embedded = run(['worker', '--config', config]);
  expect([embedded.status, embedded.stderr]).toEqual([1, expect.stringContaining('database.url')]);
}, 60_000);

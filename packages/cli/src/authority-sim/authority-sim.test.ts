import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

// Every run is a process of its own.
vi.setConfig({ testTimeout: 120_000 });

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const run = (...args: string[]) =>
  spawnSync(process.execPath, [main, 'authority-sim', ...args], { encoding: 'utf8', timeout: 60_000 });

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'authority-sim-cli-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

test('it runs until it is stopped, says where, and shuts down cleanly', async () => {
  const secretFile = join(dir, 'secret');
  writeFileSync(secretFile, 'only-in-this-file\n', { mode: 0o600 });
  const args = ['authority-sim', '--data', join(dir, 'data'), '--secret-file', secretFile, '--calm'];
  const child = spawn(process.execPath, [main, ...args]);
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const url = /http:\/\/127\.0\.0\.1:\d+/.exec(String(said))?.[0] ?? '';
  expect((await fetch(`${url}/sms`)).status).toBe(200);
  const messages = (secret: string) =>
    fetch(`${url}/plain/v1/messages?limit=1`, { headers: { authorization: `Bearer ${secret}` } });
  expect((await messages('only-in-this-file')).status).toBe(200);
  expect((await messages('guessed')).status).toBe(401);
  // What it keeps is nobody else's.
  expect(statSync(join(dir, 'data')).mode & 0o777).toBe(0o700);
  for (const file of readdirSync(join(dir, 'data'))) {
    expect([file, statSync(join(dir, 'data', file)).mode & 0o077]).toEqual([file, 0]);
  }
  // The one that holds the directory is told from the one that comes second.
  const second = run('--data', join(dir, 'data'));
  expect([second.status, second.stdout]).toEqual([1, '']);
  expect(second.stderr).toContain('in use by another process');
  const port = run('--port', new URL(url).port);
  expect(port.status).toBe(1);
  expect(port.stderr).toContain(`--port ${new URL(url).port}`);
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await gone).toEqual([0, null]);
});

test('a secret is taken from a file, never from the arguments', () => {
  expect(run('--secret', 'seen-by-everybody').status).toBe(2);
  const missing = run('--secret-file', join(dir, 'no-secret'));
  expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining('--secret-file')]);
});

test('bad records exit 1 with file and place', () => {
  const file = join(dir, 'records.yaml');
  writeFileSync(file, 'subjects: [{ number: 京ICP备2021000001号, kind: firm }]\n');
  const { status, stderr, stdout } = run('--records', file);
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toContain(`${file}:1: subjects[0].kind: `);
  writeFileSync(
    file,
    'subjects: [{ number: 京ICP备2021000001号, kind: enterprise, name: 甲, certificateType: x, certificateNumber: y, services: [{ number: 京ICP备2021000002号-1, name: 乙, domainName: example.cn }] }]\n',
  );
  expect(run('--records', file)).toMatchObject({ status: 1, stdout: '' });
  expect(run('--records', file).stderr).toContain(`${file}: subjects[0].services[0].number: `);
  expect(run('--records', join(dir, 'none.yaml')).stderr).toContain('ENOENT');
  writeFileSync(file, 'subjects: [');
  expect(run('--records', file)).toMatchObject({ status: 1, stdout: '' });
});

test.each([
  ['--port', '70000'],
  ['--seed', '-1'],
  ['--verdict-after', '10s'],
  ['--manual-clock', 'today'],
])('%s %s is wrong usage', (option, value) => {
  const { status, stderr, stdout } = run(option, value);
  expect([status, stdout]).toEqual([2, '']);
  expect(stderr).not.toBe('');
});

import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

let tree = '';
beforeEach(() => {
  tree = mkdtempSync(join(tmpdir(), 'openbeian-install-'));
  for (const folder of ['scripts', 'tests/support', 'node_modules/.bin']) {
    mkdirSync(join(tree, folder), { recursive: true });
  }
  cpSync(fileURLToPath(new URL('./ensure-installed.mjs', import.meta.url)), join(tree, 'scripts/ensure-installed.mjs'));
  writeFileSync(join(tree, 'node_modules/.bin/node'), '');
  // Stands in for npm: writes down how it was called.
  writeFileSync(join(tree, 'npm-cli.js'), `require('fs').writeFileSync('called', process.argv.slice(2).join(' '));`);
  write('tests/support/programs.json', {});
});
afterEach(() => rmSync(tree, { recursive: true }));

function write(path: string, content: unknown): void {
  writeFileSync(join(tree, path), JSON.stringify(content));
}

function lockAndInstalled(lock: Record<string, object>, installed: Record<string, object>): void {
  write('package-lock.json', { packages: { '': {}, 'packages/model': {}, ...lock } });
  write('node_modules/.package-lock.json', { packages: installed });
}

function run(args: string[] = [], environment: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(tree, 'scripts/ensure-installed.mjs'), ...args],
    {
      encoding: 'utf8',
      env: {
        PATH: '',
        npm_execpath: join(tree, 'npm-cli.js'),
        npm_node_execpath: process.execPath,
        OPENBEIAN_NO_APT: '1',
        ...environment,
      },
    },
  );
  const called = join(tree, 'called');
  return { status, output: stdout + stderr, npm: existsSync(called) ? readFileSync(called, 'utf8') : null };
}

const zod = { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-a' } };
const native = (os: string) => ({
  [`node_modules/native-${os}`]: { version: '1.0.0', integrity: 'sha512-n', optional: true, os: [os] },
});

test('what agrees with the lock file is left alone, silently', () => {
  lockAndInstalled({ ...zod, ...native('beos') }, zod);
  expect(run()).toEqual({ status: 0, output: '', npm: null });
});

test.each([
  ['another version', { 'node_modules/zod': { version: '3.9.0', integrity: 'sha512-b' } }],
  ['the same version with other content', { 'node_modules/zod': { version: '4.0.0', integrity: 'sha512-b' } }],
  ['a missing package', {}],
])('%s is installed again, without install scripts', (_, installed) => {
  lockAndInstalled(zod, installed);
  const { status, output, npm } = run();
  expect(status).toBe(0);
  expect(npm).toMatch(/^ci --ignore-scripts /);
  expect(output).toMatch(/^OpenBeian：node_modules\/zod 与 package-lock.json 不一致，.* differs .*\n$/);
});

test('a native package for this very platform that npm left out is fetched', () => {
  lockAndInstalled({ ...zod, ...native(process.platform) }, zod);
  expect(run().npm).toMatch(/^ci /);
});

test('an interrupted install is done again', () => {
  lockAndInstalled(zod, zod);
  rmSync(join(tree, 'node_modules/.package-lock.json'));
  expect(run().npm).toMatch(/^ci /);
});

test('programs that tests need: named loudly for a person, a failure with CI=true', () => {
  lockAndInstalled(zod, zod);
  const nowhere = (name: string) => ({
    package: name,
    path: `/nowhere/${name}`,
    zh: `${name} 测试`,
    en: `${name} tests`,
  });
  write('tests/support/programs.json', { nginx: nowhere('nginx'), chromium: nowhere('chromium') });
  expect(run().output).toBe('');
  const person = run(['--test']);
  expect(person.status).toBe(0);
  expect(person.output).toMatch(/缺少 nginx：nginx 测试不会运行。.*nginx tests will NOT run/);
  expect(person.output).toContain('sudo apt-get install -y --no-install-recommends nginx chromium');
  const ci = run(['--test'], { CI: 'true' });
  expect(ci.status).toBe(1);
  expect(ci.output).toContain('missing: nginx chromium');
});

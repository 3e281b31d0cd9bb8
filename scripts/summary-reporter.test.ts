import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(repository, 'node_modules', 'vitest', 'vitest.mjs');
const reporter = join(repository, 'scripts', 'summary-reporter.ts');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openbeian-summary-'));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(files: Record<string, string>, ci: string): { status: number | null; lines: string[] } {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), `import { test } from 'vitest';\n${text}`);
  }
  const { status, stdout } = spawnSync(process.execPath, [vitest, 'run', '--root', folder, '--reporter', reporter], {
    encoding: 'utf8',
    env: { ...process.env, CI: ci },
  });
  return { status, lines: stdout.trimEnd().split('\n') };
}

const passing = `test('holds', () => {});`;
const failing = `test('breaks', () => { throw new Error('broken'); });`;
const skipping = `test('waits', (ctx) => ctx.skip('nothing to drive'));`;

test('a green run ends with the plain count', () => {
  const { status, lines } = run({ 'a.test.ts': passing }, '');
  expect([status, lines.at(-1)]).toEqual([0, '1 passed, 0 failed']);
});

test('failed tests and files that do not load count as failed', () => {
  const { status, lines } = run({ 'a.test.ts': passing + failing, 'b.test.ts': `throw new Error('no file')` }, '');
  expect([status, lines.at(-1)]).toEqual([1, '1 passed, 2 failed']);
});

test('what failed is said again behind everything else, a line each', () => {
  const dying = `test('ends its process', () => { process.kill(process.pid, 'SIGKILL'); });`;
  const { lines } = run({ 'a.test.ts': failing + passing, 'b.test.ts': dying }, 'true');
  const end = lines.slice(-4);
  expect(end[0]).toMatch(/^✗ outside any test: .*Worker exited unexpectedly.*SIGKILL.*b\.test\.ts/);
  expect(end.slice(1)).toEqual([
    '✗ a.test.ts > breaks: broken',
    '!!! 没有运行 / did NOT run: b.test.ts > ends its process',
    '1 passed, 3 failed',
  ]);
});

test('a test that did not run is named with its reason, and fails a run with CI=true', () => {
  const person = run({ 'a.test.ts': passing + skipping }, '');
  expect([person.status, ...person.lines.slice(-2)]).toEqual([
    0,
    '!!! 没有运行 / did NOT run: a.test.ts > waits (nothing to drive)',
    '1 passed, 0 failed, 1 skipped',
  ]);
  const ci = run({ 'a.test.ts': passing + skipping }, 'true');
  expect([ci.status, ci.lines.at(-1)]).toEqual([1, '1 passed, 1 failed']);
});

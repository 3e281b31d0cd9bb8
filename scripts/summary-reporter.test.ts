import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

const repository = fileURLToPath(new URL('..', import.meta.url));
const vitest = join(repository, 'node_modules', 'vitest', 'vitest.mjs');
const reporter = join(repository, 'scripts', 'summary-reporter.ts');
const runTests = join(repository, 'scripts', 'run-tests.ts');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openbeian-summary-'));
  symlinkSync(join(repository, 'node_modules'), join(folder, 'node_modules'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(files: Record<string, string>, ci: string): { status: number | null; lines: string[] } {
  return runBy([vitest, 'run'], files, ci);
}

function runBy(program: readonly string[], files: Record<string, string>, ci: string) {
  for (const [name, text] of Object.entries(files)) {
    writeFileSync(join(folder, name), `import { test } from 'vitest';\n${text}`);
  }
  const { status, stdout } = spawnSync(process.execPath, [...program, `--root=${folder}`, `--reporter=${reporter}`], {
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

test('a file in whose process the runtime itself crashed is run once more, and said; any other end counts at once', () => {
  // A crash of V8 looks like this signal; the second process finds the mark and goes on.
  const crashing = (signal: string, mark: string) => `
    import { existsSync, writeFileSync } from 'node:fs';
    test('crashes once', () => {
      const mark = ${JSON.stringify(join(folder, mark))};
      if (existsSync(mark)) return;
      writeFileSync(mark, '');
      process.kill(process.pid, '${signal}');
      return new Promise(() => {});
    });`;
  const files = { 'a.test.ts': passing, 'b.test.ts': crashing('SIGTRAP', 'first') };
  const once = runBy([runTests], files, 'true');
  expect([once.status, once.lines.at(-1)]).toEqual([0, '2 passed, 0 failed']);
  expect(once.lines.join('\n')).toMatch(/the runtime itself crashed, run once more: .*b\.test\.ts/);
  const killed = runBy([runTests], { ...files, 'b.test.ts': crashing('SIGKILL', 'second') }, 'true');
  expect([killed.status, killed.lines.at(-1)]).toEqual([1, '1 passed, 2 failed']);
  const failsLater = { ...files, 'b.test.ts': `${crashing('SIGTRAP', 'third')}\n${failing}` };
  expect(runBy([runTests], failsLater, 'true').lines.at(-1)).toBe('2 passed, 1 failed');
});

import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ownCacheFolder } from './cache-folder.ts';

const root = mkdtempSync(join(tmpdir(), 'openbeian-cache-folder-'));
afterAll(() => rmSync(root, { recursive: true }));
const isPosix = process.platform !== 'win32';

test.runIf(isPosix)('a missing folder is made for its owner alone, the ones above it as usual', () => {
  const path = join(root, 'modules', '.cache', 'openbeian');
  expect(ownCacheFolder(path)).toBe(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(statSync(join(root, 'modules', '.cache')).mode & 0o777).toBe(0o777 & ~process.umask());
  expect(ownCacheFolder(path)).toBe(path);
});

test.runIf(isPosix)('a folder that group or others may write is left alone', () => {
  for (const [mode, isUsed] of [
    [0o755, true],
    [0o775, false],
    [0o757, false],
    [0o1777, false],
  ] as const) {
    const path = join(root, mode.toString(8));
    mkdirSync(path);
    chmodSync(path, mode);
    expect(ownCacheFolder(path), mode.toString(8)).toBe(isUsed ? path : null);
  }
});

// Only root can give a folder away.
test.runIf(process.geteuid?.() === 0)('a folder of somebody else is left alone', () => {
  const path = join(root, 'of-another');
  mkdirSync(path, { mode: 0o700 });
  chownSync(path, 12_345, 12_345);
  expect(ownCacheFolder(path)).toBeNull();
});

test('where no folder can be made there is none', () => {
  const file = join(root, 'file');
  writeFileSync(file, '');
  expect(ownCacheFolder(join(file, 'openbeian'))).toBeNull();
});

/** Where the program, as it is in a tree of its own, keeps compiled scripts. */
function compiledBy(tree: string): string {
  const source = join(tree, 'packages/cli/src');
  mkdirSync(source, { recursive: true });
  writeFileSync(join(tree, 'package.json'), '{"type":"module"}');
  for (const file of ['main.ts', 'cache-folder.ts']) copyFileSync(join(import.meta.dirname, file), join(source, file));
  writeFileSync(
    join(source, 'program.ts'),
    `import { getCompileCacheDir } from 'node:module'; console.log(getCompileCacheDir() ?? 'nowhere');`,
  );
  const { NODE_COMPILE_CACHE: _, ...env } = process.env;
  return spawnSync(process.execPath, [join(source, 'main.ts')], { encoding: 'utf8', env }).stdout;
}

test.runIf(isPosix)('compiled scripts are kept in that folder, and nowhere when others may write it', () => {
  const tree = mkdtempSync(join(root, 'tree-'));
  const folder = join(tree, 'node_modules/.cache/openbeian');
  expect(compiledBy(tree)).toContain(folder);
  chmodSync(folder, 0o777);
  expect(compiledBy(tree)).toBe('nowhere\n');
});

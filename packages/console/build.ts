import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));
/** Everything that the bundle is made of, from the repository's root. */
const sources = [
  'packages/console/index.html',
  'packages/console/package.json',
  'packages/console/vite.config.ts',
  'packages/console/public',
  'packages/console/src',
  'packages/contract/src',
  'packages/model/src',
  'package-lock.json',
];
/** A server that is still running may serve an older one. */
const keptBuilds = 3;

export interface BuildOptions {
  /** Told before a build begins, which takes some seconds. */
  readonly onBuild?: () => void;
}

/**
 * The folder of the built console; builds it first where there is none of the present sources. Several processes may
 * ask at once: each build appears whole or not at all.
 * @throws Error of the bundler, when the sources do not build
 */
export async function ensureConsoleBuilt(options: BuildOptions = {}): Promise<string> {
  const builds = join(here, 'dist');
  const folder = join(builds, hashOf(sources.flatMap((path) => filesIn(join(repository, path)))));
  if (existsSync(join(folder, 'index.html'))) return folder;
  options.onBuild?.();
  const unfinished = `${folder}.${process.pid}.tmp`;
  try {
    await bundle(unfinished);
    moveIntoPlace(unfinished, folder);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  removeOldBuilds(builds, folder);
  return folder;
}

/** Vite takes React's development build where NODE_ENV says anything else: the same sources must give the same bundle. */
async function bundle(folder: string): Promise<void> {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    const { build } = await import('vite');
    await build({
      root: here,
      configFile: join(here, 'vite.config.ts'),
      logLevel: 'error',
      build: { outDir: folder, emptyOutDir: true },
    });
  } finally {
    if (before === undefined) delete process.env.NODE_ENV;
    else process.env.NODE_ENV = before;
  }
}

function moveIntoPlace(unfinished: string, folder: string): void {
  try {
    renameSync(unfinished, folder);
  } catch (error) {
    // Another process was faster with the same sources.
    if (!existsSync(join(folder, 'index.html'))) throw error;
  }
}

function removeOldBuilds(builds: string, newest: string): void {
  const others = readdirSync(builds)
    .map((name) => join(builds, name))
    .filter((path) => path !== newest && !path.endsWith('.tmp') && statSync(path).isDirectory())
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  for (const path of others.slice(keptBuilds - 1)) rmSync(path, { recursive: true, force: true });
}

/** All files of a folder or the file itself, tests left out, in a fixed order. */
function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function hashOf(files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files) {
    const content = readFileSync(file);
    // The length parts one file from the next: moving bytes between files changes the hash.
    hash.update(`${file.slice(repository.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { BundleFailure } from './bundle.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const repository = fileURLToPath(new URL('../..', import.meta.url));
/** Everything that the bundle is made of, from the repository's root. */
const sources = [
  'packages/console/index.html',
  'packages/console/package.json',
  'packages/console/vite.config.ts',
  'packages/console/public',
  'packages/console/values-at-build.ts',
  'packages/console/bundle.ts',
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
 * @throws ConsoleNotBuilt where that is not possible here; Error of the bundler, when the sources do not build
 */
export async function ensureConsoleBuilt(options: BuildOptions = {}): Promise<string> {
  const builds = join(here, 'dist');
  const folder = join(builds, hashOf(sources.flatMap((path) => filesIn(join(repository, path)))));
  if (existsSync(join(folder, 'index.html'))) return folder;
  options.onBuild?.();
  const unfinished = `${folder}.${process.pid}.tmp`;
  try {
    // Before the work: a folder that may not be written shows at once.
    mkdirSync(unfinished, { recursive: true });
    await bundle(unfinished, basename(folder));
    compressFiles(unfinished);
    moveIntoPlace(unfinished, folder);
  } catch (error) {
    throw explained(error, builds);
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
  }
  removeOldBuilds(builds, folder);
  return folder;
}

/**
 * Bundles in a process of its own: the bundler's memory, half a gigabyte, and its threads would stay with the server.
 * @throws Error of the bundler, with its code
 */
async function bundle(folder: string, name: string): Promise<void> {
  const child = fork(join(here, 'bundle.ts'), [folder, name], { stdio: 'inherit', execArgv: [] });
  let failure: BundleFailure | null = null;
  child.on('message', (message) => {
    // Nothing but the one message of `bundle.ts` comes from it.
    failure = message as BundleFailure;
  });
  const [status] = await once(child, 'exit');
  if (status !== 0) throw Object.assign(new Error(`the bundler ended with ${status}`), failure);
}

const compressible = /\.(html|js|css|svg|json|txt)$/;
/** Below one packet nothing is gained. */
const leastBytes = 1400;

/** Writes a brotli and a gzip copy beside each file that is worth it: the server sends what the browser accepts. */
function compressFiles(folder: string): void {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
  for (const path of filesIn(folder).filter((one) => compressible.test(one))) {
    const content = readFileSync(path);
    if (content.length < leastBytes) continue;
    writeFileSync(`${path}.br`, brotliCompressSync(content, quality));
    writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }));
  }
}

/** Why the console cannot be built here; `zh` and `en` say what to do. */
export class ConsoleNotBuilt extends Error {
  readonly folder: string;
  readonly zh: string;
  readonly en: string;

  constructor(folder: string, { zh, en }: { readonly zh: string; readonly en: string }, cause: unknown) {
    super(en, { cause });
    this.folder = folder;
    this.zh = zh;
    this.en = en;
  }
}

const reasons = {
  notWritable: {
    zh: '应可写入，或由其所有者事先执行 `openbeian console build` 构建控制台',
    en: 'a folder that may be written, or a console that its owner built before by `openbeian console build`',
  },
  noBundler: {
    zh: '应已有构建好的控制台：请完整安装（npm ci），执行 `openbeian console build`，再执行 npm prune --omit=dev',
    en: 'a console that is built already: install everything (npm ci), run `openbeian console build`, then npm prune --omit=dev',
  },
};

/** The bundler and its CSS minifier (MPL-2.0) are development packages: an install for production only lacks them. */
function explained(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return new ConsoleNotBuilt(folder, reasons.notWritable, error);
  if (code === 'ERR_MODULE_NOT_FOUND') return new ConsoleNotBuilt(folder, reasons.noBundler, error);
  return error;
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

import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import programs from './programs.json' with { type: 'json' };

export type ProgramName =
  | 'postgres'
  | 'nginx'
  | 'nginxLua'
  | 'haproxy'
  | 'pgbouncer'
  | 'caddy'
  | 'chromium'
  | 'swiftProxy'
  | 'swiftAccount'
  | 'swiftContainer'
  | 'swiftObject';

const told = new Set<ProgramName>();

/**
 * The path of a program that a test drives: where Debian puts it, else on the PATH.
 * Where it is missing, a run with CI=true fails (throws); on a person's machine the answer is null with a loud line on
 * stderr, and the test skips itself.
 */
export function requireProgram(name: ProgramName): string | null {
  const { package: debianPackage, path, zh, en } = programs[name];
  const found = findByPattern(path) ?? findOnPath(name);
  if (found !== null) return found;
  if (process.env.CI === 'true') throw new Error(`${name} is missing; Debian's package is ${debianPackage}`);
  if (!told.has(name)) {
    told.add(name);
    process.stderr.write(
      `\n!!! 缺少 ${name}（Debian 软件包 ${debianPackage}）：${zh}没有运行。\n!!! ${name} is missing (Debian's package ${debianPackage}): the ${en} did NOT run.\n\n`,
    );
  }
  return null;
}

/** `*` matches one folder name; of several, the highest version is taken. */
function findByPattern(pattern: string): string | null {
  const [before = '', after] = pattern.split('*');
  if (after === undefined) return existsSync(pattern) ? pattern : null;
  const names = existsSync(before) ? readdirSync(before) : [];
  const newestFirst = names.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  return newestFirst.map((name) => before + name + after).find((path) => existsSync(path)) ?? null;
}

function findOnPath(name: string): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path)) ?? null;
}

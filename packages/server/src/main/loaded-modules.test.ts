import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Loaded {
  readonly modules: number;
  readonly packages: string[];
  /** Our own files, from the folder of packages on. */
  readonly files: string[];
}

/** What a file's imports load before anything is called. */
function loadedBy(file: string): Loaded {
  const program = `import { registerHooks } from 'node:module';
    const urls = [];
    registerHooks({ load(url, context, next) { urls.push(url); return next(url, context); } });
    await import(${JSON.stringify(join(import.meta.dirname, file))});
    process.stdout.write(JSON.stringify(urls), () => process.exit());`;
  const urls = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }),
  ) as string[];
  const named = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  const files = urls.flatMap((url) => /\/packages\/(.*\.ts)$/.exec(url)?.[1] ?? []);
  return { modules: urls.length, packages: [...new Set(named)], files };
}

// Each module is memory for as long as the process runs: 1,000 of them were 60 MB and half a second of the start.
const onlyWhenAsked = [
  '@electric-sql/pglite',
  '@fastify/static',
  '@simplewebauthn/server',
  '@zxcvbn-ts/language-common',
  'nodemailer',
  'openid-client',
  'pg',
  'vite',
];

test('a server loads what it needs without mail, passkeys, single sign-on, the other database and background work', () => {
  const { modules, packages, files } = loadedBy('server.ts');
  expect(packages).toContain('fastify');
  expect(packages.filter((name) => onlyWhenAsked.includes(name))).toEqual([]);
  expect(files).toContain('contract/src/operations/index.ts');
  expect(files.filter((name) => name.startsWith('server/src/work/') || name.includes('/sample/'))).toEqual([]);
  expect(modules).toBeLessThan(1900);
}, 60_000);

test('a worker loads neither the interface, its operations and measurements, nor what signs people in', () => {
  const { modules, packages, files } = loadedBy('worker.ts');
  expect(packages).toContain('kysely');
  const others = ['fastify', 'better-auth', 'prom-client', ...onlyWhenAsked];
  expect(packages.filter((name) => others.includes(name))).toEqual([]);
  expect(files).toContain('server/src/work/worker.ts');
  expect(files.filter((name) => name.startsWith('contract/src/operations/'))).toEqual([]);
  expect(files).not.toContain('server/src/flows/index.ts');
  expect(modules).toBeLessThan(1400);
}, 60_000);

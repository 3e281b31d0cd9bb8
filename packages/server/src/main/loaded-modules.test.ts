import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** The packages that a file's imports load before anything is called, and how many modules that is. */
function loadedBy(file: string): { readonly modules: number; readonly packages: string[] } {
  const program = `import { registerHooks } from 'node:module';
    const urls = [];
    registerHooks({ load(url, context, next) { urls.push(url); return next(url, context); } });
    await import(${JSON.stringify(join(import.meta.dirname, file))});
    console.log(JSON.stringify(urls));
    process.exit();`;
  const urls = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', program], { encoding: 'utf8' }),
  ) as string[];
  const named = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? []);
  return { modules: urls.length, packages: [...new Set(named)] };
}

// Each module is memory for as long as the process runs: 1,000 of them were 60 MB and half a second of the start.
const onlyWhenAsked = [
  '@electric-sql/pglite',
  '@simplewebauthn/server',
  '@zxcvbn-ts/language-common',
  'nodemailer',
  'openid-client',
  'pg',
  'vite',
];

test('a server loads what it needs without mail, passkeys, single sign-on and the other database', () => {
  const { modules, packages } = loadedBy('server.ts');
  expect(packages).toContain('fastify');
  expect(packages.filter((name) => onlyWhenAsked.includes(name))).toEqual([]);
  expect(modules).toBeLessThan(1900);
}, 60_000);

test('a worker loads neither the interface nor what signs people in', () => {
  const { modules, packages } = loadedBy('worker.ts');
  expect(packages).toContain('kysely');
  expect(packages.filter((name) => ['fastify', 'better-auth', ...onlyWhenAsked].includes(name))).toEqual([]);
  expect(modules).toBeLessThan(1400);
}, 60_000);

import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ensureConsoleBuilt } from './build.ts';
import { pageBytes } from './page-weight.ts';

test('the console is built once for its sources, whole even when two processes ask at once', async () => {
  const program = `
    const { ensureConsoleBuilt } = await import(${JSON.stringify(new URL('./build.ts', import.meta.url).href)});
    console.log(await ensureConsoleBuilt());`;
  const run = () => promisify(execFile)(process.execPath, ['--input-type=module', '-e', program]);
  const folders = (await Promise.all([run(), run()])).map(({ stdout }) => stdout.trim());
  expect(folders[1]).toBe(folders[0]);
  let builds = 0;
  expect(await ensureConsoleBuilt({ onBuild: () => (builds += 1) })).toBe(folders[0]);
  expect(builds).toBe(0);
}, 240_000);

test('the bundle asks for nothing from outside, and no part of it is out of proportion', async () => {
  const folder = await ensureConsoleBuilt();
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  // A strict content security policy holds: the page itself contains no script.
  expect(page).not.toMatch(/<script(?![^>]*\ssrc=)/);
  const all = readdirSync(join(folder, 'assets'));
  const files = all.filter((file) => !/\.(br|gz)$/.test(file));
  for (const file of files) {
    const content = readFileSync(join(folder, 'assets', file), 'utf8');
    if (file.endsWith('.css')) expect(content, file).not.toMatch(/@import|url\(/);
    expect(content, file).not.toMatch(/(fetch|import)\(\s*["'`]https?:/);
    expect(statSync(join(folder, 'assets', file)).size, file).toBeLessThan(500_000);
  }
  for (const file of files.filter((one) => statSync(join(folder, 'assets', one)).size > 2000)) {
    expect(all, file).toEqual(expect.arrayContaining([`${file}.br`, `${file}.gz`]));
  }
  // Pages are parts of their own: whoever signs in does not wait for the inventory's YAML reader.
  expect(files.filter((file) => file.includes('-page-')).length).toBeGreaterThan(12);
}, 240_000);

/** What comes with every page of signed-in people. */
const frame = ['src/app/themed.tsx', 'src/app/signed-in.tsx'];

test.each([
  // Issue 16: 120 KB until one can sign in, 250 KB until the first page of a role is there.
  ['sign in', 120_000, ['src/features/session/sign-in-page.tsx']],
  ['customer: overview', 250_000, [...frame, 'src/features/overview/overview-page.tsx']],
  ['reviewer: queue', 250_000, [...frame, 'src/features/review/queue-page.tsx']],
  ['operator: filings', 250_000, [...frame, 'src/features/filing/filings-page.tsx']],
  // Its filters keep the library's own list; what draws the plots (160 KB) comes with the first of them.
  ['statistics', 275_000, [...frame, 'src/features/statistics/statistics-page.tsx']],
  // Its search among people keeps the library's own list.
  ['auditor: audit', 260_000, [...frame, 'src/features/audit/audit-page.tsx']],
])(
  '%s loads at most %i bytes of JavaScript',
  async (_, most, sources) => {
    expect(pageBytes(await ensureConsoleBuilt(), sources)).toBeLessThanOrEqual(most);
  },
  60_000,
);

test('the shapes of the API stay with the server: no page loads them', async () => {
  const folder = await ensureConsoleBuilt();
  const scripts = readdirSync(join(folder, 'assets')).filter((file) => file.endsWith('.js'));
  const table = scripts.filter((file) =>
    readFileSync(join(folder, 'assets', file), 'utf8').includes('/filings/{filingId}/form'),
  );
  expect(table).toHaveLength(1);
  expect(readFileSync(join(folder, 'assets', table[0] ?? ''), 'utf8')).not.toContain('ZodObject');
}, 240_000);

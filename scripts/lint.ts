// `npm run lint`: everything about the sources that can be said in seconds without running them.
// `npm run lint -- --shrink` takes off scripts/not-yet.ts what no longer breaks a rule.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { findBadLua } from './checks/find-bad-lua.ts';
import { findBadMarkdown } from './checks/find-bad-markdown.ts';
import { findBadSql } from './checks/find-bad-sql.ts';
import { findBadTitles } from './checks/find-bad-titles.ts';
import { findBadYaml } from './checks/find-bad-yaml.ts';
import { findForbiddenImports } from './checks/find-forbidden-imports.ts';
import { findForeignLicences } from './checks/find-foreign-licences.ts';
import { findLockingSql } from './checks/find-locking-sql.ts';
import { findLongFiles } from './checks/find-long-files.ts';
import { findLostPaths } from './checks/find-lost-paths.ts';
import { findMachineTraces } from './checks/find-machine-traces.ts';
import { findOddWords } from './checks/find-odd-words.ts';
import { listFiles } from './checks/list-files.ts';
import { readSources } from './checks/sources.ts';
import { exportsForTests } from './exports-for-tests.ts';
import { notYet } from './not-yet.ts';
import { evaluateByList, shrunk, writeNotYet } from './not-yet-list.ts';
import { rules } from './rules.ts';

const tools = fileURLToPath(new URL('../node_modules/.bin/', import.meta.url));
const own = fileURLToPath(new URL('..', import.meta.url));

/** Answers what is wrong, in lines for people; empty when nothing is. */
type Check = () => Promise<string | readonly string[]> | string | readonly string[];

const root = process.cwd();
const files = listFiles(root);
// Other programs first: they run beside what follows.
const programs: Readonly<Record<string, Check>> = {
  types: () =>
    runTool('tsc', [
      '--project',
      '.',
      '--pretty',
      'false',
      '--incremental',
      '--tsBuildInfoFile',
      'node_modules/.tsinfo',
    ]),
  lint: () => runTool('oxlint', ['--type-aware', '--deny-warnings', '--format', 'unix']),
  format: () => runTool('biome', ['check', '--colors=off', '--max-diagnostics=20', '.']),
  'dead code': () => runTool('knip', ['--no-progress', '--no-config-hints']),
};
const startedPrograms = start(programs);

const sources = readSources(root, files);
// The lists are this repository's own, not those of a tree that a test made.
const isOurs = root === own.replace(/[\\/]$/, '');
const list = isOurs ? notYet : {};
const found = new Map(Object.entries(rules(files, sources, root, isOurs ? exportsForTests : {})));
found.set('sql', await findBadSql(root, files));
found.set('locks', await findLockingSql(root, files));
found.set('file length', findLongFiles(root, files));
found.set('wording', findOddWords(root, files));
if (process.argv.includes('--shrink')) writeNotYet(root, shrunk(list, found));

const checks: Readonly<Record<string, Check>> = {
  'import law': () => findForbiddenImports(root, files, sources),
  ...Object.fromEntries(
    [...found].map(([rule, violations]) => [rule, () => evaluateByList(rule, violations, list[rule] ?? [])]),
  ),
  lua: () => findBadLua(root, files),
  yaml: () => findBadYaml(root, files),
  markdown: () => findBadMarkdown(root, files),
  'lost paths': () => findLostPaths(root, files, sources.all),
  'machine traces': () => findMachineTraces(root, files),
  titles: () => findBadTitles(root),
  licences: () => findForeignLicences(root),
};

const results = await Promise.all([...start(checks), ...startedPrograms]);
const failed = results.filter(({ complaint }) => complaint !== '');
for (const { name, complaint } of failed) console.log(`\n✗ ${name}\n${complaint.replace(/^/gm, '  ')}`);
if (failed.length > 0) process.exitCode = 1;

function start(those: Readonly<Record<string, Check>>): Promise<{ name: string; complaint: string }>[] {
  return Object.entries(those).map(async ([name, check]) => {
    const startedMs = performance.now();
    const said = await Promise.resolve(check()).catch((error: unknown) => String(error));
    const complaint = typeof said === 'string' ? said : said.join('\n');
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    console.log(`${complaint === '' ? '✓' : '✗'} ${name.padEnd(18)} ${seconds} s`);
    return { name, complaint };
  });
}

async function runTool(tool: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(tools, tool), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [out, error, status] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  if (status === 0) return '';
  return `${out}${error}`.trim() || `${tool} ended with status ${status} and said nothing`;
}

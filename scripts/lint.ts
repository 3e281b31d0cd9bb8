// `npm run lint`: everything about the sources that can be said in seconds without running them.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { findForbiddenImports } from './find-forbidden-imports.ts';
import { findForeignLicences } from './find-foreign-licences.ts';
import { findLongFiles } from './find-long-files.ts';
import { findMachineTraces } from './find-machine-traces.ts';
import { listFiles } from './list-files.ts';

const tools = fileURLToPath(new URL('../node_modules/.bin/', import.meta.url));

/** Answers what is wrong, in lines for people; empty when nothing is. */
type Check = (root: string, files: readonly string[]) => Promise<string> | string;

const checks: Readonly<Record<string, Check>> = {
  types: (root) => runTool(root, 'tsc', ['--project', '.', '--pretty', 'false']),
  lint: (root) => runTool(root, 'oxlint', ['--type-aware', '--deny-warnings', '--format', 'unix']),
  format: (root) => runTool(root, 'biome', ['check', '--colors=off', '--max-diagnostics=20', '.']),
  'import law': (root, files) => findForbiddenImports(root, files).join('\n'),
  'dead code': (root) => runTool(root, 'knip', ['--no-progress', '--no-config-hints']),
  'file length': (root, files) => findLongFiles(root, files).join('\n'),
  'machine traces': (root, files) => findMachineTraces(root, files).join('\n'),
  licences: (root) => findForeignLicences(root).join('\n'),
};

async function runTool(root: string, tool: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, [join(tools, tool), ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const exit = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  const [out, error, status] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
  if (status === 0) return '';
  return `${out}${error}`.trim() || `${tool} ended with status ${status} and said nothing`;
}

const root = process.cwd();
const files = listFiles(root);
const results = Object.entries(checks).map(async ([name, check]) => {
  const startedMs = performance.now();
  const complaint = await Promise.resolve(check(root, files)).catch((error: unknown) => String(error));
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  console.log(`${complaint === '' ? '✓' : '✗'} ${name.padEnd(16)} ${seconds} s`);
  return { name, complaint };
});
const failed = (await Promise.all(results)).filter(({ complaint }) => complaint !== '');
for (const { name, complaint } of failed) console.log(`\n✗ ${name}\n${complaint.replace(/^/gm, '  ')}`);
if (failed.length > 0) process.exitCode = 1;

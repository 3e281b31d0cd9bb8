import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RunSummary, summaryFileVariable, summaryLine } from './summary-reporter.ts';

/*
 * Runs the tests, and those files a second time in whose process the runtime itself failed a check of its own. Node 24's
 * registry of compiled pages is not safe where threads come and go (nodejs/node#64500, open): about one start of a gate in
 * a thousand ends its process with SIGTRAP or SIGSEGV, whatever a test does. Everything else counts as it came: assertions,
 * exit codes, other signals, and a file that fails a second time.
 */
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'openbeian-tests-'));

function run(args: readonly string[]): { readonly status: number; readonly summary: RunSummary | null } {
  const file = join(folder, 'summary.json');
  rmSync(file, { force: true });
  const { status } = spawnSync(process.execPath, [vitest, 'run', ...args], {
    stdio: 'inherit',
    env: { ...process.env, [summaryFileVariable]: file },
  });
  // Written by our own reporter in the run just ended.
  const summary = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunSummary) : null;
  return { status: status ?? 1, summary };
}

const args = process.argv.slice(2);
const first = run(args);
process.exitCode = first.status;
if (first.summary !== null && first.summary.runtimeCrashes.length > 0) {
  const { runtimeCrashes: files, others } = first.summary;
  process.stdout.write(
    `\n!!! 运行时自身崩溃，再运行一次 / the runtime itself crashed, run once more: ${files.join(', ')}\n`,
  );
  // Values of options are written with `=`: what has no dash is a filter of files.
  const options = args.filter((arg) => arg.startsWith('-'));
  const second = run([...options, ...files]);
  if (second.summary !== null) {
    const { all } = second.summary;
    const total = {
      passed: others.passed + all.passed,
      failed: others.failed + all.failed,
      skipped: others.skipped + all.skipped,
    };
    process.exitCode = total.failed > 0 || second.status !== 0 ? 1 : 0;
    process.stdout.write(`\n${summaryLine(total)}\n`);
  }
}
rmSync(folder, { recursive: true, force: true });

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSnapshot } from './build-snapshot.ts';

/*
 * npm run bench:gate: everything that bench/gate measures, one after another. Argument: the larger number of names
 * (10,000,000 unless given); with it as 1,000,000 the run is short.
 */
const most = Number(process.argv[2] ?? 10_000_000);
const said = (text: string) => process.stdout.write(`${text}\n`);
const load = () => `load average ${(loadavg()[0] ?? 0).toFixed(1)}`;
const here = (script: string) => fileURLToPath(new URL(script, import.meta.url));
/** Large tables in large pages, as the gate is run (packages/gate/proxies/README.md). */
const env = { ...process.env, GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1', BENCH_PAGES: 'large pages' };

function run(script: string, args: readonly string[], around: NodeJS.ProcessEnv = env): void {
  const options = ['--expose-gc', '--max-old-space-size=8000', here(script), ...args];
  const { status } = spawnSync(process.execPath, options, { stdio: 'inherit', env: around });
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
}

const folder = mkdtempSync(join(tmpdir(), 'bench-gate-'));
try {
  said(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${load()} at the start\n`);
  for (const count of new Set([1_000_000, most])) {
    const file = join(folder, `${count}.snapshot`);
    const { rowsMs, writeMs } = await buildSnapshot(file, count);
    said(
      `${count.toLocaleString('en-US')} names: rows taken in ${Math.round(rowsMs)} ms, file written in ${Math.round(writeMs)} ms`,
    );
    run('decisions.ts', [`${count}`, file]);
    run('decisions.ts', [`${count}`, file], process.env);
    said('');
  }
  for (const script of ['start.ts', 'changes.ts', 'direct.ts', 'http.ts'])
    run(script, [`${most}`, join(folder, `${most}.snapshot`)]);
  said(`\n${load()} at the end`);
} finally {
  rmSync(folder, { recursive: true });
}

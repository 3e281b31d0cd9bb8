import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPolicies, providersDirectory } from '@openbeian/policies';
import { at, dataSet } from './data-set.ts';

/*
 * npm run bench:eligibility:lines. `openbeian check --ndjson` from file to file, at a tenth of the fleet and at all of it:
 * the time of the whole command, and the most memory that it ever held.
 */
const count = Number(process.argv[2] ?? 1_000_000);
const part = 50_000;
const policies = loadPolicies([providersDirectory]);
const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const tellUsage = 'data:text/javascript,process.on("exit",()=>console.error(JSON.stringify(process.resourceUsage())))';
const folder = mkdtempSync(join(tmpdir(), 'openbeian-bench-'));
try {
  console.log(
    '| resources | in | out | time | of it CPU | resources/s | most memory |\n|---:|---:|---:|---:|---:|---:|---:|',
  );
  for (const resources of [Math.ceil(count / 10), count]) {
    const fleet = join(folder, 'fleet.ndjson');
    const results = join(folder, 'results.ndjson');
    writeFleet(fleet, resources);
    const started = performance.now();
    const args = ['--import', tellUsage, main, 'check', fleet, '--ndjson', '--at', at, '--output', results];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const seconds = (performance.now() - started) / 1000;
    if (status !== 0) throw new Error(stderr);
    const { maxRSS, userCPUTime, systemCPUTime } = JSON.parse(stderr) as NodeJS.ResourceUsage;
    const memoryMiB = Math.round(maxRSS / 1024);
    const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
    const megabytes = (file: string) => `${Math.round(statSync(file).size / 1e6)} MB`;
    const rate = Math.round(resources / seconds).toLocaleString('en-US');
    console.log(
      `| ${resources.toLocaleString('en-US')} | ${megabytes(fleet)} | ${megabytes(results)} | ${seconds.toFixed(1)} s | ${cpuSeconds.toFixed(1)} s | ${rate} | ${memoryMiB} MiB |`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The bench's fleet again and again from other seeds, under other ids; its accounts once. */
function writeFleet(file: string, resources: number): void {
  const fd = openSync(file, 'w');
  for (let from = 0; from < resources; from += part) {
    const fleet = dataSet(policies, Math.min(part, resources - from), from + 1);
    const named = (id: string) => id.replace('res-', `res-${from}-`);
    const lines = fleet.resources.map(({ id, boundTo, ...facts }) =>
      JSON.stringify({ id: named(id), ...facts, ...(boundTo === undefined ? {} : { boundTo: named(boundTo) }) }),
    );
    if (from === 0) lines.unshift(JSON.stringify({ accounts: fleet.accounts }));
    writeSync(fd, `${lines.join('\n')}\n`);
  }
  closeSync(fd);
}

import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadPolicies, providersDirectory } from '@openbeian/policies';
import { at, dataSet } from './data-set.ts';

/*
 * npm run bench:eligibility:lines [RESOURCES] [-- --ten-million]. `openbeian check --ndjson` from file to file, at a tenth of the
 * fleet and at all of it (1,000,000 without a number), and with the flag at 10,000,000: the time of the whole command, the most
 * memory that it ever held, and in the same run the limit, which is `JSON.parse` and `JSON.stringify` of the same lines.
 */
const given = process.argv.slice(2);
const count = Number(given.find((it) => !it.startsWith('--')) ?? 1_000_000);
const sizes = [Math.ceil(count / 10), count, ...(given.includes('--ten-million') ? [10_000_000] : [])];
const part = 50_000;
const policies = loadPolicies([providersDirectory]);
const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const limit = fileURLToPath(new URL('parse-stringify.ts', import.meta.url));
const tellUsage = 'data:text/javascript,process.on("exit",()=>console.error(JSON.stringify(process.resourceUsage())))';
const folder = mkdtempSync(join(tmpdir(), 'openbeian-bench-'));
const fleet = join(folder, 'fleet.ndjson');
const results = join(folder, 'results.ndjson');

interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

const inMegabytes = (file: string) => `${Math.round(statSync(file).size / 1e6).toLocaleString('en-US')} MB`;
try {
  for (const resources of sizes) {
    writeFleet(fleet, resources);
    const { memoryMiB, ...checked } = check();
    const one = parseAndStringify(1);
    const two = parseAndStringify(2);
    const times = `in ${inMegabytes(fleet)}, out ${inMegabytes(results)}, most memory ${memoryMiB} MiB`;
    console.log(`\n${resources.toLocaleString('en-US')} resources: ${times}\n`);
    console.log('| | time | CPU | lines/s | CPU a line | to the limit, by CPU |\n|---|---:|---:|---:|---:|---:|');
    for (const [name, measured] of [
      ['check --ndjson', checked],
      ['parse + stringify, one thread', one],
      ['parse + stringify, two threads', two],
    ] as const) {
      console.log(`| ${name} | ${rowOf(measured, resources)} | ${(one.cpuSeconds / measured.cpuSeconds).toFixed(2)} |`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function rowOf({ seconds, cpuSeconds }: Measured, resources: number): string {
  const rate = Math.round(resources / seconds).toLocaleString('en-US');
  const each = ((cpuSeconds / resources) * 1e6).toFixed(1);
  return `${seconds.toFixed(1)} s | ${cpuSeconds.toFixed(1)} s | ${rate} | ${each} µs`;
}

function check(): Measured & { readonly memoryMiB: number } {
  const started = performance.now();
  const args = ['--import', tellUsage, main, 'check', fleet, '--ndjson', '--at', at, '--output', results];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(stderr);
  const usage: Pick<NodeJS.ResourceUsage, 'maxRSS' | 'userCPUTime' | 'systemCPUTime'> = JSON.parse(stderr);
  const cpuSeconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
  return { seconds, cpuSeconds, memoryMiB: Math.round(usage.maxRSS / 1024) };
}

function parseAndStringify(threads: number): Measured {
  const { status, stdout, stderr } = spawnSync(process.execPath, [limit, fleet, String(threads)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
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

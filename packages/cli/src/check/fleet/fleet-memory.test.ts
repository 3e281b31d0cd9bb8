import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'fleet-memory-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
const usage = 'data:text/javascript,process.on("exit",()=>console.error(process.resourceUsage().maxRSS))';

/** A twentieth are load balancers, with as many servers behind them, and as many are environments. */
function lineOf(index: number): string {
  const rest = `"account":"a-${index % 2000}","region":"ap-guangzhou","billing":"prepaid","boughtAt":"2026-06-01",`;
  const dates = `${rest}"expiresAt":"2027-06-01","publicIps":[{"kind":"instance"}],"used":{"codes":1,"sites":1}`;
  const id = `{"id":"ins-${index}","provider":"tencent","product":`;
  if (index % 20 === 0) return `${id}"clb",${dates},"boundTo":"ins-${index + 1}"}\n`;
  if (index % 20 === 2) return `${id}"cloudbase_run",${dates},"environment":{"id":"environment-${index}"}}\n`;
  return `${id}"cvm",${dates}}\n`;
}

/** The most memory, in MiB, that the command held for a fleet of so many. */
function memoryFor(resources: number): number {
  const file = join(folder, `fleet-${resources}.ndjson`);
  const fd = openSync(file, 'w');
  for (let from = 0; from < resources; from += 10_000) {
    writeSync(fd, Array.from({ length: 10_000 }, (_, index) => lineOf(from + index)).join(''));
  }
  closeSync(fd);
  const output = join(folder, 'results.ndjson');
  const args = ['--import', usage, main, 'check', file, '--ndjson', '--at', '2026-11-21', '--output', output];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect([status, statSync(output).size > resources * 300]).toEqual([0, true]);
  return Math.round(Number(stderr) / 1024);
}

test('five times the fleet takes next to no more memory', { timeout: 120_000 }, () => {
  const small = memoryFor(80_000);
  const large = memoryFor(400_000);
  // With 480,000 it was 31; with objects for what is remembered, in each thread, 94.
  expect(large - small).toBeLessThan(48);
});

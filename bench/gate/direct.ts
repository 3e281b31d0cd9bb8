import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { whole } from '../shared/figures.ts';
import { childrenOf, memoryMb, usedMs } from '../shared/processes.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { askedHosts, nameOf } from './names.ts';
import { startProgram } from './start-program.ts';
import { compare, type Way } from './ways.ts';

/*
 * The gate asked directly, without a proxy between, in one thread and in two, beside a bare node:http server that says 204; then what
 * it takes while nobody asks. Arguments: how many names, their snapshot. The machine's processors are shared with wrk.
 */
const count = Number(process.argv[2]);
const snapshot = process.argv[3] ?? '';
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const folder = mkdtempSync(join(dirname(snapshot), 'bench-gate-direct-'));
const said = (text: string) => process.stdout.write(`${text}\n`);
const ending: (() => unknown)[] = [];
const launcher = fileURLToPath(new URL('../../packages/cli/bin/openbeian.mjs', import.meta.url));

async function startServer(script: string, ...args: string[]): Promise<{ url: string; pid: number }> {
  const { url, pid, end } = await startProgram(script, ...args);
  ending.push(end);
  return { url: `${url}/auth`, pid };
}

/** A gate with a name of its own for the file, beside which it writes. */
function startOwnGate(threads: number): Promise<{ url: string; pid: number }> {
  const own = join(folder, `gate-${threads}.snapshot`);
  linkSync(snapshot, own);
  return startServer('gate-server.ts', own, '-', `${threads}`);
}

try {
  const hosts = askedHosts(count, 100_000).filter((_, place) => place % 3 !== 2);
  const bare = await startServer('bare-server.ts');
  const [one, two] = [await startOwnGate(1), await startOwnGate(2)];
  for (const { url } of [one, two]) {
    for (const [host, reason] of [
      [nameOf(count - 1), 'filed_here'],
      [`www.${nameOf(count + 1)}`, 'unfiled'],
    ] as const) {
      const found = (await fetch(url, { headers: { 'x-original-host': host } })).headers.get('x-openbeian-reason');
      if (found !== reason) throw new Error(`${host}: ${found}, not ${reason}`);
    }
  }
  const way = (name: string, { url, pid }: { url: string; pid: number }): Way => {
    return { name, url, header: 'X-Original-Host', hosts, processes: () => [[pid]] };
  };
  const [toBare, toOne, toTwo] = [
    way('bare node:http 204', bare),
    way('the gate, one thread', one),
    way('the gate, two threads', two),
  ];
  const ways = [toBare, toOne, toTwo];
  const { middle, ratio } = await compare(ways, { folder, connections: 64, seconds, rounds: 7 });
  said(
    '| asked directly, 64 connections | requests/s, median of 7 | p99 ms | processor µs a request |\n|---|---:|---:|---:|',
  );
  for (const each of ways) {
    const cells = [
      whole(middle(each, (at) => at.perSecond)),
      middle(each, (at) => at.p99Ms).toFixed(1),
      middle(each, (at) => at.costUs[0] ?? 0).toFixed(1),
    ];
    said(`| ${each.name} | ${cells.join(' | ')} |`);
  }
  said(`one thread / bare server: ${ratio(toOne, toBare)}; two threads / one: ${ratio(toTwo, toOne)}`);
  await atRest();
} finally {
  for (const end of ending) end();
  rmSync(folder, { recursive: true });
}

/** What `openbeian gate run` takes that nobody asks, beside its table (of 1,000 names here); at its second start, with what Node kept of the first. */
async function atRest(): Promise<void> {
  const snapshotFile = join(folder, 'small.snapshot');
  await buildSnapshot(snapshotFile, 1000);
  const config = join(folder, 'gate.json');
  const around = { controlUrl: 'http://127.0.0.1:9', token: 'token-of-a-gate', snapshotFile };
  writeFileSync(config, JSON.stringify({ listen: { path: join(folder, 'rest.sock') }, ...around }));
  for (const start of [1, 2]) {
    const launched = spawn(process.execPath, [launcher, 'gate', 'run', '--config', config], { stdio: 'ignore' });
    ending.push(() => launched.kill('SIGTERM'));
    await sleep(15_000);
    const pids = tree(launched.pid ?? 0);
    const before = usedMs(pids);
    await sleep(start === 1 ? 0 : 20_000);
    const megabytes = (name: string) => pids.reduce((sum, pid) => sum + memoryMb(pid, 'smaps_rollup', name), 0);
    if (start === 2) {
      said(
        `at rest: ${whole(megabytes('Pss_Anon'))} MB of its own memory (aim 80), ${whole(megabytes('Rss'))} MB with the program's files, ` +
          `${((usedMs(pids) - before) / 200).toFixed(2)} % of a processor (aim 1)`,
      );
    }
    launched.kill('SIGTERM');
    await once(launched, 'exit');
  }
}

/** A process and those that it started. */
function tree(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(tree)];
}

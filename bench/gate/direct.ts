import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildSnapshot } from './build-snapshot.ts';
import { askedHosts, nameOf } from './names.ts';
import { compare, usedMs, type Way } from './ways.ts';

/*
 * The gate asked directly, without a proxy between, in one thread and in two, beside a bare node:http server that says 204; then what
 * it takes while nobody asks. Arguments: how many names, their snapshot. The machine's processors are shared with wrk.
 */
const count = Number(process.argv[2]);
const snapshot = process.argv[3] ?? '';
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const folder = mkdtempSync(join(dirname(snapshot), 'bench-gate-direct-'));
const said = (text: string) => process.stdout.write(`${text}\n`);
const whole = (value: number) => Math.round(value).toLocaleString('en-US');
const children: ChildProcess[] = [];
const launcher = fileURLToPath(new URL('../../packages/cli/bin/openbeian.mjs', import.meta.url));

async function startProgram(script: string, ...args: string[]): Promise<{ url: string; pid: number }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${Number(line)}/auth`, pid: child.pid ?? 0 };
}

/** A gate with a name of its own for the file, beside which it writes. */
function startOwnGate(threads: number): Promise<{ url: string; pid: number }> {
  const own = join(folder, `gate-${threads}.snapshot`);
  linkSync(snapshot, own);
  return startProgram('gate-server.ts', own, '-', `${threads}`);
}

try {
  const hosts = askedHosts(count, 100_000).filter((_, place) => place % 3 !== 2);
  const bare = await startProgram('bare-server.ts');
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
  for (const child of children) child.kill('SIGTERM');
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
    children.push(launched);
    await sleep(15_000);
    const pids = tree(launched.pid ?? 0);
    const before = usedMs(pids);
    await sleep(start === 1 ? 0 : 20_000);
    const megabytes = (name: string) =>
      pids.reduce((sum, pid) => {
        const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
        return sum + Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1]) / 1024;
      }, 0);
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
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  return [pid, ...children.flatMap((child) => tree(Number(child)))];
}

import { spawnSync } from 'node:child_process';
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { evaluateHost, type NameTable } from '@openbeian/model/gate';
import { openSnapshotFile } from '../../packages/gate/src/testing/snapshot-files.ts';
import { readerConfig, startReader } from '../../tests/proxies/nginx-lua-program.ts';
import { type NginxPlace, startNginx } from '../../tests/proxies/nginx-program.ts';
import { freePort, shipped } from '../../tests/proxies/run-program.ts';
import { whole } from '../shared/figures.ts';
import { childrenOf, memoryMb } from '../shared/processes.ts';
import { askedHosts, nameOf } from './names.ts';
import { type StartedProgram, startProgram } from './start-program.ts';
import { compare, type Way } from './ways.ts';
import { wrk } from './wrk.ts';

/*
 * Requests a second through nginx (one worker): without a check, with the reader in Lua, with a compiled map, with auth_request to
 * the gate and to a bare node:http server, over TCP and over Unix sockets. Every row answers with the same small file. Arguments: how many
 * names, their snapshot, how many names the map has.
 */
const nginx = '/usr/sbin/nginx';
const count = Number(process.argv[2]);
const snapshot = process.argv[3] ?? '';
const mapCount = Number(process.argv[4] ?? 1_000_000);
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const rounds = 9;
const connections = 64;
const folder = mkdtempSync(join(tmpdir(), 'bench-gate-http-'));
const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const said = (text: string) => process.stdout.write(`${text}\n`);
const closing: (() => unknown)[] = [];

/** A site's answer in the place of the backend: what a check costs is seen best where the rest costs little. */
const staticSite = (config: string) =>
  config.replaceAll('proxy_pass http://site;', `root ${folder}; try_files /page.html =404;`);

async function startServer(script: string, ...args: string[]): Promise<StartedProgram> {
  const server = await startProgram(script, ...args);
  closing.push(server.end);
  return server;
}

/** Status of one request of its own connection; 0 where there is no answer. */
function statusOf(port: number, host: string, path = '/', header = 'host'): Promise<number> {
  return new Promise((resolve) => {
    const asked = request({ port, host: '127.0.0.1', path, agent: false, headers: { [header]: host } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    asked.on('error', () => resolve(0));
    asked.end();
  });
}

async function timeToAnswer(port: number, host: string, expected: number, ...more: string[]): Promise<void> {
  const deadline = performance.now() + 30_000;
  while ((await statusOf(port, host, ...more)) !== expected) {
    if (performance.now() > deadline) throw new Error('no answer');
    await sleep(2);
  }
}

/** Proportional share of the memory of these processes, in MB, of all they have and of mapped files alone. */
function memoryOf(pids: readonly number[]): { readonly all: number; readonly files: number } {
  const sum = (name: string) => pids.reduce((total, pid) => total + memoryMb(pid, 'smaps_rollup', name), 0);
  return { all: sum('Pss'), files: sum('Pss_File') };
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** A snapshot's records in the file that `openbeian gate map` reads. */
function compileMap(): string {
  const [records, map] = [join(folder, 'records.json'), join(folder, 'openbeian.map')];
  const rows = Array.from({ length: mapCount }, (_, number) => ({
    name: nameOf(number),
    number: 'x',
    accesses: ['xingyun'],
  }));
  writeFileSync(records, JSON.stringify({ provider: 'xingyun', records: rows }));
  const args = [
    '--max-old-space-size=6000',
    main,
    'gate',
    'map',
    '--records',
    records,
    '--format',
    'nginx',
    '--out',
    map,
  ];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`gate map: ${stderr}`);
  return map;
}

const ways: Way[] = [];

/** What an nginx is asked, and by what its answers are right. */
interface Asked {
  /** So many are on file. */
  readonly names: number;
  /** Null where nothing is refused or the map has other names: its answers are not compared. */
  readonly table?: NameTable | null;
  /** Process that nginx asks for each request. */
  readonly asks?: number | null;
}

/** Starts an nginx of one worker, says how long it took to answer, and checks its answers against the core's. */
async function addWay(
  name: string,
  start: (place: NginxPlace) => ReturnType<typeof startNginx>,
  { names, table = null, asks = null }: Asked,
): Promise<Way> {
  const own = join(folder, `way-${ways.length}`);
  mkdirSync(own);
  const port = await freePort();
  const begunMs = performance.now();
  const running = await start({ nginx, folder: own, port });
  closing.push(() => running.stop());
  await timeToAnswer(port, nameOf(0), 200);
  said(`${name}: first answer after ${whole(performance.now() - begunMs)} ms`);
  const asked = askedHosts(names, 30_000);
  if (table !== null) {
    for (const host of asked.slice(0, 600)) {
      const expected = evaluateHost(host, table, { outsideMainland: false, day: 20_778 }) === 'filed_here' ? 200 : 403;
      const status = await statusOf(port, host);
      if (status !== expected) throw new Error(`${name}: ${host} ${status}, not ${expected}`);
    }
  }
  // Served ones: a refusal is a page from elsewhere, or none at all.
  const way = {
    name,
    hosts: asked.filter((_, place) => place % 3 !== 2),
    url: `http://127.0.0.1:${port}/`,
    header: 'Host',
    processes: () => [childrenOf(running.pid), asks === null ? [] : [asks]],
  };
  ways.push(way);
  return way;
}

try {
  writeFileSync(join(folder, 'page.html'), 'x'.repeat(1024));
  const table = await openSnapshotFile(snapshot);
  const map = compileMap();
  const keep = 'keepalive_requests 100000000;';
  const authRequest = (gate: string) => (place: NginxPlace) =>
    startNginx(
      place,
      `${keep} ${staticSite(
        shipped('nginx/auth-request.conf', {
          GATE_ADDRESS: gate,
          LISTEN: `127.0.0.1:${place.port}`,
          UPSTREAM: 'http://site',
        }),
      ).replace('keepalive 32;', 'keepalive 64; keepalive_requests 100000000;')}`,
      { workers: 1 },
    );

  const gateBegunMs = performance.now();
  const gate = await startServer('gate-server.ts', snapshot);
  await timeToAnswer(gate.port, nameOf(0), 204, '/auth', 'x-original-host');
  said(`gate: process started, ${whole(count)} names, first answer after ${whole(performance.now() - gateBegunMs)} ms`);
  const bare = await startServer('bare-server.ts');
  const metricsPort = await freePort();
  const reader = (workers: number) => (place: NginxPlace) =>
    startReader(
      place,
      `${keep} ${staticSite(readerConfig({ ...place, snapshot, gate: `127.0.0.1:${gate.port}`, site: 'site', metricsPort }))}`,
      workers,
    );

  const none = await addWay(
    'nginx without a check',
    (place) =>
      startNginx(
        place,
        `${keep} server { listen 127.0.0.1:${place.port} default_server; location / { ${staticSite('proxy_pass http://site;')} } }`,
        { workers: 1 },
      ),
    { names: count },
  );
  const lua = await addWay(`reader in Lua, ${whole(count)} names`, reader(1), { names: count, table });
  const mapped = await addWay(
    `compiled map, ${whole(mapCount)} names`,
    (place) =>
      startNginx(
        place,
        `${keep} ${staticSite(
          shipped('nginx/compiled-map.conf', {
            MAP: map,
            LISTEN: `127.0.0.1:${place.port}`,
            UPSTREAM: 'http://site',
            EXPLAIN_URL: 'https://gate.example/explain',
          }),
        )}`,
        { workers: 1 },
      ),
    { names: mapCount },
  );
  const at = (port: number) => `127.0.0.1:${port}`;
  const sockets = [join(folder, 'bare.sock'), join(folder, 'gate.sock')] as const;
  const bareOnSocket = await startServer('bare-server.ts', sockets[0]);
  // A name of its own for the file, beside which a gate writes.
  linkOrCopy(snapshot, join(folder, 'on-socket.snapshot'));
  const gateOnSocket = await startServer('gate-server.ts', join(folder, 'on-socket.snapshot'), '-', '1', sockets[1]);
  const names = { names: count };
  const bareName = 'a bare node:http 204';
  const gateName = `the gate, ${whole(count)} names`;
  const toBare = await addWay(`auth_request to ${bareName}`, authRequest(at(bare.port)), { ...names, asks: bare.pid });
  const toGate = await addWay(`auth_request to ${gateName}`, authRequest(at(gate.port)), {
    ...names,
    table,
    asks: gate.pid,
  });
  const toBareSocket = await addWay(`auth_request to ${bareName}, Unix socket`, authRequest(`unix:${sockets[0]}`), {
    ...names,
    asks: bareOnSocket.pid,
  });
  const toGateSocket = await addWay(`auth_request to ${gateName}, Unix socket`, authRequest(`unix:${sockets[1]}`), {
    ...names,
    table,
    asks: gateOnSocket.pid,
  });

  const { middle, ratio } = await compare(ways, { folder, connections, seconds, rounds });
  said(
    `\n| one nginx worker, ${connections} connections | requests/s, median of ${rounds} | p99 ms | processor µs a request: nginx | asked server | MB a worker |`,
  );
  said('|---|---:|---:|---:|---:|---:|');
  const memories = new Map<Way, number>();
  for (const way of ways) {
    const [workers = [], asked = []] = way.processes();
    memories.set(way, memoryOf(workers).all);
    const cells = [
      whole(middle(way, (round) => round.perSecond)),
      middle(way, (round) => round.p99Ms).toFixed(1),
      middle(way, (round) => round.costUs[0] ?? 0).toFixed(1),
      asked.length === 0 ? '' : middle(way, (round) => round.costUs[1] ?? 0).toFixed(1),
      whole(memories.get(way) ?? 0),
    ];
    said(`| ${way.name} | ${cells.join(' | ')} |`);
  }
  said(`\nratios, each the median of ${rounds} rounds:`);
  said(`reader / compiled map with a tenth of the names: ${ratio(lua, mapped)} (aim 1.0)`);
  said(`reader / no check: ${ratio(lua, none)} (aim 0.9)`);
  said(`gate / bare server over TCP: ${ratio(toGate, toBare)} (aim 0.9)`);
  said(`gate / bare server over Unix sockets: ${ratio(toGateSocket, toBareSocket)} (aim 0.9)`);
  said(`gate over a Unix socket / over TCP: ${ratio(toGateSocket, toGate)}`);

  // p99 of a decision over HTTP at half of full load: the connections rest between answer and question.
  for (const [name, url, header, hosts] of [
    ['the gate itself', `http://127.0.0.1:${gate.port}/auth`, 'X-Original-Host', toGate.hosts],
    ['nginx with auth_request to the gate', toGate.url, 'Host', toGate.hosts],
    ['nginx with the reader', lua.url, 'Host', lua.hosts],
  ] as const) {
    const full = await wrk(folder, { url, header, hosts, connections, seconds });
    // Twice the time between two questions of a connection, less what the answer takes: found in two steps.
    let restMs = (2 * connections * 1000) / full.perSecond;
    for (let step = 0; step < 2; step += 1) {
      const found = await wrk(folder, { url, header, hosts, connections, seconds: 1, restMs });
      restMs *= (2 * found.perSecond) / full.perSecond;
    }
    const half = await wrk(folder, { url, header, hosts, connections, seconds, restMs });
    said(
      `${name}: full load ${whole(full.perSecond)}/s; at ${whole(half.perSecond)}/s (${Math.round((100 * half.perSecond) / full.perSecond)} %) p50 ${half.p50Ms.toFixed(2)} ms, p99 ${half.p99Ms.toFixed(2)} ms (aim below 2)`,
    );
  }

  // Memory shared by all workers, and the same file put in place again while they are asked.
  const own = join(folder, 'shared');
  const place = join(own, 'gate.snapshot');
  mkdirSync(own);
  for (const end of ['', '.overlay']) copyFileSync(`${snapshot}${end}`, `${place}${end}`);
  const port = await freePort();
  const four = await startReader(
    { nginx, folder: own, port },
    `${keep} ${staticSite(readerConfig({ folder: own, snapshot: place, gate: `127.0.0.1:${gate.port}`, site: 'site', port, metricsPort: await freePort() }))}`,
    4,
  );
  closing.push(() => four.stop());
  const every = askedHosts(count, 300_000).filter((_, at) => at % 3 !== 2);
  const asking = { url: `http://127.0.0.1:${port}/`, hosts: every, connections, seconds: 2 * seconds };
  await wrk(folder, asking);
  const memory = memoryOf([four.pid, ...childrenOf(four.pid)]);
  said(
    `4 workers and their master with ${whole(count)} names: ${whole(memory.all)} MB together, of it ${whole(memory.files)} MB files (aim 300); ` +
      `with a compiled map of ${whole(mapCount)} names each worker alone has ${whole(memories.get(mapped) ?? 0)} MB`,
  );
  const loading = wrk(folder, asking);
  await sleep(500 * seconds);
  copyFileSync(snapshot, `${place}.tmp`);
  renameSync(`${place}.tmp`, place);
  const while_ = await loading;
  said(
    `snapshot replaced while asked at ${whole(while_.perSecond)}/s: ${while_.troubles} requests failed, p99 ${while_.p99Ms.toFixed(1)} ms`,
  );
} finally {
  for (const close of closing.reverse()) await close();
  rmSync(folder, { recursive: true });
}

// Two servers and two workers on PostgreSQL with a synchronous standby under Patroni and etcd, by the shipped files of
// examples/high-availability. The primary is killed under load, frozen, and cut off; every acknowledged write is looked up afterwards.
// `npm run bench:failover [kills]`; needs Debian's patroni, etcd-server, pgbouncer, haproxy and postgresql. Exit status 1 when
// something was lost. KEEP_LOGS=1 keeps the logs.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AcknowledgedLoad } from './acknowledged.ts';
import { connectTo, type Machine, until } from './cluster.ts';
import { verify } from './verify.ts';
import { type FailoverWorld, openFailoverWorld } from './world.ts';

const kills = Number(process.argv[2] ?? 20);
const say = (line: string) => process.stdout.write(`${new Date().toISOString().slice(11, 19)} ${line}\n`);
const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
let isReading = true;
const names = ['through PgBouncer', 'direct'];

const world = await openFailoverWorld(say);
const journal = join(mkdtempSync(join(tmpdir(), 'ob-acknowledged-')), 'acknowledged.ndjson');
const load = new AcknowledgedLoad({ servers: world.servers, simUrl: world.authority.url, journal });
try {
  await load.signIn();
  const running = load.run(6, 4);
  running.catch(() => {});
  const reading = readPublicly(world.servers[1]);
  await pause(5000);
  for (let kill = 1; kill <= kills; kill += 1) await killPrimary(kill, world);
  await freezePrimary(world);
  await silence('connections forgotten between the first server and PgBouncer', () => world.wires.toPooler.forget());
  await silence('connections forgotten between PgBouncer and HAProxy', () => world.wires.behindPooler.forget());
  await silence('connections forgotten between the second server and HAProxy', () => world.wires.toProxy.forget());
  await cutPrimary(world);
  load.stop();
  await running;
  isReading = false;
  await reading;
  await judge(world);
} finally {
  load.stop();
  await world.close();
}

/** The public query at the second server, which has the standby to read from. */
async function readPublicly(url: string): Promise<void> {
  let [answered, refused] = [0, 0];
  for (; isReading; await pause(100)) {
    const answer = await fetch(`${url}/query/web?search=example.cn`).catch(() => null);
    if (answer?.status === 200) answered += 1;
    else refused += 1;
    await answer?.text().catch(() => '');
  }
  const page = await (await fetch(`${url}/metrics`)).text();
  const reads = page.split('\n').filter((line) => line.startsWith('openbeian_replica_reads_total'));
  say(`public queries: ${answered} answered, ${refused} not; ${reads.join(', ')}`);
}

/** In turns the whole machine, and PostgreSQL alone with Patroni left to see it. */
async function killPrimary(kill: number, { cluster }: FailoverWorld): Promise<void> {
  const { primary, standby } = await cluster.whole();
  await pause(1000 + Math.random() * 2000);
  const isMachine = kill % 2 === 1;
  const begunMs = performance.now();
  if (isMachine) await primary.killMachine();
  else primary.killPostgres();
  const takenOverMs = await takenOver(standby, begunMs);
  await untilBothServe(performance.now());
  report(`kill ${kill}, ${isMachine ? 'machine' : 'PostgreSQL'}`, begunMs, takenOverMs);
  if (isMachine) primary.start();
}

/** Neither ended nor answering, as a machine out of memory or a virtual one that is not run. */
async function freezePrimary({ cluster }: FailoverWorld): Promise<void> {
  const { primary, standby } = await cluster.whole();
  const begunMs = performance.now();
  primary.freeze();
  const takenOverMs = await takenOver(standby, begunMs);
  await untilBothServe(performance.now());
  report('frozen', begunMs, takenOverMs);
  primary.thaw();
  await cluster.whole();
}

async function cutPrimary({ cluster, wires }: FailoverWorld): Promise<void> {
  const { primary } = await cluster.whole();
  const begunMs = performance.now();
  for (const wire of wires.toMachine[primary.name] ?? []) wire.cut();
  await pause(15_000);
  for (const wire of wires.toMachine[primary.name] ?? []) wire.heal();
  await untilBothServe(performance.now());
  report('the primary’s network cut for 15 s', begunMs, 15_000);
}

async function silence(what: string, fall: () => void): Promise<void> {
  await world.cluster.whole();
  const begunMs = performance.now();
  fall();
  await pause(2000);
  await untilBothServe(begunMs + 1000);
  await pause(15_000);
  report(what, begunMs, 0);
}

async function takenOver(standby: Machine, begunMs: number): Promise<number> {
  await until('the standby takes writes', () => takesWrites(standby), 120_000);
  return performance.now() - begunMs;
}

/** Asked of PostgreSQL itself, past everything else. */
async function takesWrites(machine: Machine): Promise<boolean> {
  try {
    const client = await connectTo(machine.postgresPort);
    const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
    await client.end();
    return rows[0]?.standby === false;
  } catch {
    return false;
  }
}

async function untilBothServe(sinceMs: number): Promise<void> {
  const serves = (server: number) =>
    load.times.some((one) => one.server === server && one.isDone && one.atMs - one.tookMs > sinceMs);
  await until('both servers serve again', async () => serves(0) && serves(1), 120_000);
}

/** The longest time without a write acknowledged, of each server; what it is beyond `outageMs` is ours. */
function report(what: string, begunMs: number, outageMs: number): void {
  const parts = names.map((name, server) => {
    const own = load.times.filter((one) => one.server === server && one.atMs > begunMs - 2000);
    const done = own.filter(({ isDone }) => isDone).map(({ atMs }) => atMs);
    const gaps = done.slice(1).map((atMs, index) => atMs - (done[index] ?? atMs));
    const failed = own.find(({ isDone, atMs }) => !isDone && atMs > begunMs);
    const told = failed === undefined ? '–' : seconds(failed.atMs - begunMs);
    const slowest = Math.max(...own.map(({ tookMs }) => tookMs));
    return `${name} ${seconds(Math.max(...gaps))} (first refusal ${told}, longest request ${seconds(slowest)})`;
  });
  const outage = outageMs > 0 ? `no primary for ${seconds(outageMs)}; ` : '';
  say(`${what}: ${outage}silence ${parts.join(', ')}; ${load.acknowledged.length} acknowledged`);
}

async function judge({ cluster, errors }: FailoverWorld): Promise<void> {
  const { primary } = await cluster.whole();
  const database = await connectTo(primary.postgresPort, 'openbeian');
  const [company] = await load.clients('xinghe');
  const [individual] = await load.clients('individual');
  const verdict = await verify(load.acknowledged, { company, individual }, database);
  await database.end();
  for (const line of errors()
    .filter((one) => one.includes('"fault":"internal"'))
    .slice(0, 5))
    say(line.slice(0, 3000));
  const strange = new Map<string, number>();
  for (const one of load.strange) strange.set(one, (strange.get(one) ?? 0) + 1);
  for (const [error, times] of strange) say(`${times} × ${error}`);
  for (const line of verdict.wrong.slice(0, 20)) say(line);
  const { codes, filings, filed, wrong } = verdict;
  say(`${load.acknowledged.length} acknowledged writes, of ${codes} codes and ${filings} filings (${filed} filed)`);
  say(`${wrong.length} lost or wrong, ${load.strange.length} answers that no outage explains`);
  if (wrong.length + load.strange.length > 0) process.exitCode = 1;
}

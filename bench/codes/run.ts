// Issuing codes through the flow and over HTTP, against a naive transaction and the bare statement, all on one private
// PostgreSQL and in turns: `node bench/codes/run.ts [seconds of each turn] [turns]`.
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median } from '../shared/figures.ts';
import { openBareByDriver } from './bare-by-driver.ts';
import { bareStatement } from './bare-statement.ts';
import { buyer, openBench } from './deployment.ts';
import { openHttpCaller } from './http-caller.ts';
import { openNaive } from './naive.ts';

const seconds = Number(process.argv[2] ?? 1);
const turns = Number(process.argv[3] ?? 3);
const resources = 2000;
const bench = await openBench(resources);

type Ask = () => Promise<unknown>;
interface Party {
  /** How many a second get done in `seconds` seconds. */
  rate(seconds: number): Promise<number>;
  close(): unknown;
}

/** Callers that ask one after the other, all at once. */
const callers = (asks: readonly Ask[], close: () => unknown): Party => ({
  async rate(forSeconds) {
    const startMs = performance.now();
    const untilMs = startMs + forSeconds * 1000;
    let done = 0;
    const caller = async (ask: Ask) => {
      for (; performance.now() < untilMs; done += 1) await ask();
    };
    await Promise.all(asks.map(caller));
    return (done / (performance.now() - startMs)) * 1000;
  },
  close,
});
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make);
const someResource = (places: number) => `ins_${Math.floor(Math.random() * places)}`;

async function openFlow(connections: number, places: number): Promise<Party> {
  const { flows, close } = await bench.deploymentOf(connections);
  const issue = () => {
    const input = { resourceId: someResource(places), count: 1, granteeAccountId: null, note: '' };
    return flows.issueCodes({ actor: buyer, idempotencyKey: randomUUID() }, input);
  };
  return callers(
    times(connections, () => issue),
    close,
  );
}

async function openHttp(connections: number, places: number): Promise<Party> {
  const server = await bench.startServer(connections);
  const headers = { authorization: `Bearer ${bench.apiKey}` };
  const sockets = await Promise.all(times(connections, () => openHttpCaller(server.baseUrl, headers)));
  const asks = sockets.map(
    (socket) => () =>
      socket.post(
        '/api/v1/partner/codes/issue',
        randomUUID(),
        JSON.stringify({ resourceId: someResource(places), count: 1 }),
      ),
  );
  return callers(asks, async () => {
    for (const socket of sockets) socket.close();
    await server.close();
  });
}

async function openNaiveParty(connections: number, places: number): Promise<Party> {
  const naive = await openNaive(bench.url, connections, places);
  return callers(
    times(connections, () => naive.issue),
    naive.close,
  );
}

async function openDriver(connections: number, places: number): Promise<Party> {
  const bare = await openBareByDriver(bench.url, connections, places);
  return callers(
    times(connections, () => bare.issue),
    bare.close,
  );
}

function openPgbench(connections: number, places: number): Party {
  const root = '/usr/lib/postgresql';
  const program = readdirSync(root)
    .map((version) => join(root, version, 'bin/pgbench'))
    .find((path) => existsSync(path));
  if (program === undefined) throw new Error('this measurement needs pgbench (Debian package postgresql)');
  const script = join(bench.folder, 'issue.sql');
  return {
    async rate(forSeconds) {
      writeFileSync(script, bareStatement(places, randomUUID().slice(0, 8)));
      const args = ['-n', '-M', 'prepared', '-f', script, '-D', 'n=0', '-c', `${connections}`];
      const whole = `${Math.max(1, Math.round(forSeconds))}`;
      const { stdout } = await promisify(execFile)(program, [...args, '-T', whole, bench.url]);
      return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    },
    close() {},
  };
}

console.log(
  '| ledgers | connections | naive /s | flow /s | HTTP /s | bare statement /s | by driver /s | flow to naive | flow to bare | HTTP to bare | flow to driver |',
);
console.log(`|---|${'---:|'.repeat(10)}`);
for (const places of [resources, 1]) {
  for (const connections of [1, 8, 32]) {
    const parties = [
      await openNaiveParty(connections, places),
      await openFlow(connections, places),
      await openHttp(connections, places),
      openPgbench(connections, places),
      await openDriver(connections, places),
    ];
    for (const party of parties) await party.rate(0.5);
    // As autovacuum does it on a server that runs for longer than this: plans made for empty tables are the wrong ones.
    await bench.sql.query('VACUUM ANALYZE');
    const rates: number[][] = parties.map(() => []);
    // In turns, so that what else the machine does meets all of them.
    for (let turn = 0; turn < turns; turn += 1) {
      for (const [index, party] of parties.entries()) rates[index]?.push(await party.rate(seconds));
    }
    for (const party of parties) await party.close();
    await bench.balance();
    const [naive = 0, flow = 0, http = 0, bare = 0, driver = 0] = rates.map(median);
    const cells = [naive, flow, http, bare, driver].map((one) => Math.round(one).toLocaleString('en'));
    const ratios = [flow / naive, flow / bare, http / bare, flow / driver].map((one) => one.toFixed(2));
    console.log(`| ${places === 1 ? 'one' : places} | ${connections} | ${[...cells, ...ratios].join(' | ')} |`);
  }
}
await bench.close();

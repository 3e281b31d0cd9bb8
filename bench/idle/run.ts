// What OpenBeian takes while nobody asks it anything, and how long it takes to start:
// `node bench/idle/run.ts [seconds at rest] [starts] [another tree, measured in turns]`.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { formatKeyRing, makeKeyRing } from '../../packages/server/src/main/index.ts';
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';
import { startWatched, type Watched } from './watched.ts';

const restSeconds = Number(process.argv[2] ?? 60);
const starts = Number(process.argv[3] ?? 3);
const here = join(import.meta.dirname, '../..');
const trees = [here, ...process.argv.slice(4)];
/** Time for what follows a start: first rounds of work, the gate's snapshot, V8's own clearing up. */
const settleSeconds = 30;

const folder = mkdtempSync(join(tmpdir(), 'openbeian-bench-idle-'));

function note(
  tree: string,
  process: Watched,
  what: string,
  cells: Partial<Record<'cpu' | 'transactions', string>> = {},
) {
  const { residentMb, proportionalMb, highestMb } = process.memory();
  const cellsOfRow = [
    basename(tree),
    process.name,
    what,
    process.startSeconds.toFixed(1),
    process.startCpuSeconds.toFixed(1),
    residentMb.toFixed(0),
    proportionalMb.toFixed(0),
    highestMb.toFixed(0),
    cells.cpu ?? '',
    cells.transactions ?? '',
  ];
  console.log(`| ${cellsOfRow.join(' | ')} |`);
}

/** The share of one core, in percent, that each takes in the time of `restSeconds`. */
async function atRest(processes: readonly Watched[], meanwhile: () => Promise<number>): Promise<number[]> {
  await sleep(settleSeconds * 1000);
  const before = processes.map((one) => one.cpuSeconds());
  const countBefore = await meanwhile();
  await sleep(restSeconds * 1000);
  transactionsPerSecond = ((await meanwhile()) - countBefore) / restSeconds;
  return processes.map((one, index) => ((one.cpuSeconds() - (before[index] ?? 0)) * 100) / restSeconds);
}
let transactionsPerSecond = 0;

async function startEmbedded(tree: string): Promise<Watched> {
  const words = ['start', '--data', join(folder, `data-${trees.indexOf(tree)}`)];
  const ports = ['--port', '0', '--gate-port', '0', '--authority-port', '0'];
  return startWatched(tree, { name: 'all in one', words: [...words, ...ports], ready: /Ctrl\+C/ });
}

/** The sample deployment: its first start, which makes the database, and further ones in turns with the other tree's. */
async function measureEmbedded(): Promise<void> {
  for (let start = 1; start <= starts + 1; start += 1) {
    for (const tree of trees) {
      const process = await startEmbedded(tree);
      note(tree, process, start === 1 ? 'first start' : `start ${start}`);
      if (start === starts + 1) {
        const [cpu = 0] = await atRest([process], async () => 0);
        note(tree, process, `after ${settleSeconds + restSeconds} s`, { cpu: cpu.toFixed(2) });
      }
      await process.close();
    }
  }
}

/** Writes the files of a server, a worker and a gate on one database. */
function writeFiles(url: string) {
  const keyRingFile = join(folder, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('bench')), { mode: 0o600 });
  const token = 'a-token-of-the-bench-of-at-least-32-signs';
  const config = join(folder, 'openbeian.json');
  writeFileSync(
    config,
    JSON.stringify({
      provider: 'xingyun',
      name: { zh: '星云示例云', en: 'Xingyun Sample Cloud' },
      keyRingFile,
      database: { url },
      http: { port: 0 },
      authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'no authority is asked in this measurement' },
      gate: { tokens: [token] },
    }),
  );
  const gateFile = (controlUrl: string) => {
    const file = join(folder, 'gate.json');
    writeFileSync(
      file,
      JSON.stringify({ listen: { port: 0 }, controlUrl, token, snapshotFile: join(folder, 'snapshot') }),
    );
    return file;
  };
  return { config, gateFile };
}

/** A server, a worker and a gate as processes of their own on PostgreSQL. */
async function measureProcesses(tree: string): Promise<void> {
  const postgres = await startPrivatePostgres();
  if (postgres === null) throw new Error('server, worker and gate are measured on PostgreSQL');
  const database = await postgres.createDatabase();
  const { config, gateFile } = writeFiles(database.url);
  const server = () =>
    startWatched(tree, { name: 'server', words: ['server', '--config', config], ready: /server listens/ });
  await (await server()).close();
  const running = [await server()];
  const url = /"url":"(http:[^"]+)"/.exec(running[0]?.line ?? '')?.[1] ?? '';
  running.push(
    await startWatched(tree, { name: 'worker', words: ['worker', '--config', config], ready: /worker runs/ }),
  );
  const gate = { name: 'gate', words: ['gate', 'run', '--config', gateFile(url)], ready: /gate_listening/ };
  running.push(await startWatched(tree, gate));
  for (const process of running) note(tree, process, 'start');
  const sql = new pg.Client({ connectionString: postgres.url });
  await sql.connect();
  const name = new URL(database.url).pathname.slice(1);
  const committed = async () => {
    const { rows } = await sql.query('SELECT xact_commit::float8 AS n FROM pg_stat_database WHERE datname = $1', [
      name,
    ]);
    return Number(rows[0]?.n);
  };
  const shares = await atRest(running, committed);
  for (const [index, process] of running.entries()) {
    const transactions = index === 0 ? `${transactionsPerSecond.toFixed(1)} of all` : '';
    note(tree, process, `after ${settleSeconds + restSeconds} s`, {
      cpu: shares[index]?.toFixed(2) ?? '',
      transactions,
    });
  }
  await sql.end();
  for (const process of running.reverse()) await process.close();
  await database.drop();
  await postgres.stop();
}

console.log(
  '| tree | process | when | start s | its CPU s | RSS MB | PSS MB | highest MB | % of a core at rest | transactions/s |',
);
console.log('|---|---|---|--:|--:|--:|--:|--:|--:|--:|');
try {
  await measureEmbedded();
  for (const tree of trees) await measureProcesses(tree);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

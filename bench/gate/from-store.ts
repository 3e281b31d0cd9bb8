import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { evaluateHost } from '@openbeian/model/gate';
import pg from 'pg';
import { openSnapshotFile } from '../../packages/gate/src/testing/snapshot-files.ts';
import { createFlows, type FlowDeps } from '../../packages/server/src/flows/index.ts';
import type { Store } from '../../packages/server/src/ports/index.ts';
import { createGateFiles } from '../../packages/server/src/snapshots/gate-files-on-disk.ts';
import { openEmbeddedEngine } from '../../packages/server/src/store/engine/embedded-engine.ts';
import { openStore } from '../../packages/server/src/store/index.ts';
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';
import { whole } from '../shared/figures.ts';

/*
 * The gate's file built by a server's flow from PostgreSQL, and from the embedded database: how long that takes beside `COPY … TO`
 * of the same rows, and what others wait meanwhile. Arguments: how many names in PostgreSQL (1,000,000 unless given), and in the
 * embedded database (100,000).
 */
const [count, embeddedCount] = [Number(process.argv[2] ?? 1_000_000), Number(process.argv[3] ?? 100_000)];
const said = (text: string) => process.stdout.write(`${text}\n`);
const folder = mkdtempSync(join(tmpdir(), 'bench-gate-store-'));

const rowsOf = (names: number) => `INSERT INTO gate_entry (name, exact, record)
  SELECT name, false, jsonb_build_object('name', name, 'number', '粤ICP备' || number || '号-1',
    'accesses', jsonb_build_array('xingyun'), 'since', '2026-01-02')
  FROM (SELECT number, 'name-' || to_hex(number::bigint * 7919 % 1000003) || '-' || number || '.cn' AS name
        FROM generate_series(1, ${names}) AS number) AS named`;
const copy = 'COPY gate_entry TO STDOUT';

interface Waits {
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/** Short transactions, one after another with a little rest, until the work is done: how long each took, in milliseconds. */
async function waitsDuring(store: Store, work: Promise<unknown>): Promise<Waits> {
  const took: number[] = [];
  let isDone = false;
  const done = work.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    const begunMs = performance.now();
    await store.transaction(async (tx) => {
      await tx.gateLog.version();
      await tx.gateLog.find(['name-1eef-1.cn']);
    });
    took.push(performance.now() - begunMs);
    await sleep(2);
  }
  await done;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), most: took.at(-1) ?? 0 };
}
const waitText = ({ p50, p99, most }: Waits) =>
  `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${most.toFixed(1)} ms at most`;

/** Builds the file and compares it with what was put in; says what it took, and what others waited. */
async function build(store: Store, names: number, copyMs: number, where: string): Promise<void> {
  const gateFiles = createGateFiles();
  try {
    const deps: Pick<FlowDeps, 'store' | 'provider' | 'gate' | 'gateFiles' | 'clock'> = {
      store,
      provider: 'xingyun',
      gate: { region: 'cn-mainland', defaultNames: ['app.xingyun-cloud.cn'] },
      gateFiles,
      clock: { now: () => new Date().toISOString() },
    };
    const { getGateFile } = createFlows(deps as FlowDeps);
    const quiet = await waitsDuring(store, sleep(2000));
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const [begunMs, usage] = [performance.now(), process.threadCpuUsage()];
    const actor = { userId: 'gate', role: 'visitor', accountId: null } as const;
    const building = getGateFile({ actor }, { atLeast: 0 });
    const busy = await waitsDuring(store, building);
    const tookMs = performance.now() - begunMs;
    delay.disable();
    const { user, system } = process.threadCpuUsage(usage);
    const { path, bytes } = await building;
    const table = await openSnapshotFile(path);
    const reason = evaluateHost('www.name-1eef-1.cn', table, { outsideMainland: false, day: 20_778 });
    const { recordCount } = table.header;
    if (reason !== 'filed_here' || recordCount !== names) throw new Error(`${reason}, ${recordCount}`);
    said(
      `${whole(names)} names from ${where}: ${whole(bytes / 1e6)} MB in ${whole(tookMs)} ms; COPY … TO ${whole(copyMs)} ms (${(tookMs / copyMs).toFixed(1)} times)`,
    );
    said(`  this thread worked ${whole((user + system) / 1000)} ms of it, others' short transactions included`);
    said(
      `  it was held up ${(delay.percentile(99) / 1e6).toFixed(1)} ms at p99, ${(delay.max / 1e6).toFixed(1)} ms at most`,
    );
    said(`  others' short transactions: ${waitText(busy)}; without the building ${waitText(quiet)}`);
  } finally {
    await gateFiles.close();
  }
}

async function fromPostgres(): Promise<void> {
  const postgres = await startPrivatePostgres({ fsync: false });
  if (postgres === null) throw new Error('PostgreSQL is not installed');
  const database = await postgres.createDatabase();
  const open = await openStore({ databaseUrl: database.url });
  try {
    const client = new pg.Client(database.url);
    await client.connect();
    await client.query(rowsOf(count));
    await client.query('VACUUM ANALYZE gate_entry');
    await client.end();
    const begunMs = performance.now();
    const program = 'psql';
    const psql = spawn(program, ['-qc', copy, database.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    psql.stdout.pipe(createWriteStream(join(folder, 'copied')));
    const [status] = (await once(psql, 'close')) as [number];
    if (status !== 0) throw new Error(`psql ended with ${status}`);
    await build(open.store, count, performance.now() - begunMs, 'PostgreSQL');
  } finally {
    await open.close();
    await database.drop();
    await postgres.stop();
  }
}

async function fromEmbedded(): Promise<void> {
  const dataDir = join(folder, 'data');
  await (await openStore({ dataDir })).close();
  // The rows come from outside: no flow of ours writes entries without records.
  const engine = await openEmbeddedEngine(dataDir);
  const connection = await engine.connect();
  await connection.script(rowsOf(embeddedCount));
  const begunMs = performance.now();
  await connection.script(copy.replace('STDOUT', "'/dev/blob'"));
  const copyMs = performance.now() - begunMs;
  connection.release();
  await engine.close();
  const open = await openStore({ dataDir });
  try {
    await build(open.store, embeddedCount, copyMs, 'the embedded database');
  } finally {
    await open.close();
  }
}

try {
  await fromPostgres();
  await fromEmbedded();
} finally {
  rmSync(folder, { recursive: true });
}

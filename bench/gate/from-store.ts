import { monitorEventLoopDelay } from 'node:perf_hooks';
import { evaluateHost } from '@openbeian/model/gate';
import pg from 'pg';
import { openSnapshotFile } from '../../packages/gate/src/testing/snapshot-files.ts';
import { createFlows, type FlowDeps } from '../../packages/server/src/flows/index.ts';
import { createGateFiles } from '../../packages/server/src/snapshots/gate-files-on-disk.ts';
import { openStore } from '../../packages/server/src/store/index.ts';
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';

/*
 * The binary snapshot built from PostgreSQL by a server's flow, and how long that holds up the server's own thread. Argument: how many
 * names (1,000,000 unless given).
 */
const count = Number(process.argv[2] ?? 1_000_000);
const postgres = await startPrivatePostgres({ fsync: false });
if (postgres === null) throw new Error('PostgreSQL is not installed');
const database = await postgres.createDatabase();
const open = await openStore({ databaseUrl: database.url });
const gateFiles = createGateFiles();
try {
  const client = new pg.Client(database.url);
  await client.connect();
  await client.query(
    `INSERT INTO gate_entry (name, exact, record) SELECT name, false, jsonb_build_object('name', name, 'number',
       '粤ICP备' || number || '号-1', 'accesses', jsonb_build_array('xingyun'), 'since', '2026-01-02')
     FROM (SELECT number, 'name-' || to_hex(number::bigint * 7919 % 1000003) || '-' || number || '.cn' AS name
           FROM generate_series(1, ${count}) AS number) AS named`,
  );
  const { rows } = await client.query('SELECT name FROM gate_entry LIMIT 1 OFFSET 1000');
  await client.end();
  const deps: Pick<FlowDeps, 'store' | 'provider' | 'gate' | 'gateFiles' | 'clock'> = {
    store: open.store,
    provider: 'xingyun',
    gate: { region: 'cn-mainland', defaultNames: ['app.xingyun-cloud.cn'] },
    gateFiles,
    clock: { now: () => new Date().toISOString() },
  };
  const { getGateFile } = createFlows(deps as FlowDeps);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const [begunMs, usage] = [performance.now(), process.threadCpuUsage()];
  const actor = { userId: 'gate', role: 'visitor', accountId: null } as const;
  const { path, bytes } = await getGateFile({ actor }, { atLeast: 0 });
  const tookMs = performance.now() - begunMs;
  delay.disable();
  const { user, system } = process.threadCpuUsage(usage);
  const table = await openSnapshotFile(path);
  const reason = evaluateHost(`www.${rows[0].name}`, table, { outsideMainland: false, day: 20_778 });
  if (reason !== 'filed_here' || table.header.recordCount !== count)
    throw new Error(`${reason}, ${table.header.recordCount}`);
  const ms = (nanoseconds: number) => (nanoseconds / 1e6).toFixed(1);
  console.log(
    `${count.toLocaleString('en-US')} names from PostgreSQL: ${Math.round(bytes / 1e6)} MB in ${Math.round(tookMs)} ms; the server's thread ` +
      `worked ${Math.round((user + system) / 1000)} ms of it, and was held up ${ms(delay.percentile(99))} ms at p99, ${ms(delay.max)} ms at most`,
  );
} finally {
  await gateFiles.close();
  await open.close();
  await database.drop();
  await postgres.stop();
}

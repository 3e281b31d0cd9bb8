// Hand-overs to the authority, per second: one at a time, in parallel per province, and a bare loop that takes and marks the
// same rows, on one private PostgreSQL: `node bench/hand-overs/run.ts [filings, default 100000] [provinces, default 8]`.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { forwardFiling } from '../../packages/server/src/flows/authority/forward-filing.ts';
import type { FlowDeps } from '../../packages/server/src/flows/index.ts';
import { createLogger, openDeployment, parseConfig } from '../../packages/server/src/main/index.ts';
import { worldOf } from '../../packages/server/src/main/testing/rule-world.ts';
import type { Authority } from '../../packages/server/src/ports/index.ts';
import { makeKeyRing, writeNewKeyRing } from '../../packages/server/src/secrets/index.ts';
import { HandOvers } from '../../packages/server/src/work/hand-overs.ts';
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';
import { takeAndMark } from './bare.ts';
import { openSeeds } from './seeding.ts';

const filings = Number(process.argv[2] ?? 100_000);
const lines = Number(process.argv[3] ?? 8);
const perLine = 4;
const sessions = 10;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

const postgres = await startPrivatePostgres();
if (postgres === null) throw new Error('this measurement needs PostgreSQL');
const { url, drop } = await postgres.createDatabase();
const folder = mkdtempSync(join(tmpdir(), 'openbeian-bench-hand-overs-'));
const keyRingFile = join(folder, 'keys.json');
writeNewKeyRing(keyRingFile, makeKeyRing());
const config = parseConfig({
  provider: 'tencent',
  name: { zh: '测', en: 'Bench' },
  database: { url, maxConnections: sessions },
  keyRingFile,
  authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
});
const deployment = await openDeployment(config, { logger: createLogger('silent') });
const world = worldOf(deployment, { nowMs: Date.now() });
const seeds = await openSeeds(world, url, lines);
const sql = new pg.Client({ connectionString: url });
await sql.connect();

/** How often each filing was asked about. */
const asked = new Map<string, number>();

function depsWith(latencyMs: number): FlowDeps {
  const submit: Authority['submit'] = async ({ id, filingId }) => {
    asked.set(filingId, (asked.get(filingId) ?? 0) + 1);
    if (latencyMs > 0) await pause(latencyMs);
    return { submissionId: id, receipt: `r-${id}`, receivedAt: deployment.deps.clock.now() };
  };
  return { ...deployment.deps, authority: { ...world.deps.authority, submit } };
}

const fail = (error: unknown): never => {
  throw error;
};

/** As a worker did before lines: takes one, hands it over, takes the next. */
async function oneAtATime(deps: FlowDeps): Promise<void> {
  for (;;) {
    const at = deps.clock.now();
    const lease = { topics: ['authority.submit'], limit: 1, owner: 'single', at, leaseMs: 15_000 } as const;
    const [job] = await deps.store.leaseJobs(lease);
    if (job === undefined) return;
    await forwardFiling(deps, { job, owner: 'single' }, fail);
  }
}

async function inParallel(deps: FlowDeps): Promise<void> {
  const errors: unknown[] = [];
  const options = { owner: 'parallel', pollMs: 20, perLine, onError: (error: unknown) => errors.push(error) };
  const handOvers = new HandOvers(deps, options);
  handOvers.start();
  for (;;) {
    await pause(50);
    const { rows } = await sql.query('SELECT 1 FROM job LIMIT 1');
    if (rows.length === 0 || errors.length > 0) break;
  }
  await handOvers.stop();
  if (errors.length > 0) throw errors[0];
}

/** Each is with the authority, once in effect: one receipt, one event, one row of the audit, no job left. */
async function check(ids: readonly string[]): Promise<void> {
  const { rows } = await sql.query(
    `SELECT (SELECT count(*) FROM job)::int AS jobs,
       (SELECT count(*) FROM filing WHERE id = ANY ($1) AND state = 'awaiting_sms' AND version = v.version + 1)::int AS sent,
       (SELECT count(*) FROM submission WHERE filing_id = ANY ($1) AND receipt IS NOT NULL)::int AS receipts,
       (SELECT count(*) FROM filing_event WHERE filing_id = ANY ($1) AND type = 'FilingForwarded')::int AS events,
       (SELECT count(*) FROM audit WHERE object_id = ANY ($1) AND action = 'FilingForwarded')::int AS audited
     FROM (SELECT version FROM filing WHERE state = 'awaiting_forward' LIMIT 1) AS v`,
    [ids],
  );
  const count = ids.length;
  const expected = JSON.stringify({ jobs: 0, sent: count, receipts: count, events: count, audited: count });
  if (JSON.stringify(rows[0]) !== expected) throw new Error(`${JSON.stringify(rows[0])} instead of ${expected}`);
}

async function measure(name: string, count: number, work: () => Promise<void>): Promise<number> {
  const ids = await seeds.add(count);
  asked.clear();
  const beganMs = performance.now();
  await work();
  const seconds = (performance.now() - beganMs) / 1000;
  await check(ids);
  const repeated = [...asked.values()].filter((times) => times > 1).length;
  const rate = count / seconds;
  print(`${name.padEnd(44)} ${String(count).padStart(7)}  ${rate.toFixed(1).padStart(8)}/s   asked twice: ${repeated}`);
  return rate;
}

const few = Math.max(50, Math.round(filings / 20));
print(`${lines} provinces, ${perLine} of each at a time, ${sessions} sessions of PostgreSQL (fsync on)`);
const bareLoop = () => measure('bare take-and-mark loop', Math.round(filings / 4), () => takeAndMark(url, sessions));
// Before and after the others, since whatever else the machine does changes meanwhile.
const bareBefore = await bareLoop();
const single = await measure('one at a time, instant', few, () => oneAtATime(depsWith(0)));
const instant = await measure('parallel per province, instant', filings, () => inParallel(depsWith(0)));
const slowSingle = await measure('one at a time, 50 ms', few, () => oneAtATime(depsWith(50)));
const slow = await measure('parallel per province, 50 ms', filings, () => inParallel(depsWith(50)));
const bare = Math.max(bareBefore, await bareLoop());
const ratio = (one: number, other: number): string => (one / other).toFixed(2);
print(`instant: ${ratio(instant, single)} × one at a time, ${ratio(instant, bare)} × the bare loop`);
print(`50 ms:   ${ratio(slow, slowSingle)} × one at a time, ${ratio(slow, bare)} × the bare loop`);

await sql.end();
await seeds.close();
await deployment.close();
await drop();
await postgres.stop();
rmSync(folder, { recursive: true });

import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { createLogger, openDeployment, parseConfig } from '../../packages/server/src/main/index.ts';
import { formatKeyRing, makeKeyRing } from '../../packages/server/src/secrets/index.ts';
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';
import { bareStatement } from './bare-statement.ts';
import { openNaive } from './naive.ts';

/** Seconds of each measurement; `node bench/codes/run.ts 3`. */
const seconds = Number(process.argv[2] ?? 3);
const resources = 2000;
const folder = mkdtempSync(join(tmpdir(), 'openbeian-bench-codes-'));
const postgres = await startPrivatePostgres();
if (postgres === null) throw new Error('this measurement needs PostgreSQL');
const database = await postgres.createDatabase();

/** How many a second `connections` callers get done, each one after the other. */
async function rate(connections: number, issue: () => Promise<unknown>): Promise<number> {
  const callers = async (untilMs: number) => {
    let done = 0;
    const caller = async () => {
      for (; performance.now() < untilMs; done += 1) await issue();
    };
    await Promise.all(Array.from({ length: connections }, caller));
    return done;
  };
  await callers(performance.now() + 500);
  const startMs = performance.now();
  const done = await callers(startMs + seconds * 1000);
  return (done / (performance.now() - startMs)) * 1000;
}

async function pgbench(connections: number, places: number): Promise<number> {
  const script = join(folder, 'issue.sql');
  writeFileSync(script, bareStatement(places, randomUUID().slice(0, 8)));
  const root = '/usr/lib/postgresql';
  const program = readdirSync(root)
    .map((version) => join(root, version, 'bin/pgbench'))
    .find((path) => existsSync(path));
  if (program === undefined) throw new Error('this measurement needs pgbench (Debian package postgresql)');
  const args = ['-n', '-M', 'prepared', '-f', script, '-D', 'n=0', '-c', `${connections}`, '-T', `${seconds}`];
  const { stdout } = await promisify(execFile)(program, [...args, database.url]);
  return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
}

/** Stops the run when a counter and the rows behind it differ. */
async function balance(): Promise<void> {
  const { rows } = await sql.query(`SELECT (SELECT sum(spent) FROM quota)::int AS spent,
    (SELECT count(*) FROM quota_spend WHERE returned_at IS NULL)::int AS live, (SELECT count(*) FROM filing_code)::int AS codes,
    (SELECT count(*) FROM code_event)::int AS events, (SELECT count(*) FROM idempotency)::int AS keys,
    (SELECT count(*) FROM audit)::int AS facts`);
  const totals = new Set(Object.values(rows[0]));
  if (totals.size !== 1) throw new Error(`the ledger does not balance: ${JSON.stringify(rows[0])}`);
}

const keyRingFile = join(folder, 'keys.json');
writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('bench')), { mode: 0o600 });
const policyFile = join(folder, 'bench.yaml');
const rules = {
  ...{ provider: 'bench', name: { zh: '测', en: 'Bench' }, fictional: true },
  regions: { source: 'bench', mainland: [], outside: [] },
  products: [
    {
      ...{ product: 'vm', name: { zh: '服务器', en: 'Server' } },
      versions: [
        {
          ...{ validFrom: null, validTo: null, evidence: 'stated', source: ['bench'] },
          conditions: [
            { rule: 'billing', allowed: ['prepaid'] },
            { rule: 'boughtTerm', atLeast: 'P90D' },
            { rule: 'remainingTerm', atLeast: 'P30D' },
            { rule: 'notExpired' },
            { rule: 'publicIp' },
            { rule: 'issuer', for: ['issue'], realName: ['enterprise'] },
          ],
          ...{ file: { mode: 'fileable', ways: ['pick', 'code'] }, issue: { mode: 'codes' } },
          quotas: [{ of: ['issue'], scope: 'instance', limit: 1_000_000 }],
          codes: {
            ...{
              term: { zh: '码', en: 'code' },
              format: 'check20',
              revivesOnRenewal: true,
              reusableAfterAbandon: true,
            },
            ...{ reusableAfterSuccess: false, returnedOnRevoke: true, grant: 'named', source: 'bench' },
          },
        },
      ],
    },
  ],
};
writeFileSync(policyFile, JSON.stringify(rules));

const deploymentOf = (maxConnections: number) =>
  openDeployment(
    parseConfig({
      ...{ provider: 'bench', name: { zh: '测', en: 'Bench' }, policyDirectories: [folder], keyRingFile },
      database: { url: database.url, maxConnections },
      authority: { url: 'http://127.0.0.1:9', secret: 'no authority is asked in this measurement' },
    }),
    { logger: createLogger('silent') },
  );
await (await deploymentOf(2)).close();
const sql = new pg.Pool({ connectionString: database.url, max: 2 });
await sql.query(
  `INSERT INTO account SELECT 'acct_' || i, 'enterprise', '', now() FROM generate_series(0, ${resources - 1}) i`,
);
await sql.query(`INSERT INTO resource SELECT 'ins_' || i, 'acct_' || i, 'bench', 'vm', jsonb_build_object('id', 'ins_' || i,
    'provider', 'bench', 'product', 'vm', 'account', 'acct_' || i, 'region', 'cn-mainland', 'billing', 'prepaid',
    'boughtAt', current_date - 200, 'expiresAt', current_date + 400, 'state', 'running', 'trial', false,
    'publicIps', '[{"address": "203.0.113.7", "kind": "instance"}]'::jsonb, 'used', '{"codes": 0, "sites": 0}'::jsonb),
    1, now() FROM generate_series(0, ${resources - 1}) i`);

console.log(
  '| ledgers | connections | naive /s | flow /s | bare statement (pgbench) /s | flow to naive | flow to bare |',
);
console.log('|---|---:|---:|---:|---:|---:|---:|');
for (const places of [resources, 1]) {
  for (const connections of [1, 8, 32]) {
    const naive = await openNaive(database.url, connections, places);
    const naiveRate = await rate(connections, naive.issue);
    await naive.close();
    const { flows, close } = await deploymentOf(connections);
    const flowRate = await rate(connections, () => {
      const place = Math.floor(Math.random() * places);
      const actor = { userId: 'usr_1', role: 'customer' as const, accountId: `acct_${place}` };
      const input = { resourceId: `ins_${place}`, count: 1, granteeAccountId: null, note: '' };
      return flows.issueCodes({ actor, idempotencyKey: randomUUID() }, input);
    });
    await close();
    await balance();
    const bareRate = await pgbench(connections, places);
    await balance();
    const [toNaive, toBare] = [flowRate / naiveRate, flowRate / bareRate].map((ratio) => ratio.toFixed(2));
    const rates = [naiveRate, flowRate, bareRate].map((one) => Math.round(one).toLocaleString('en'));
    console.log(
      `| ${places === 1 ? 'one' : places} | ${connections} | ${rates.join(' | ')} | ${toNaive} | ${toBare} |`,
    );
  }
}
await sql.end();
await database.drop();
await postgres.stop();
rmSync(folder, { recursive: true });

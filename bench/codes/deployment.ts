import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { createLogger, openDeployment, parseConfig } from '../../packages/server/src/main/index.ts';
import { formatKeyRing, makeKeyRing } from '../../packages/server/src/secrets/index.ts';
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';

/** The one buyer of all the servers `ins_0` … */
export const buyer = { userId: 'usr_1', role: 'customer', accountId: 'acct_bench' } as const;

/** A provider of one product with common rules and a quota by server that nobody will use up. */
const policy = {
  provider: 'bench',
  name: {
    zh: '测',
    en: 'Bench',
  },
  fictional: true,
  regions: {
    source: 'bench',
    mainland: [],
    outside: [],
  },
  products: [
    {
      product: 'vm',
      name: {
        zh: '服务器',
        en: 'Server',
      },
      versions: [
        {
          validFrom: null,
          validTo: null,
          evidence: 'stated',
          source: ['bench'],
          conditions: [
            {
              rule: 'billing',
              allowed: ['prepaid'],
            },
            {
              rule: 'boughtTerm',
              atLeast: 'P90D',
            },
            {
              rule: 'remainingTerm',
              atLeast: 'P30D',
            },
            { rule: 'notExpired' },
            { rule: 'publicIp' },
            {
              rule: 'issuer',
              for: ['issue'],
              realName: ['enterprise'],
            },
          ],
          file: {
            mode: 'fileable',
            ways: ['pick', 'code'],
          },
          issue: { mode: 'codes' },
          quotas: [
            {
              of: ['issue'],
              scope: 'instance',
              limit: 1e8,
            },
          ],
          codes: {
            term: {
              zh: '码',
              en: 'code',
            },
            format: 'check20',
            revivesOnRenewal: true,
            reusableAfterAbandon: true,
            reusableAfterSuccess: false,
            returnedOnRevoke: true,
            grant: 'named',
            source: 'bench',
          },
        },
      ],
    },
  ],
};

/** A provider's deployment that is measured, on a database of its own. */
export interface Bench {
  /** Of the database. */
  readonly url: string;
  /** For files of this run. */
  readonly folder: string;
  /** Issues codes for the buyer. */
  readonly apiKey: string;
  readonly sql: pg.Pool;
  deploymentOf(maxConnections: number): ReturnType<typeof openDeployment>;
  /** `openbeian server` in a process of its own; its base address and how to end it. */
  startServer(maxConnections: number): Promise<{ readonly baseUrl: string; close(): Promise<void> }>;
  /** Stops the run when a counter and the rows behind it differ. */
  balance(): Promise<void>;
  close(): Promise<void>;
}

/** A private PostgreSQL with fsync on, and a deployment on it whose buyer has `resources` servers. */
export async function openBench(resources: number): Promise<Bench> {
  const postgres = await startPrivatePostgres();
  if (postgres === null) throw new Error('this measurement needs PostgreSQL');
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-bench-codes-'));
  const database = await postgres.createDatabase();
  const configOf = writeConfig(folder, database.url);
  const deploymentOf = (maxConnections: number) =>
    openDeployment(parseConfig(configOf(maxConnections)), { logger: createLogger('silent') });

  const first = await deploymentOf(2);
  const sql = new pg.Pool({ connectionString: database.url, max: 2 });
  // The server ends the sessions that are still closing when it is stopped.
  sql.on('error', () => {});
  await giveServers(sql, resources);
  const { secret } = await first.flows.createApiKey(
    { actor: buyer, idempotencyKey: 'bench' },
    { name: 'bench', scopes: ['codes:issue'], lifetimeDays: null },
  );
  await first.close();
  await sql.query('ANALYZE');
  return {
    url: database.url,
    folder,
    apiKey: secret ?? '',
    sql,
    deploymentOf,
    startServer(maxConnections) {
      const configFile = join(folder, 'openbeian.json');
      writeFileSync(configFile, JSON.stringify(configOf(maxConnections)));
      return startServer(configFile);
    },
    balance: () => balance(sql),
    async close() {
      await sql.end();
      await database.drop();
      await postgres.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

const unlimited = { limit: 1e6, windowSeconds: 1 };

/** Writes the files that a configuration needs; the answer is the configuration with so many connections. */
function writeConfig(folder: string, url: string): (maxConnections: number) => object {
  const keyRingFile = join(folder, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('bench')), { mode: 0o600 });
  writeFileSync(join(folder, 'bench.yaml'), JSON.stringify(policy));
  return (maxConnections) => ({
    provider: 'bench',
    name: { zh: '测', en: 'Bench' },
    policyDirectories: [folder],
    keyRingFile,
    database: { url, maxConnections },
    http: { port: 0, limits: { requestsPerApiKey: unlimited, costPerAccount: unlimited } },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'no authority is asked in this measurement' },
  });
}

/** The buyer's account and servers. */
async function giveServers(sql: pg.Pool, resources: number): Promise<void> {
  await sql.query(`INSERT INTO account VALUES ($1, 'enterprise', '', now())`, [buyer.accountId]);
  await sql.query(
    `INSERT INTO resource SELECT 'ins_' || i, $1::text, 'bench', 'vm', jsonb_build_object('id', 'ins_' || i,
      'provider', 'bench', 'product', 'vm', 'account', $1::text, 'region', 'cn-mainland', 'billing', 'prepaid',
      'boughtAt', current_date - 200, 'expiresAt', current_date + 400, 'state', 'running', 'trial', false,
      'publicIps', '[{"address": "203.0.113.7", "kind": "instance"}]'::jsonb, 'used', '{"codes": 0, "sites": 0}'::jsonb),
      1, now() FROM generate_series(0, $2::integer - 1) i`,
    [buyer.accountId, resources],
  );
}

async function startServer(configFile: string): ReturnType<Bench['startServer']> {
  const main = join(import.meta.dirname, '../../packages/cli/src/main.ts');
  const server = spawn(process.execPath, [main, 'server', '--config', configFile, '--no-console'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const baseUrl = await new Promise<string>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    const lines = createInterface({ input: server.stdout });
    lines.on('line', (line) => {
      const url = /"url":"(http:[^"]+)".*server listens/.exec(line)?.[1];
      if (url === undefined) return;
      // Its log is still read, but no longer looked at.
      lines.close();
      server.stdout.resume();
      resolve(url);
    });
  });
  const close = async () => {
    const gone = once(server, 'exit');
    server.kill('SIGTERM');
    await gone;
  };
  return { baseUrl, close };
}

async function balance(sql: pg.Pool): Promise<void> {
  const { rows } = await sql.query(`SELECT (SELECT sum(spent) FROM quota)::int AS spent,
      (SELECT count(*) FROM quota_spend WHERE returned_at IS NULL)::int AS live,
      (SELECT count(*) FROM filing_code)::int AS codes,
      (SELECT count(*) FROM code_event WHERE type = 'CodeIssued')::int AS events,
      (SELECT count(*) FROM idempotency WHERE operation <> 'createApiKey')::int AS keys,
      (SELECT count(*) FROM audit WHERE action = 'CodesIssued')::int AS facts`);
  const { rows: theirs } = await sql.query(`SELECT (SELECT sum(spent) FROM naive.quota)::int AS spent,
      (SELECT count(*) FROM naive.spend)::int AS live, (SELECT count(*) FROM naive.code)::int AS codes,
      (SELECT count(*) FROM naive.outbox)::int AS events, (SELECT count(*) FROM naive.idempotency)::int AS keys,
      (SELECT count(*) FROM naive.audit)::int AS facts`);
  for (const totals of [rows[0], theirs[0]]) {
    if (new Set(Object.values(totals)).size === 1) continue;
    throw new Error(`the ledger does not balance: ${JSON.stringify(totals)}`);
  }
}

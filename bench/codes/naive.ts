import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { buyer } from './deployment.ts';

/**
 * The peer: what one writes first. A table for each of the rows that we write, with the same keys and indexes, checks and
 * foreign keys but without triggers; one transaction of several prepared statements under a row lock.
 */
const schema = `CREATE SCHEMA naive;
  CREATE TABLE naive.quota (ledger_key text PRIMARY KEY, capacity int, spent int NOT NULL CHECK (spent <= capacity));
  CREATE TABLE naive.spend (id text PRIMARY KEY, ledger_key text NOT NULL REFERENCES naive.quota, spent_at timestamptz);
  CREATE TABLE naive.code (id text PRIMARY KEY, lookup_hash text UNIQUE, sealed text, tail text,
    resource_id text REFERENCES public.resource, issuer text REFERENCES public.account, spend_id text UNIQUE REFERENCES naive.spend,
    issued_at timestamptz, filing_id text UNIQUE);
  CREATE INDEX ON naive.code (issuer, id); CREATE INDEX ON naive.code (resource_id, id);
  CREATE TABLE naive.audit (LIKE public.audit INCLUDING ALL);
  CREATE TABLE naive.idempotency (LIKE public.idempotency INCLUDING ALL);
  CREATE TABLE naive.outbox (seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, code_id text, type text, at timestamptz,
    issuer text, resource_id text, detail jsonb);`;

const steps = {
  key: 'SELECT response FROM naive.idempotency WHERE actor_id = $1 AND operation = $2 AND key = $3',
  resource: 'SELECT id, account_id, facts, version FROM resource WHERE id = $1 FOR SHARE',
  lock: 'SELECT capacity, spent FROM naive.quota WHERE ledger_key = $1 FOR UPDATE',
  count: 'UPDATE naive.quota SET spent = spent + 1 WHERE ledger_key = $1',
  spend: 'INSERT INTO naive.spend VALUES ($1, $2, $3)',
  code: `INSERT INTO naive.code (id, lookup_hash, sealed, tail, resource_id, issuer, spend_id, issued_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
  claim: 'INSERT INTO naive.idempotency VALUES ($1, $2, $3, $4, $5, $6)',
  audit: `INSERT INTO naive.audit VALUES ($1, $2, $3, $4, $5, 'CodesIssued', 'resource', $6, $7)`,
  outbox: `INSERT INTO naive.outbox (code_id, type, at, issuer, resource_id, detail)
    VALUES ($1, 'CodeIssued', $2, $3, $4, '{}')`,
};

export async function openNaive(url: string, connections: number, resources: number) {
  const pool = new pg.Pool({ connectionString: url, max: connections });
  pool.on('error', () => {});
  const { rows } = await pool.query(`SELECT 1 FROM pg_namespace WHERE nspname = 'naive'`);
  if (rows.length === 0) {
    await pool.query(schema);
    await pool.query(`INSERT INTO naive.quota SELECT 'bench_' || i, 1000000, 0 FROM generate_series(0, 1999) i`);
  }
  const issue = async (): Promise<void> => {
    const client = await pool.connect();
    try {
      const run = (name: keyof typeof steps, values: unknown[]) => client.query({ name, text: steps[name], values });
      const place = Math.floor(Math.random() * resources);
      const id = randomBytes(13).toString('hex');
      const at = new Date().toISOString();
      await client.query('BEGIN');
      await run('key', ['usr_1', 'bench', id]);
      await run('resource', [`ins_${place}`]);
      const { rows: found } = await run('lock', [`bench_${place}`]);
      if (found[0].spent >= found[0].capacity) throw new Error('exhausted');
      await run('count', [`bench_${place}`]);
      await run('spend', [`spd_${id}`, `bench_${place}`, at]);
      const hash = createHash('sha256').update(id).digest('base64url');
      const sealed = `v1.bench.${'s'.repeat(64)}`;
      await run('code', [`code_${id}`, hash, sealed, 'ABCD', `ins_${place}`, buyer.accountId, `spd_${id}`, at]);
      await run('audit', [`aud_${id}`, at, 'usr_1', 'customer', buyer.accountId, `ins_${place}`, `["${id}"]`]);
      await run('outbox', [`code_${id}`, at, buyer.accountId, `ins_${place}`]);
      await run('claim', ['usr_1', 'bench', id, hash, JSON.stringify({ codeIds: [id] }), at]);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
  return { issue, close: () => pool.end() };
}

/**
 * How long an upgrade holds up others: a database of the squashed schema with so many records, codes, filings and audit rows is
 * migrated by whole migrations and in steps, while a writer writes one row of each table after the other and notes how long each
 * write waits.
 *
 *   npm run bench:migrations -- [rows of each table, 200000]
 */
import pg from 'pg';
import { migrate, readMigrationLists } from '../../packages/server/src/store/engine/migrate.ts';
import { openPostgresEngine } from '../../packages/server/src/store/engine/postgres-engine.ts';
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';

const rows = Number(process.argv[2] ?? 200_000);
const lists = readMigrationLists();
const plain = { ...lists, current: lists.current.map((migration) => ({ ...migration, online: null })) };

const at = `'2026-01-01T00:00:00Z'::timestamptz + i * interval '1 second'`;
const each = `FROM generate_series(1, ${rows}) AS i`;
/** As of 0001; triggers are left out, as the tables are written at once. */
const seeds = [
  'SET session_replication_role = replica',
  `INSERT INTO account (id, real_name, display_name, changed_at) SELECT 'acct_' || i, 'enterprise', '商城有限公司' || i, ${at} ${each}`,
  `INSERT INTO resource (id, account_id, provider, product, facts, changed_at)
     SELECT 'ins_' || i, 'acct_' || i, 'tencent', 'cvm', '{"region": "ap-guangzhou"}', ${at} ${each}`,
  `INSERT INTO filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, spend_id, note, issued_at)
     SELECT 'code_' || i, 'h' || i, 's', lpad(to_hex(i % 65536), 4, '0'), 'ins_' || i, 'acct_' || i, 'spd_' || i, '', ${at} ${each}`,
  `INSERT INTO filing (id, account_id, provider, kind, state, version, domain_name, service_kind, subject_kind, province_code,
       subject_hash, spend_id, form, findings, started_at, updated_at)
     SELECT 'fil_' || i, 'acct_' || i, 'tencent', 'first', CASE WHEN i % 20 = 0 THEN 'draft' ELSE 'filed' END, 1, 'site' || i || '.cn',
       'website', 'enterprise', '440000', 'subject' || i, 'spd_' || i, '{}', '[]', ${at}, ${at} ${each}`,
  `INSERT INTO subject_record (id, number, account_id, subject_kind, subject_hash, unit_name, sealed_name, province_code, recorded_at)
     SELECT 'sbj_' || i, 'n' || i, 'acct_' || i, 'enterprise', 'subject' || i, '商城有限公司' || i, 's', '440000', ${at} ${each}`,
  `INSERT INTO service_record (id, number, subject_record_id, service_kind, service_name, domain_name, state, recorded_at)
     SELECT 'srv_' || i, 'n' || i || '-1', 'sbj_' || i, 'website', '官网', 'site' || i || '.cn', 'filed', ${at} ${each}`,
  `INSERT INTO audit (id, at, actor_id, actor_role, action, object_kind, object_id)
     SELECT 'aud_' || i, ${at}, 'usr_' || i % 1000, 'customer', 'CodesIssued', 'code', 'code_' || i ${each}`,
  'SET session_replication_role = DEFAULT',
  'ANALYZE',
];

const writes: Readonly<Record<string, string>> = {
  account: `UPDATE account SET changed_at = now() WHERE id = 'acct_1'`,
  resource: `UPDATE resource SET changed_at = now() WHERE id = 'ins_1'`,
  filing_code: `UPDATE filing_code SET note = 'x' WHERE id = 'code_1'`,
  filing: `UPDATE filing SET updated_at = now() WHERE id = 'fil_1'`,
  subject_record: `UPDATE subject_record SET sealed_name = 't' WHERE id = 'sbj_1'`,
  service_record: `UPDATE service_record SET service_name = 'x' WHERE id = 'srv_1'`,
  audit: `INSERT INTO audit (id, at, actor_id, actor_role, action, object_kind, object_id)
     VALUES (gen_random_uuid()::text, now(), 'usr_1', 'customer', 'CodesIssued', 'code', 'code_1')`,
};

interface Waits {
  readonly longest: Readonly<Record<string, number>>;
  readonly deadlocks: number;
}

/** Again after a deadlock, as the server does. @returns how many there were */
async function written(client: pg.Client, text: string): Promise<number> {
  for (let deadlocks = 0; ; deadlocks += 1) {
    try {
      await client.query(text);
      return deadlocks;
    } catch (error) {
      if ((error as { readonly code?: string }).code !== '40P01') throw error;
    }
  }
}

/** Writes to every table until it is told to stop; the longest wait of each, in milliseconds. */
function startWriters(url: string): { stop(): Promise<Waits> } {
  let isOver = false;
  const longest: Record<string, number> = {};
  let deadlocks = 0;
  const running = Object.entries(writes).map(async ([table, text]) => {
    const client = new pg.Client(url);
    await client.connect();
    longest[table] = 0;
    while (!isOver) {
      const begun = performance.now();
      deadlocks += await written(client, text);
      longest[table] = Math.max(longest[table] ?? 0, performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await client.end();
  });
  return {
    async stop() {
      isOver = true;
      await Promise.all(running);
      return { longest, deadlocks };
    },
  };
}

const postgres = await startPrivatePostgres();
if (postgres === null) throw new Error('PostgreSQL is not installed');
try {
  const results: (readonly [string, number, Waits])[] = [];
  for (const [name, how] of [
    ['whole migrations', plain],
    ['in steps', lists],
  ] as const) {
    const database = await postgres.createDatabase();
    const engine = openPostgresEngine({ databaseUrl: database.url });
    await migrate(engine, { ...lists, current: lists.current.slice(0, 1) });
    const client = new pg.Client(database.url);
    await client.connect();
    for (const seed of seeds) await client.query(seed);
    await client.end();
    const writers = startWriters(database.url);
    const begun = performance.now();
    await migrate(engine, how);
    const seconds = (performance.now() - begun) / 1000;
    results.push([name, seconds, await writers.stop()]);
    await engine.close();
    await database.drop();
  }
  process.stdout.write(`${rows} rows of each table; longest wait of one write, ms\n`);
  for (const [name, seconds, { longest, deadlocks }] of results) {
    const waits = Object.entries(longest).map(([table, ms]) => `${table} ${Math.round(ms)}`);
    process.stdout.write(`${name}: ${seconds.toFixed(1)} s; ${waits.join(', ')}; ${deadlocks} deadlocks\n`);
  }
} finally {
  await postgres.stop();
}

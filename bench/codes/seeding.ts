import { ledgerOf } from '@openbeian/model/quota';
import type pg from 'pg';

/** Each server has this many codes; each small account this many servers; the big account has a tenth of everything. */
const codesPerServer = 10;
const serversPerAccount = 10;
const bigShare = 10;

export const bigAccount = 'acct_big';

/** Which accounts and servers `seedCodes` makes: `server n` belongs to `accountOf(n)`. */
export function seedPlan(codes: number) {
  const servers = Math.ceil(codes / codesPerServer);
  const accountOf = (server: number) =>
    server % bigShare === 0 ? bigAccount : `acct_${Math.floor(server / (serversPerAccount + 1))}`;
  return { servers, accountOf, serverId: (server: number) => `big_${server}` };
}

/**
 * Puts `codes` codes into the table, with their servers, ledgers, places and the index of stop days, set by set and past
 * the triggers, which would tell every one of them; the counters are written as the triggers would have counted.
 * What every code and server is like follows from its number, so that the ledger balances.
 */
export async function seedCodes(client: pg.ClientBase, codes: number): Promise<void> {
  const { servers } = seedPlan(codes);
  const { ledgerKey } = ledgerOf('issue', { id: '%', account: '', product: 'vm' } as never, 'bench/vm', [
    { of: ['issue'], scope: 'instance', limit: 100_000_000 },
  ] as never);
  const ledger = (server: string) => `replace('${ledgerKey}', '%', 'big_' || ${server})`;
  const account = (server: string) =>
    `CASE WHEN ${server} % ${bigShare} = 0 THEN '${bigAccount}' ELSE 'acct_' || ${server} / ${serversPerAccount + 1} END`;
  // Servers run out over a year, the first in a month from now.
  const expiresOn = (server: string) => `current_date + 31 + ${server} % 365`;
  const kept = await client.query<{ text: string; name: string }>(
    `SELECT pg_get_indexdef(indexrelid) AS text, indexrelid::regclass::text AS name FROM pg_index
     WHERE indrelid IN ('filing_code'::regclass, 'quota_spend'::regclass, 'code_clock'::regclass)
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
  );
  for (const { name } of kept.rows) await client.query(`DROP INDEX ${name}`);
  const steps = [
    // So much is written at once that checkpoints at the usual distance would write most of it twice.
    `ALTER SYSTEM SET max_wal_size = '16GB'`,
    `SELECT pg_reload_conf()`,
    `SET session_replication_role = replica`,
    `SET maintenance_work_mem = '1GB'`,
    `SET synchronous_commit = off`,
    `INSERT INTO account SELECT DISTINCT ${account('n')}, 'enterprise', '', now() FROM generate_series(0, ${servers - 1}) n`,
    `INSERT INTO resource SELECT 'big_' || n, ${account('n')}, 'bench', 'vm', jsonb_build_object('id', 'big_' || n,
       'provider', 'bench', 'product', 'vm', 'account', ${account('n')}, 'region', 'cn-mainland', 'billing', 'prepaid',
       'boughtAt', current_date - 200, 'expiresAt', ${expiresOn('n')}, 'state', 'running', 'trial', false,
       'publicIps', '[{"address": "203.0.113.7", "kind": "instance"}]'::jsonb, 'used', '{"codes": 0, "sites": 0}'::jsonb),
       1, now() FROM generate_series(0, ${servers - 1}) n`,
    `INSERT INTO quota SELECT ${ledger('n')}, 100000000, least(${codesPerServer}, ${codes} - n * ${codesPerServer}), now()
       FROM generate_series(0, ${servers - 1}) n`,
    `INSERT INTO quota_spend (id, ledger_key, holder, spent_at)
       SELECT 'spd_01' || lpad(n::text, 24, '0'), ${ledger(`n / ${codesPerServer}`)}, 'code', now() - interval '100 days'
       FROM generate_series(0, ${codes - 1}) n`,
    `INSERT INTO filing_code (id, lookup_hash, sealed, tail, resource_id, issuer_account_id, grantee_account_id, granted_at,
         spend_id, issued_at)
       SELECT 'code_01' || lpad(n::text, 24, '0'), translate(encode(sha256(n::text::bytea), 'base64'), '+/=', '-_'),
         'v1.bench.' || repeat('s', 64), 'ABCD', 'big_' || n / ${codesPerServer}, ${account(`(n / ${codesPerServer})`)},
         CASE WHEN n % 2 = 0 THEN ${account(`((n * 7::bigint) % ${servers})`)} END,
         CASE WHEN n % 2 = 0 THEN now() END, 'spd_01' || lpad(n::text, 24, '0'), now() - interval '100 days'
       FROM generate_series(0, ${codes - 1}) n`,
    `INSERT INTO code_clock (code_id, resource_id, issuer_account_id, stops_on, warn_on, suspension_notified, stale)
       SELECT 'code_01' || lpad(n::text, 24, '0'), 'big_' || n / ${codesPerServer}, ${account(`(n / ${codesPerServer})`)},
         ${expiresOn(`(n / ${codesPerServer})`)} - 29, ${expiresOn(`(n / ${codesPerServer})`)} - 59, false, false
       FROM generate_series(0, ${codes - 1}) n`,
    ...kept.rows.map(({ text }) => text),
    `SET session_replication_role = origin`,
    `RESET synchronous_commit`,
    'VACUUM ANALYZE',
    'CHECKPOINT',
  ];
  for (const step of steps) await client.query(step);
}

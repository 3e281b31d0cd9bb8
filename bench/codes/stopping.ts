// What stops in the next 30 days, over many codes on a private PostgreSQL: `node bench/codes/stopping.ts [how many]`.
// The index's rows are made set-wise, a twelfth of them within the 30 days; only the index is filled, since a page reads
// at most its own 50 codes by their key.
import { openStore } from '../../packages/server/src/store/index.ts';
import { startPrivatePostgres } from '../../tests/support/private-postgres.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const postgres = await startPrivatePostgres();
if (postgres === null) throw new Error('PostgreSQL is not installed');
try {
  const database = await postgres.createDatabase();
  const { store, close } = await openStore({ databaseUrl: database.url });
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  const madeMs = performance.now();
  await client.query(
    `INSERT INTO code_clock (code_id, resource_id, issuer_account_id, stops_on, warn_on, suspension_notified, stale)
     SELECT 'code_' || lpad(n::text, 26, '0'), 'r' || n / 5, 'a' || n % 1000, date '2026-11-22' + (n % 365),
       date '2026-11-22' + (n % 365) - 30, false, false
     FROM generate_series(1, $1::integer) AS n`,
    [count],
  );
  await client.query('VACUUM ANALYZE code_clock');
  console.log(`${count} rows made in ${((performance.now() - madeMs) / 1000).toFixed(1)} s`);
  const time = async (what: string, work: () => Promise<unknown>) => {
    const times: number[] = [];
    let answer: unknown;
    for (let turn = 0; turn < 5; turn += 1) {
      const startedMs = performance.now();
      answer = await work();
      times.push(performance.now() - startedMs);
    }
    const sorted = times.map((ms) => Math.round(ms * 10) / 10).sort((a, b) => a - b);
    console.log(`${what.padEnd(44)} median ${sorted[2]} ms, worst ${sorted[4]} ms  (${JSON.stringify(answer)})`);
  };
  const all = { from: '2026-11-22', to: '2026-12-21', issuerAccountId: null };
  const one = { ...all, issuerAccountId: 'a7' };
  const pageOf = (filter: typeof all | typeof one, after?: readonly string[]) =>
    store.transaction(async (tx) => (await tx.codeClock.listStopping({ ...filter, after, limit: 50 })).length);
  await time('total, all accounts', () => store.transaction((tx) => tx.codeClock.countStopping(all)));
  await time('total, one account', () => store.transaction((tx) => tx.codeClock.countStopping(one)));
  await time('first page, all accounts', () => pageOf(all));
  await time('a late page, all accounts', () => pageOf(all, ['2026-12-20', 'code_']));
  await time('first page, one account', () => pageOf(one));
  await time('what is still to be worked out', () => store.transaction((tx) => tx.codeClock.countPending('')));
  await client.end();
  await close();
  await database.drop();
} finally {
  await postgres.stop();
}

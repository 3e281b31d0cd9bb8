// What the ledger's guards cost: the issuing statement with and without them, for 1, 8 and 32 commands at once, on one
// connection of a private PostgreSQL: `node bench/codes/guards.ts [turns]`. Commits do not wait for the disk here.
import { randomUUID } from 'node:crypto';
import { openStore } from '../../packages/server/src/store/index.ts';
import { median } from '../shared/figures.ts';
import { buyer, openBench } from './deployment.ts';

const turns = Number(process.argv[2] ?? 40);
const resources = 500;
const tables = ['quota', 'quota_spend', 'filing_code', 'code_event', 'idempotency', 'audit'];
const bench = await openBench(resources);
await bench.sql.query(
  `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$`,
);
const { store, close } = await openStore({ databaseUrl: bench.url, maxConnections: 1 });

/** What is switched off, by the names of its triggers; foreign keys are triggers of the system's. */
const variants: Readonly<Record<string, (enable: 'ENABLE' | 'DISABLE') => readonly string[]>> = {
  'with all guards': () => [],
  'without those that only refuse': (able) => [
    `ALTER TABLE quota ${able} TRIGGER quota_starts_unspent, ${able} TRIGGER quota_moves_by_spends_only`,
    `ALTER TABLE quota_spend ${able} TRIGGER quota_spend_starts_live`,
    `ALTER TABLE filing_code ${able} TRIGGER filing_code_starts_unused`,
  ],
  'without the counter': (able) => [`ALTER TABLE quota_spend ${able} TRIGGER quota_spend_moves_quota`],
  'without the events': (able) => [`ALTER TABLE filing_code ${able} TRIGGER filing_code_issue_recorded`],
  'without any trigger or foreign key': (able) => tables.map((table) => `ALTER TABLE ${table} ${able} TRIGGER ALL`),
};

async function issue(count: number): Promise<void> {
  const at = new Date().toISOString();
  const outcomes = await Promise.all(
    Array.from({ length: count }, () => {
      const id = randomUUID();
      const resource = `ins_${Math.floor(Math.random() * resources)}`;
      return store.issueCodes({
        idempotency: {
          actorId: 'usr_1',
          operation: 'bench',
          key: id,
          requestHash: 'h'.repeat(43),
        },
        resource: {
          id: resource,
          version: 1,
        },
        issuerRealName: 'enterprise',
        ledgerKey: `bench_${resource}`,
        capacity: 1e8,
        issuerAccountId: buyer.accountId,
        granteeAccountId: null,
        note: '',
        at,
        codes: [
          {
            id: `code_${id}`,
            spendId: `spd_${id}`,
            lookupHash: id,
            sealed: 's'.repeat(72),
            tail: 'ABCD',
          },
        ],
        audit: {
          id: `aud_${id}`,
          at,
          actorId: 'usr_1',
          actorRole: 'customer',
          accountId: buyer.accountId,
          action: 'CodesIssued',
          objectKind: 'resource',
          objectId: resource,
          detail: {},
          address: null,
          sessionId: null,
        },
      });
    }),
  );
  if (outcomes.some(({ outcome }) => outcome !== 'issued')) throw new Error('all are issued');
}

for (let warm = 0; warm < 40; warm += 1) await issue(32);
await bench.sql.query('VACUUM ANALYZE');
const sizes = [1, 8, 32];
const times = new Map(Object.keys(variants).map((name) => [name, sizes.map((): number[] => [])]));
for (let turn = 0; turn < turns; turn += 1) {
  for (const [name, statements] of Object.entries(variants)) {
    for (const statement of statements('DISABLE')) await bench.sql.query(statement);
    for (const [index, size] of sizes.entries()) {
      await issue(size); // plans are made again after the change
      const startMs = performance.now();
      for (let again = 0; again < 5; again += 1) await issue(size);
      times.get(name)?.[index]?.push((performance.now() - startMs) / (5 * size));
    }
    for (const statement of statements('ENABLE')) await bench.sql.query(statement);
  }
}
console.log('| µs for each code, of | 1 | 8 at once | 32 at once |');
console.log('|---|---:|---:|---:|');
for (const [name, bySize] of times) {
  console.log(`| ${name} | ${bySize.map((list) => Math.round(median(list) * 1000)).join(' | ')} |`);
}
await close();
await bench.close();

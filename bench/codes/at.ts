// Issue, verify, list and "what stops in the next 30 days" with N codes in the table, against 10,000 of them, both on
// private PostgreSQL servers and in turns: `node bench/codes/at.ts [N, default 1000000] [turns]`.
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { byId, pageOf } from '../../packages/server/src/flows/command/page.ts';
import { median } from '../shared/figures.ts';
import { type Bench, openBench } from './deployment.ts';
import { bigAccount, seedCodes, seedPlan } from './seeding.ts';

const few = 10_000;
const many = Number(process.argv[2] ?? 1_000_000);
const turns = Number(process.argv[3] ?? 150);

/** A bench with so many codes, ready to be measured. */
interface Size {
  /** What is measured, by name. */
  readonly works: Readonly<Record<string, () => Promise<unknown>>>;
  /** How long making the codes took. */
  readonly seconds: string;
  /** Ends it; the tables that were read from end to end meanwhile. */
  end(): Promise<string[]>;
}

async function openSize(codes: number): Promise<Size> {
  const bench = await openBench(1);
  const madeMs = performance.now();
  const client: pg.PoolClient = await bench.sql.connect();
  await seedCodes(client, codes);
  const seconds = ((performance.now() - madeMs) / 1000).toFixed(0);
  const { flows, close } = await bench.deploymentOf(2);
  const real = await issueSome(flows, seedPlan(codes), 300);
  await client.query('ANALYZE');
  const scansBefore = await wholeScans(client);
  return {
    works: { ...issuingWorks(flows, seedPlan(codes), real), ...readingWorks(flows, seedPlan(codes), codes) },
    seconds,
    async end() {
      await close();
      const after = await wholeScans(client);
      client.release();
      await bench.close();
      return [...after].filter(([table, count]) => count > (scansBefore.get(table) ?? 0)).map(([table]) => table);
    },
  };
}

type Flows = Awaited<ReturnType<Bench['deploymentOf']>>['flows'];
type SeedPlan = ReturnType<typeof seedPlan>;
interface RealCode {
  readonly clear: string;
  readonly accountId: string;
}

const actorOf = (accountId: string) => ({ userId: `usr_${accountId}`, role: 'customer', accountId }) as const;
const operator = { userId: 'usr_operator', role: 'operator', accountId: null } as const;

/** A server of a small account. */
function anyServer({ servers }: SeedPlan): number {
  for (;;) {
    const server = Math.floor(Math.random() * servers);
    if (server % 10 !== 0) return server;
  }
}

function issueOn(flows: Flows, plan: SeedPlan, server: number) {
  return flows.issueCodes(
    { actor: actorOf(plan.accountOf(server)), idempotencyKey: randomUUID() },
    { resourceId: plan.serverId(server), count: 1, granteeAccountId: null, note: '' },
  );
}

/** Real ones among the many: only they have a clear text that can be verified. */
async function issueSome(flows: Flows, plan: SeedPlan, count: number): Promise<RealCode[]> {
  const real: RealCode[] = [];
  while (real.length < count) {
    const server = anyServer(plan);
    const { codes: issued } = await issueOn(flows, plan, server);
    real.push({ clear: issued[0]?.clear ?? '', accountId: plan.accountOf(server) });
  }
  return real;
}

function issuingWorks(flows: Flows, plan: SeedPlan, real: readonly RealCode[]): Size['works'] {
  let turn = 0;
  return {
    issue: () => issueOn(flows, plan, anyServer(plan)),
    verify: async () => {
      const code = real[turn++ % real.length];
      if (code === undefined) throw new Error('codes were issued');
      const asked = { code: code.clear, accountId: code.accountId };
      const { usable } = await flows.verifyCode({ actor: actorOf(code.accountId) }, asked);
      if (!usable) throw new Error('a code that was just issued is usable');
    },
  };
}

function readingWorks(flows: Flows, plan: SeedPlan, codes: number): Size['works'] {
  const halfway = cursorAfter(`code_01${String(Math.floor(codes / 2)).padStart(24, '0')}`);
  const list = (accountId: string, more: object) =>
    flows.listCodes({ actor: actorOf(accountId) }, { side: 'issued', limit: 50, ...more });
  const small = () => plan.accountOf(anyServer(plan));
  return {
    'list, small account': () => list(small(), {}),
    'list, granted to one': () => list(small(), { side: 'granted' }),
    'list, issued or granted': () => list(small(), { side: 'either' }),
    'list, one server': () => {
      const server = anyServer(plan);
      return list(plan.accountOf(server), { resourceId: plan.serverId(server) });
    },
    'list, big account': () => list(bigAccount, {}),
    'list, big account, halfway': async () => list(bigAccount, { after: await halfway }),
    'list, big account, unused': () => list(bigAccount, { state: 'unused' }),
    'list, operator': () => flows.listCodes({ actor: operator }, { side: 'issued', limit: 50 }),
    'count, small account': () => flows.countCodes({ actor: actorOf(small()) }, { side: 'issued' }),
    'stopping, small account': () => flows.listStoppingCodes({ actor: actorOf(small()) }, { days: 30, limit: 50 }),
    'stopping, all': async () => {
      const { total, codes: page } = await flows.listStoppingCodes({ actor: operator }, { days: 30, limit: 50 });
      if (page.length !== 50) throw new Error(`a page of 50 of ${total} has ${page.length}`);
    },
  };
}

/** The cursor that the list of codes gives out behind this code: read from a page that has only it. */
async function cursorAfter(id: string): Promise<string> {
  const { next } = await pageOf(byId('codes'), { limit: 1 }, async () => [{ id }, { id }]);
  if (next === null) throw new Error('a page with more behind it has a next one');
  return next;
}

/** How often each of the large tables was read from end to end; a session tells it when it ends. */
async function wholeScans(client: pg.ClientBase): Promise<Map<string, number>> {
  await client.query('SELECT pg_stat_clear_snapshot()');
  const { rows } = await client.query<{ table: string; count: string }>(
    `SELECT relname AS table, seq_scan AS count FROM pg_stat_user_tables
     WHERE relname IN ('filing_code', 'quota', 'quota_spend', 'code_clock', 'resource', 'account')`,
  );
  return new Map(rows.map(({ table, count }) => [table, Number(count)]));
}

const sizes = [await openSize(few), await openSize(many)];
console.log(`${few} codes were made in ${sizes[0]?.seconds} s, ${many} in ${sizes[1]?.seconds} s\n`);
console.log(`| | ${few.toLocaleString('en')} codes, ms | ${many.toLocaleString('en')} codes, ms | ratio |`);
console.log('|---|---:|---:|---:|');
for (const name of Object.keys(sizes[0]?.works ?? {})) {
  const times: number[][] = [[], []];
  for (let turn = -5; turn < (name.startsWith('stopping') ? Math.min(turns, 20) : turns); turn += 1) {
    for (const [index, size] of sizes.entries()) {
      const startMs = performance.now();
      await size.works[name]?.();
      if (turn >= 0) times[index]?.push(performance.now() - startMs);
    }
  }
  const [a = 0, b = 0] = times.map(median);
  console.log(`| ${name} | ${a.toFixed(2)} | ${b.toFixed(2)} | ${(b / a).toFixed(2)} |`);
}
for (const [index, size] of sizes.entries()) {
  const scanned = await size.end();
  if (index === 1) console.log(`\nread from end to end: ${scanned.join(', ') || 'no table'}`);
}

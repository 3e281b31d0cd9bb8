import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allOperations } from '@openbeian/contract';
import { dayOf } from '@openbeian/model/calendar';
import { openFilingStates } from '@openbeian/model/filing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import type { FlowTable } from '../flows/index.ts';
import { createLogger } from '../http/log.ts';
import { makeKeyRing, writeNewKeyRing } from '../secrets/index.ts';
import { createAgeReader, createRowCounter } from '../store/index.ts';
import { AuditClearer } from '../work/audit-clearer.ts';
import { Upkeep } from '../work/upkeep.ts';
import { WebhookSender } from '../work/webhook-sender.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { largeTables, loadManyRows, owners, rowsOfEach } from './testing/many-rows.ts';
import { leftOut, type Question, questionsAbout } from './testing/read-questions.ts';
import { worldOf } from './testing/rule-world.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

const questions = questionsAbout({ row: 407, owner: 7 });
const row = (prefix: string) => `${prefix}_0000407`;

interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}
interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Actual Rows'?: number;
  readonly 'Actual Loops'?: number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Rows Removed by Index Recheck'?: number;
  readonly Plans?: readonly PlanNode[];
}

const leasing = {
  topics: ['authority.submit'],
  limit: 100,
  owner: 'plan',
  at: '2026-11-21T01:30:00.000Z',
  leaseMs: 1000,
} as const;

const sending = { owner: 'plan', pollMs: 1000 } as const;

/** A page has 100 rows, an owner 250 of each kind; with what belongs to each of them. */
const mostRowsRead = 4000;
/** A seal of the audit is made of 5000 rows at most. */
const mostRowsOfWork = 5001;
const failed = (error: unknown) => {
  throw error;
};
/** Of one answer, however many rows it has. */
const mostStatements = 12;

describe.skipIf(database === null)(`over ${rowsOfEach} rows of each table`, () => {
  let deployment: Deployment;
  let client: pg.Client;
  const original = pg.Client.prototype.query;
  let seen: Statement[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-plans-'));

  beforeAll(async () => {
    const keyRingFile = join(folder, 'keys.json');
    writeNewKeyRing(keyRingFile, makeKeyRing());
    const config = parseConfig({
      provider: 'tencent',
      name: { zh: '测试', en: 'Test' },
      database: { url: database?.url ?? '' },
      keyRingFile,
      authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    });
    deployment = await openDeployment(config, { logger: createLogger('silent') });
    const world = worldOf(deployment, { nowMs: Date.parse('2026-11-21T01:30:00.000Z') });
    const resourceId = await world.server(await world.account(), 'tencent', 'cvm');
    const resource = await deployment.deps.store.transaction((tx) => tx.resources.find(resourceId));
    const day = dayOf(deployment.deps.clock.now());
    client = new pg.Client({ connectionString: database?.url ?? '' });
    await client.connect();
    await loadManyRows(database?.url ?? '', { facts: resource?.facts, rules: deployment.deps.policyFingerprint(day) });
    vi.spyOn(pg.Client.prototype, 'query').mockImplementation(function (this: pg.Client, ...args: unknown[]) {
      const [asked, values] = args as [Statement | string, unknown];
      if (this !== client && typeof asked === 'object') seen.push({ text: asked.text, values: asked.values });
      // As Kysely asks.
      else if (this !== client && typeof asked === 'string' && Array.isArray(values))
        seen.push({ text: asked, values });
      return Reflect.apply(original, this, args) as never;
    });
  }, 600_000);
  afterAll(async () => {
    vi.restoreAllMocks();
    await client?.end();
    await deployment?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The statements of one answer; its `next`, where it is a page. */
  async function ask(id: keyof FlowTable, [actor, input]: Question) {
    seen = [];
    const call = { actor, idempotencyKey: `plan-${Math.random()}` };
    // Inputs are held to the operations by the flows themselves: a wrong one is a fault here.
    const run = deployment.flows[id] as (call: object, input: object) => Promise<{ readonly next?: string | null }>;
    const { next = null } = await run(call, input);
    return { next, statements: seen.filter(({ text }) => !/^(BEGIN|COMMIT|ROLLBACK)/.test(text)) };
  }

  async function explained(text: string, values: readonly unknown[]) {
    const explain = (how: string) => client.query(`EXPLAIN (${how} FORMAT JSON) ${text}`, [...values]);
    await client.query('BEGIN');
    try {
      return await explain('ANALYZE, TIMING OFF,');
    } catch (error) {
      // It was done a moment ago, and can be done once only.
      if (!(error instanceof pg.DatabaseError) || error.code !== '23505') throw error;
      await client.query('ROLLBACK');
      return await explain('');
    } finally {
      await client.query('ROLLBACK');
    }
  }

  /** What the statement reads of large tables that it should not, as PostgreSQL itself tells. */
  async function faultsOf({ text, values }: Statement, most = mostRowsRead): Promise<string[]> {
    const { rows } = await explained(text, values);
    const [{ Plan: root }] = rows[0]['QUERY PLAN'] as [{ Plan: PlanNode }];
    const found: string[] = [];
    const walk = (node: PlanNode) => {
      const table = node['Relation Name'] ?? '';
      if ((largeTables as readonly string[]).includes(table)) {
        const each =
          (node['Actual Rows'] ?? 0) +
          (node['Rows Removed by Filter'] ?? 0) +
          (node['Rows Removed by Index Recheck'] ?? 0);
        const read = each * (node['Actual Loops'] ?? 1);
        if (node['Node Type'] === 'Seq Scan') found.push(`reads the whole of ${table}`);
        else if (read > most) found.push(`${node['Node Type']} reads ${read} rows of ${table}`);
      }
      for (const below of node.Plans ?? []) walk(below);
    };
    walk(root);
    return found.map((what) => `${what}: ${text.replace(/\s+/g, ' ')}`);
  }

  test('every operation that only reads is asked, or left out for a reason', () => {
    const reads = allOperations.filter(
      ({ method, id }) => method === 'GET' || /^(compare|query|verify|search)/.test(id),
    );
    const missing = reads.map(({ id }) => id).filter((id) => !(id in questions) && !(id in leftOut));
    expect(missing).toEqual([]);
    expect(owners).toBeLessThan(rowsOfEach / 100);
  });

  test('a plan that reads a table whole is found', async () => {
    const [whole = ''] = await faultsOf({ text: 'SELECT * FROM filing WHERE domain_name LIKE $1', values: ['%x%'] });
    expect(whole).toMatch(/^reads the whole of filing/);
    const text = 'SELECT count(*) FROM (SELECT id FROM audit ORDER BY id) AS ordered WHERE id > $1';
    expect((await faultsOf({ text, values: ['a'] })).length).toBeGreaterThan(0);
  });

  test.each(Object.entries(questions))('%s finds its rows by indexes, in so many statements', async (id, asked) => {
    const name = id as keyof FlowTable;
    const wrong: string[] = [];
    for (const [actor, input] of asked) {
      const few = await ask(name, [actor, { ...input, limit: 3 }]);
      const many = await ask(name, [actor, { ...input, limit: 100 }]);
      const next = many.next === null ? null : await ask(name, [actor, { ...input, limit: 100, after: many.next }]);
      const about = `${actor.role} ${JSON.stringify(input)}`;
      if (many.statements.length !== few.statements.length) {
        wrong.push(`${about}: ${few.statements.length} statements for 3 rows, ${many.statements.length} for 100`);
      }
      if (many.statements.length > mostStatements) wrong.push(`${about}: ${many.statements.length} statements`);
      for (const statement of [...many.statements, ...(next?.statements ?? [])]) {
        for (const fault of await faultsOf(statement)) wrong.push(`${about}: ${fault}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  test('a search that finds thousands of codes gives the newest of them, page after page', async () => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM filing_code WHERE note LIKE '%测试环境%' ORDER BY id DESC`,
    );
    expect(rows.length).toBeGreaterThan(4000);
    const list = (after: string | null) =>
      deployment.flows.listCodes(
        { actor: { userId: 'usr_operator', role: 'operator', accountId: null } },
        { side: 'issued', search: '测试环境', limit: 50, ...(after !== null && { after }) },
      );
    const first = await list(null);
    const second = await list(first.next);
    const ids = [...first.codes, ...second.codes].map(({ id }) => id);
    expect(ids).toEqual(rows.slice(0, 100).map(({ id }) => id));
  });

  /** What the background work asks, whether there is something to do or a long queue. */
  const work: Readonly<Record<string, (deps: Deployment) => Promise<unknown>>> = {
    'taking hand-overs': ({ deps: { store } }) =>
      store.leaseJobs({ ...leasing, perLine: 4, fewer: new Map([['110000', 1]]), inTurn: ['310000'] }),
    'renewing hand-overs': ({ deps: { store } }) =>
      store.renewJobs({ ids: [row('out')], owner: 'plan', at: leasing.at, leaseMs: 1 }),
    'clearing away old messages': ({ deps: { store } }) =>
      store.transaction(({ exchange }) => exchange.deleteMessagesBefore('2026-01-20T00:00:00.000Z', 500)),
    'the ages of queues': ({ open }) => createAgeReader(open.kysely, openFilingStates)(),
    'kept totals': ({ open }) => createRowCounter(open.kysely)(),
    upkeep: async ({ deps }) => {
      // Long enough ago that what is old may be cleared away.
      await client.query(`INSERT INTO clock_mark (at) VALUES (now() - interval '40 days')`);
      await new Upkeep(deps, { pollMs: 1000, onError: failed }).tick();
    },
    'telling receivers of events': ({ deps }) => new WebhookSender(deps, { ...sending, onError: failed }).tick(),
    'clearing the audit': ({ deps }) => new AuditClearer(deps, { onError: failed }).round(),
  };

  test.each(Object.entries(work))('%s: finds its rows by indexes', async (_, ask) => {
    seen = [];
    await ask(deployment);
    const asked = seen.filter(({ text }) => !/^(BEGIN|COMMIT|ROLLBACK)/.test(text));
    expect(asked.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    // The same for each of many items is looked at once.
    const different = new Map(asked.map((statement) => [statement.text, statement]));
    for (const statement of different.values()) wrong.push(...(await faultsOf(statement, mostRowsOfWork)));
    expect(wrong).toEqual([]);
  });
});

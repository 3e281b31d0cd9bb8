import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allOperations } from '@openbeian/contract';
import { dayOf } from '@openbeian/model/calendar';
import { openFilingStates } from '@openbeian/model/filing';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { createTestDatabase } from '../../../../tests/support/shared-postgres.ts';
import type { Actor } from '../flows/command/call.ts';
import type { FlowTable } from '../flows/index.ts';
import { createLogger } from '../http/log.ts';
import { makeKeyRing, writeNewKeyRing } from '../secrets/index.ts';
import { createAgeReader, createRowCounter } from '../store/index.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { largeTables, loadManyRows, owners, rowsOfEach } from './testing/many-rows.ts';
import { worldOf } from './testing/rule-world.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

const owner = 'acct_0000007';
const row = (prefix: string) => `${prefix}_0000407`;
const operator: Actor = { userId: 'usr_operator', role: 'operator', accountId: null };
const customer: Actor = { userId: 'usr_0000007', role: 'customer', accountId: owner };
const staff = (...inputs: object[]): Question[] => inputs.map((input) => [operator, input]);
const own = (...inputs: object[]): Question[] => inputs.map((input) => [customer, input]);
const both = (...inputs: object[]): Question[] => [...staff(...inputs), ...own(...inputs)];
const searches = (...terms: string[]) => terms.map((search) => ({ search }));

type Question = readonly [by: Actor, input: object];

/** What is asked of every operation that lists, counts, searches or looks something up. */
const questions: Partial<Record<keyof FlowTable, readonly Question[]>> = {
  listAccounts: staff({}, ...searches('acct_0004242', '商城', '商', 'shop有限公司4', '没有这个')),
  countAccounts: staff({}, ...searches('acct_0004242', '没有这个')),
  listResources: both({}, { show: 'all' }, ...searches('ins_0000407', '没有这个')),
  countResources: own({ days: 30 }),
  getResource: own({ resourceId: row('ins') }),
  listCodes: both(
    {},
    { side: 'granted' },
    ...(['bound', 'used', 'revoked'] as const).map((state) => ({ state })),
    { resourceId: row('ins') },
    { accountId: owner },
    ...searches('官网400', '测试环境', '旧', '1EEF', owner, '没有这个'),
  ),
  countCodes: own({}, { side: 'either' }, { resourceId: row('ins') }, ...searches('官网400', '没有这个')),
  getCode: own({ codeId: row('code') }),
  listStoppingCodes: both({ days: 30 }),
  listApiKeys: both({}),
  listLapsedFilings: staff({ from: '2020-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z' }),
  listFilings: both(
    {},
    { order: 'due' },
    { state: 'awaiting_review', order: 'due' },
    { state: 'awaiting_sms' },
    { group: 'open' },
    { group: 'open', order: 'due' },
    { group: 'with_others' },
    { group: 'with_customer', order: 'due' },
  ),
  listReviewQueue: staff(
    {},
    { order: 'age' },
    { claim: 'unclaimed' },
    { claimedBy: 'usr_1' },
    { provinceCode: '440000', kind: 'first', nature: 'enterprise', overdue: 'true', secondLook: 'false' },
    { search: 'site407' },
    { accountId: owner },
  ),
  countReviewQueue: staff({}, { overdue: 'true' }, { search: 'site407' }),
  getReview: staff({ filingId: row('fil') }),
  getReviewStatistics: staff(
    { from: '2026-02-01', to: '2026-02-07' },
    { from: '2026-02-01', to: '2026-02-07', provinceCode: '440000', reviewerId: 'usr_1' },
  ),
  countFilings: both({}, { group: 'open' }, { state: 'filed' }),
  getFiling: own({ filingId: row('fil') }),
  getFilingForm: own({ filingId: row('fil') }),
  listMaterials: own({ filingId: row('fil') }),
  getUpload: own({ uploadId: row('upl') }),
  listRecords: both({}),
  countRecords: both({}),
  listMoves: both({}),
  listDemands: both({}),
  searchRecords: own(
    ...['示例407有限公司', '粤ICP备2026000407号', '粤ICP备2026000407号-1', 'site407.cn'].map((search) => ({
      search,
      serviceKind: 'website',
      pageNum: 1,
      pageSize: 20,
    })),
  ),
  listAudit: staff(
    {},
    { objectId: row('code') },
    { actorId: 'usr_1' },
    { actorId: 'usr_nobody', action: 'CodesIssued' },
    { action: 'CodesIssued' },
    { action: 'FilingStarted', from: '2026-01-02', to: '2026-01-20' },
    { from: '2026-01-02', to: '2026-01-20' },
  ),
  listJobs: staff({}),
  countJobs: staff({}),
  listWorkFailures: staff({}),
  countWorkFailures: staff({}),
  listContests: both({ undecided: 'false' }, { undecided: 'true' }),
  listSupportAccesses: both({}),
  listSupportViews: own({ accessId: row('sup') }),
  explainHost: staff({ host: 'www.site407.cn' }),
  listWebhooks: both({}),
  countWebhooks: both({}),
  getWebhook: staff({ webhookId: row('whk') }),
  listDeliveries: staff({ webhookId: 'whk_0000007' }, { webhookId: 'whk_0000007', state: 'waiting' }),
  listNotices: both({}, { unread: 'true' }),
  markNoticesRead: both({}, { ids: [row('ntc')] }),
  getNoticeMail: own({}),
  listPeople: staff({}, ...searches('user0004242', '商城4242', '没有这个')),
  listPersonSessions: staff({ personId: row('usr') }),
  listOwnSessions: own({}),
  getOwnAccess: own({}),
  verifyCode: own({ code: 'SE-none', accountId: owner, domainName: 'site407.cn' }),
  queryPartnerCodes: own({ codes: ['SE-none'] }),
  queryPartnerResource: own({ resourceId: row('ins') }),
};

/** What is left out, and why. */
const leftOut: Readonly<Record<string, string>> = {
  findFilingRoute: 'asks the authority first; then for what startFiling asks, by number and name',
  getDeployment: 'asks no table',
  getSession: 'the library’s own look-up by token',
  listHelp: 'a catalogue',
  listNatures: 'a catalogue',
  listPreparations: 'a catalogue',
  getRuleBook: 'the rules as files hold them',
  listReturnReasons: 'a catalogue',
  getGateSnapshot: 'everything, as gates of former releases take it',
  getGateChanges: 'by sequence; see the gate’s own tests',
  getGateFile: 'everything, as a file that is made once for all gates',
};

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

/** A page has 100 rows, an owner 250 of each kind; with what belongs to each of them. */
const mostRowsRead = 4000;
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
      authority: { url: 'http://127.0.0.1:9', secret: 'unused' },
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
  }, 180_000);
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

  /** What the statement reads of large tables that it should not, as PostgreSQL itself tells. */
  async function faultsOf({ text, values }: Statement): Promise<string[]> {
    await client.query('BEGIN');
    const { rows } = await client.query(`EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) ${text}`, [...values]);
    await client.query('ROLLBACK');
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
        else if (read > mostRowsRead) found.push(`${node['Node Type']} reads ${read} rows of ${table}`);
      }
      for (const below of node.Plans ?? []) walk(below);
    };
    walk(root);
    return found.map((what) => `${what}: ${text.replace(/\s+/g, ' ')}`);
  }

  test('every operation that only reads is asked, or left out for a reason', () => {
    const reads = allOperations.filter(({ method, id }) => method === 'GET' || /^(query|verify|search)/.test(id));
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
  };

  test.each(Object.entries(work))('%s: finds its rows by indexes', async (_, ask) => {
    seen = [];
    await ask(deployment);
    const asked = seen.filter(({ text }) => !/^(BEGIN|COMMIT|ROLLBACK)/.test(text));
    expect(asked.length).toBeGreaterThan(0);
    const wrong: string[] = [];
    for (const statement of asked) wrong.push(...(await faultsOf(statement)));
    expect(wrong).toEqual([]);
  });
});

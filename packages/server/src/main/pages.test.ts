import { problemShape } from '@openbeian/contract';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../http/log.ts';
import { createHttpServer } from '../http/server.ts';
import { needsWith } from '../http/testing/http-world.ts';
import type { StoreTransaction } from '../ports/index.ts';
import { at, audit, fresh, later, type World, worldOf } from '../store/testing/world.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';

/** Every list over HTTP: pages that add up to the whole, and cursors that are refused with their place. */
const queueLength = 500;
const subjectNumber = '粤ICP备2026000001号';
let deployment: Deployment;
let app: FastifyInstance;
let world: World;

interface Listed {
  readonly rows: readonly unknown[];
  readonly next: string | null;
}

async function ask(role: string, url: string) {
  return app.inject({ url, headers: { cookie: `s=${role}` } });
}

async function listAt(role: string, path: string, rowsAt: string, query: Record<string, string>): Promise<Listed> {
  const response = await ask(role, `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(query)}`);
  expect(response.statusCode, response.body).toBe(200);
  const answer = response.json();
  return { rows: answer[rowsAt], next: answer.next };
}

async function allPages(role: string, path: string, rowsAt: string, limit: number): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (let after: string | null | undefined; after !== null; ) {
    const page = await listAt(role, path, rowsAt, { limit: String(limit), ...(after && { after }) });
    expect(page.rows.length).toBeLessThanOrEqual(limit);
    rows.push(...page.rows);
    after = page.next;
  }
  return rows;
}

/** Filings that wait for review; the first started is the most overdue, the way a backlog grows. */
async function fillQueue(): Promise<void> {
  const resource = await world.resource(await world.account());
  for (let made = 0; made < queueLength; made += 20) {
    const codeIds = await world.issue(resource, { count: 20, capacity: queueLength });
    await world.open.store.transaction(async (tx) => {
      for (const [index, codeId] of codeIds.entries()) {
        const minute = made + index;
        const filing = filingRow(resource.accountId, { state: 'awaiting_review', codeId, startedAt: later(minute) });
        // Several are due at the same instant: only the id tells them apart.
        await tx.filings.insert({ ...filing, dueAt: later(10_000 + minute - (minute % 5)) });
        await tx.codes.bind(codeId, filing.id, at);
      }
    });
  }
}

function filingRow(accountId: string, some: object) {
  const id = fresh('fil');
  return {
    id,
    accountId,
    provider: 'xingyun',
    kind: 'first' as const,
    state: 'draft' as const,
    version: 1,
    domainName: `${id}.cn`.replace('_', '-'),
    serviceKind: 'website' as const,
    subjectKind: 'enterprise' as const,
    provinceCode: '440000',
    subjectHash: `subject-${id}`,
    subjectNumber: null,
    serviceNumber: null,
    resourceId: null,
    codeId: null,
    spendId: null,
    form: { secret: 'sealed-form' },
    findings: [],
    submissionId: null,
    byHand: false,
    submittedBy: null,
    startedAt: at,
    updatedAt: at,
    dueAt: null,
    nameProvenAt: null,
    lapsedAt: null,
    subjectGivenAt: null,
    setAsideAt: null,
    toldKind: null,
    stateSince: null,
    reviewRound: 0,
    firstPassedBy: null,
    askedAt: null,
    callsMissed: 0,
    lastCall: null,
    callAgainAt: null,
    claim: null,
    ...some,
  };
}

/** Servers that are eligible until they expire; the first one soon, the last one has. */
function inventory() {
  const server = {
    provider: 'xingyun',
    product: 'server',
    account: 'acct-a',
    region: 'cn-south-1',
    billing: 'prepaid',
    boughtAt: '2026-01-01',
    bandwidthMbps: 5,
    publicIps: [{ address: '203.0.113.11', kind: 'instance' }],
  };
  const days = ['2027-01-10', ...Array.from({ length: 6 }, () => '2027-10-01')];
  const servers = days.map((expiresAt, index) => ({ ...server, id: `xy-${index}`, expiresAt }));
  const resources = [...servers, { ...server, id: 'xy-expired', expiresAt: '2026-11-01' }];
  return { accounts: [{ id: 'acct-a', realName: 'enterprise' }], resources };
}

/** Seven rows of everything for the account of the signed-in customer. */
async function fillLists(): Promise<void> {
  const { store } = world.open;
  const accountId = 'acct-a';
  const operator = { userId: 'usr-operator', role: 'operator', accountId: null } as const;
  await deployment.flows.putInventory({ actor: operator, idempotencyKey: 'inventory' }, { body: inventory() });
  await world.run(
    `INSERT INTO webhook (id, account_id, url, types, description, sealed_secret, secret_made_at, version, created_at)
     VALUES ('whk_a', '${accountId}', 'https://receiver.example/', '{}', '', 'sealed', '${at}', 1, '${at}')`,
  );
  // Its codes are suspended.
  const resource = await store.transaction((tx) => tx.resources.find('xy-expired'));
  if (resource === null) throw new Error('the inventory was not loaded');
  await world.issue(resource, { count: 7, capacity: 7 });
  const subject = { id: 'sub_a', number: subjectNumber, accountId, subjectKind: 'enterprise' as const };
  await store.transaction((tx) =>
    tx.records.putSubject({
      ...subject,
      subjectHash: 'hash',
      unitName: '示例公司',
      sealedName: 'sealed-name',
      provinceCode: '440000',
      recordedAt: at,
    }),
  );
  for (let n = 1; n <= 7; n += 1) {
    await world.account();
    await store.transaction(async (tx) => {
      await tx.filings.insert(filingRow(accountId, { dueAt: n > 3 ? null : later(n) }));
      await tx.audit.append({ ...audit('object-a'), at: later(n % 2) });
      await tx.jobs.enqueue({
        id: fresh('out'),
        topic: 'authority.submit',
        payload: { submissionId: 'sub_secret', filingId: 'fil_1' },
        runAt: later(n % 2),
      });
      const delivery = { id: fresh('whd'), webhookId: 'whk_a', eventId: fresh('evt'), seq: n, type: 'WebhookTest' };
      await tx.deliveries.insert([{ ...delivery, orderKey: null, body: '{}' }], at);
      await addOthers(tx, n, accountId);
    });
  }
}

async function addOthers(tx: StoreTransaction, n: number, accountId: string): Promise<void> {
  await tx.notices.add({
    id: fresh('ntc'),
    accountId,
    type: 'CodeSuspended',
    about: fresh('about'),
    at,
    resourceId: 'xy-expired',
    webhookId: null,
    codes: 1,
    stopsOn: null,
    daysLeft: null,
  });
  await tx.apiKeys.insert(
    {
      id: fresh('key'),
      accountId,
      name: 'key',
      scopes: ['codes:read'],
      secretHash: fresh('hash'),
      expiresAt: null,
      createdAt: at,
      createdBy: 'usr_1',
    },
    1000,
  );
  const number = `${subjectNumber}-${n}`;
  await tx.records.putService({
    id: `svc_${n}`,
    number,
    subjectRecordId: 'sub_a',
    serviceKind: 'website',
    serviceName: '示例',
    domainName: `site-${n}.cn`,
    state: 'filed',
    recordedAt: at,
  });
}

beforeAll(async () => {
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
  });
  deployment = await openDeployment(config, {
    clock: { now: () => later(60) },
    inMemory: true,
    logger: createLogger('silent'),
  });
  world = worldOf(deployment.open);
  await fillQueue();
  await fillLists();
  app = createHttpServer(needsWith(deployment.flows).needs);
}, 60_000);
afterAll(async () => {
  await app?.close();
  await deployment?.close();
});

describe('the review queue', () => {
  const queue = '/api/v1/filings?state=awaiting_review&order=due';

  it('begins with the most overdue of 500 filings, though all others were started later', async () => {
    const { rows, next } = await listAt('reviewer', queue, 'filings', {});
    const filings = rows as { startedAt: string; dueAt: string }[];
    expect(filings).toHaveLength(100);
    expect(next).not.toBeNull();
    expect(filings[0]?.dueAt).toBe(later(10_000));
    expect(filings[0]?.startedAt.localeCompare(later(5))).toBe(-1);
  });

  it('holds all of them once, in the order of their due dates', async () => {
    const filings = (await allPages('reviewer', queue, 'filings', 60)) as { id: string; dueAt: string }[];
    expect(new Set(filings.map(({ id }) => id)).size).toBe(queueLength);
    expect(filings.map(({ dueAt }) => dueAt)).toEqual(filings.map(({ dueAt }) => dueAt).toSorted());
  });

  it('is counted without being read', async () => {
    const counted = (await ask('reviewer', '/api/v1/filing-counts?state=awaiting_review')).json();
    expect(counted).toEqual({ total: queueLength, states: { awaiting_review: queueLength } });
    const own = (await ask('customer', '/api/v1/filing-counts')).json();
    expect(own).toEqual({ total: 7, states: { draft: 7 } });
    expect((await ask('customer', '/api/v1/filing-counts?group=with_others')).json()).toEqual({ total: 0, states: {} });
    expect((await ask('reviewer', '/api/v1/filing-counts?state=draft&group=with_others')).json().total).toBe(0);
  });
});

/** Role, path, where the answer has its rows, and what must not be in them. */
const lists = [
  ['customer', '/api/v1/filings', 'filings', 'sealed-form'],
  ['customer', '/api/v1/filings?order=due', 'filings', 'sealed-form'],
  ['customer', '/api/v1/filings?group=with_customer', 'filings', 'sealed-form'],
  ['customer', '/api/v1/records', 'records', 'sealed-name'],
  ['customer', '/api/v1/resources', 'resources', 'acct_'],
  ['customer', '/api/v1/resources?show=file', 'resources', 'xy-expired'],
  ['operator', '/api/v1/resources?show=issue&search=XY-', 'resources', 'xy-expired'],
  ['operator', '/api/v1/accounts', 'accounts', 'sealed'],
  ['operator', '/api/v1/audit?objectId=object-a', 'rows', 'sealed'],
  ['operator', '/api/v1/jobs', 'jobs', 'secret'],
  ['customer', '/api/v1/api-keys', 'apiKeys', 'hash'],
  ['customer', '/api/v1/codes', 'codes', 'sealed'],
  ['customer', '/api/v1/codes?state=suspended', 'codes', 'sealed'],
  ['customer', '/api/v1/notices', 'notices', 'about'],
  ['customer', '/api/v1/webhooks/whk_a/deliveries', 'deliveries', 'lease'],
] as const;

describe.each(lists)('%s %s', (role, path, rowsAt, hidden) => {
  it('comes in pages that add up to the whole', async () => {
    const whole = await listAt(role, path, rowsAt, { limit: '200' });
    expect(whole.next).toBeNull();
    expect(whole.rows.length).toBeGreaterThanOrEqual(7);
    for (const limit of [1, 2, whole.rows.length]) {
      expect(await allPages(role, path, rowsAt, limit), `by ${limit}`).toEqual(whole.rows);
    }
    expect(JSON.stringify(whole.rows)).not.toContain(hidden);
  });

  it('refuses a changed cursor and one of another list, and says where', async () => {
    const { next } = await listAt(role, path, rowsAt, { limit: '1' });
    const other = path.startsWith('/api/v1/audit') ? '/api/v1/jobs' : '/api/v1/audit';
    const foreign = (await listAt('operator', other, other.endsWith('jobs') ? 'jobs' : 'rows', { limit: '1' })).next;
    const cut = next?.slice(0, -1);
    for (const after of [cut, `${next}A`, foreign, '1', "' OR 1=1"]) {
      const response = await ask(
        role,
        `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ after: after ?? '' })}`,
      );
      const problem = problemShape.parse(response.json());
      expect([response.statusCode, problem.code]).toEqual([400, 'input.invalid']);
      expect(problem.places?.map((place) => place.path)).toEqual(['query.after']);
      expect(problem.places?.[0]?.zh).toContain('next');
    }
  });
});

describe('other lists', () => {
  it('a cursor of a filing list is refused by the same list in another order', async () => {
    const { next } = await listAt('customer', '/api/v1/filings', 'filings', { limit: '1' });
    expect((await ask('customer', `/api/v1/filings?order=due&after=${next}`)).statusCode).toBe(400);
  });

  it('notices and deliveries go on from the last id, too, as programs did before there were cursors', async () => {
    for (const [path, rowsAt] of [
      ['/api/v1/notices', 'notices'],
      ['/api/v1/webhooks/whk_a/deliveries', 'deliveries'],
    ] as const) {
      const [first, second] = (await listAt('customer', path, rowsAt, { limit: '2' })).rows as { id: string }[];
      const onward = async (before: string) => (await listAt('customer', path, rowsAt, { limit: '1', before })).rows;
      expect(await onward(first?.id ?? '')).toEqual([second]);
      const { next } = await listAt('customer', path, rowsAt, { limit: '1' });
      expect(await onward(next ?? '')).toEqual([second]);
      expect((await ask('customer', `${path}?before=${next}x`)).statusCode).toBe(400);
    }
  });

  it('a partner’s codes come in pages; an invalid cursor is named in the body', async () => {
    const [resource] = (await listAt('customer', '/api/v1/codes', 'codes', { limit: '1' })).rows as {
      resourceId: string;
    }[];
    const post = async (payload: object) => {
      const headers = { cookie: 's=customer' };
      const url = '/api/v1/partner/codes/query-resource';
      return app.inject({ method: 'POST', url, headers, payload: { resourceId: resource?.resourceId, ...payload } });
    };
    const ids = (answer: { codes: { code: { id: string } }[] }) => answer.codes.map(({ code }) => code.id);
    const whole = (await post({})).json();
    const first = (await post({ limit: 4 })).json();
    const last = (await post({ limit: 4, after: first.next })).json();
    expect([...ids(first), ...ids(last)]).toEqual(ids(whole));
    expect(last.next).toBeNull();
    const refused = problemShape.parse((await post({ after: 'x' })).json());
    expect(refused.places?.map((place) => place.path)).toEqual(['body.after']);
  });

  it('counts say how many there are, and to a customer how many of its own', async () => {
    const total = async (role: string, path: string) => (await ask(role, path)).json().total;
    expect(await total('customer', '/api/v1/record-counts')).toBe(7);
    expect(await total('auditor', '/api/v1/record-counts')).toBe(7);
    expect(await total('operator', '/api/v1/job-counts')).toBe(7);
    expect(await total('operator', '/api/v1/account-counts?search=acct-A')).toBe(1);
    const counts = (await ask('customer', '/api/v1/resource-counts?days=90')).json();
    expect(counts).toMatchObject({ total: 8, file: 7, issue: 7, blocked: 1 });
    expect(counts.ending).toMatchObject({ total: 1, resources: [{ id: 'xy-0' }] });
    expect((await ask('customer', '/api/v1/resource-counts?days=1')).json().ending).toEqual({
      total: 0,
      resources: [],
    });
  });
});

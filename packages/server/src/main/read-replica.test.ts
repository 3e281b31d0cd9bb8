import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ApiScope, allOperations } from '@openbeian/contract';
import { type Client, createClient, createCookieJar } from '@openbeian/contract/client';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import {
  type PrivatePostgres,
  type StandbyPostgres,
  startPrivatePostgres,
  startStandby,
} from '../../../../tests/support/private-postgres.ts';
import { createUser } from '../auth/users.ts';
import { mayLag } from '../flows/index.ts';
import { createLogger } from '../http/log.ts';
import { formatKeyRing, makeKeyRing } from '../secrets/index.ts';
import { parseConfig } from './config.ts';
import { openDeployment } from './deployment.ts';
import { startServer } from './server.ts';

/** Anything else that is to be read from a replica is a decision: see docs/adr/0042-read-replica.md. */
const expected = `
  listAccounts countAccounts nameAccounts listResources countResources listCodes countCodes listStoppingCodes
  listFilings countFilings listLapsedFilings listContests listRecords countRecords listMoves
  listDemands searchRecords listAudit listJobs countJobs listWorkFailures countWorkFailures
  compareFleet listWebhooks countWebhooks listDeliveries listNotices listReviewQueue countReviewQueue getReviewStatistics getDayStatistics
  listBlockedNames
`;

test('lists, counts and the public query may lag, and nothing that decides, guards or changes anything', () => {
  expect([...mayLag].sort()).toEqual(expected.trim().split(/\s+/).sort());
  const wrong = allOperations.filter(
    ({ id, method, command, roles }) =>
      mayLag.includes(id) && (method !== 'GET' || command || typeof roles === 'string'),
  );
  expect(wrong).toEqual([]);
});

const primary = await startPrivatePostgres({ fsync: false });
afterAll(() => primary?.stop());
/** The page of metrics is written twice a second, and nobody may ask without end. */
const soon = { timeout: 50_000, interval: 200 };

describe.skipIf(primary === null)('two servers with a standby to read from', () => {
  // Left out where there is none.
  const own = primary as PrivatePostgres;
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-replica-'));
  const endings: (() => unknown)[] = [() => rmSync(folder, { recursive: true })];
  const jar = createCookieJar();
  let standby: StandbyPostgres;
  let urls: string[];
  let key: string | null;
  let readingKey: string | null;
  /** Of the same operator, at either server. */
  let here: Client;
  let there: Client;
  /** Of another one, who changes nothing. */
  let reader: Client;

  beforeAll(async () => {
    standby = await startStandby(own);
    endings.push(() => standby.stop());
    const database = await own.createDatabase();
    const keyRingFile = join(folder, 'keys.json');
    writeFileSync(keyRingFile, formatKeyRing(makeKeyRing('test')), { mode: 0o600 });
    const config = parseConfig({
      provider: 'xingyun',
      name: { zh: '星云', en: 'Xingyun' },
      database: { url: database.url, replicaUrl: standby.urlOf(database), replicaMaxLagMs: 60_000 },
      keyRingFile,
      http: { port: 0 },
      authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    });
    const logger = createLogger('silent');
    const servers = [await startServer(config, { logger }), await startServer(config, { logger })];
    endings.push(...servers.map((server) => () => server.close()));
    urls = servers.map(({ url }) => url);
    const deployment = await openDeployment(config, { logger });
    endings.push(() => deployment.close());
    const account = { id: 'acct-li', realName: 'enterprise', displayName: '' };
    await deployment.deps.store.transaction((tx) => tx.accounts.put(account, new Date().toISOString()));
    const password = 'the right one';
    for (const [login, role, accountId] of [
      ['chen', 'operator', null],
      ['zhao', 'operator', null],
      ['li', 'customer', account.id],
    ] as const) {
      const person = { login, password, displayName: login, role, accountId };
      expect(await createUser(await deployment.library(), person)).toBe(true);
    }
    const at = (url: string, cookies = createCookieJar()) => createClient({ baseUrl: url, cookies });
    [here, there, reader] = [at(urls[0] ?? '', jar), at(urls[1] ?? '', jar), at(urls[1] ?? '')];
    await here.signIn({ body: { login: 'chen', password } });
    await reader.signIn({ body: { login: 'zhao', password } });
    const customer = at(urls[0] ?? '');
    await customer.signIn({ body: { login: 'li', password } });
    const keyWith = async (...scopes: ApiScope[]) =>
      (await customer.createApiKey({ body: { name: 'key', scopes } })).secret;
    key = await keyWith('resources:read', 'codes:verify', 'codes:revoke');
    readingKey = await keyWith('resources:read', 'codes:verify');
  }, 180_000);
  afterAll(async () => {
    for (const end of endings.reverse()) await end();
  });

  let made = 0;
  async function addAccount(): Promise<string> {
    made += 1;
    const id = `acct-new-${made}`;
    await here.putInventory({ body: { accounts: [{ id, realName: 'none' }], resources: [] } });
    return id;
  }
  const sees = async (client: Client, id: string) =>
    (await client.listAccounts({ query: {} })).accounts.some((account) => account.id === id);
  const readsAt = async (url: string, place: string, why = '') => {
    const page = await (await fetch(`${url}/metrics`)).text();
    const line = page
      .split('\n')
      .find((one) => one.startsWith(`openbeian_replica_reads_total{place="${place}",why="${why}"}`));
    return Number(line?.split(' ').at(-1) ?? 0);
  };

  it('whoever changes something finds it in the next list at either server; others read the standby', async () => {
    await vi.waitUntil(
      async () => (await sees(reader, 'acct-li')) && (await readsAt(urls[1] ?? '', 'standby')) > 0,
      soon,
    );
    await standby.pause();
    const id = await addAccount();
    expect(await sees(here, id)).toBe(true);
    expect(await sees(there, id)).toBe(true);
    await vi.waitUntil(async () => (await readsAt(urls[1] ?? '', 'primary', 'own_changes')) > 0, soon);
    // It waits for the standby, which has stopped: this one is read there.
    await vi.waitUntil(async () => !(await sees(reader, id)), soon);
    expect(await sees(there, id)).toBe(true);
    await standby.resume();
    await vi.waitUntil(() => sees(reader, id), soon);
    // What was changed before has come to the standby: it is read by those who changed it, too.
    const before = await readsAt(urls[1] ?? '', 'standby');
    await vi.waitUntil(async () => (await sees(there, id)) && (await readsAt(urls[1] ?? '', 'standby')) > before, soon);
  }, 120_000);

  it('a browser keeps how far it has to be for little longer than the standby may be behind', async () => {
    const headers = { cookie: jar.header(), 'content-type': 'application/json', 'idempotency-key': 'once' };
    const body = JSON.stringify({ accounts: [{ id: 'acct-kept', realName: 'none' }], resources: [] });
    const answer = await fetch(`${urls[0]}/api/v1/inventory`, { method: 'PUT', headers, body });
    expect(answer.status).toBe(200);
    expect(answer.headers.getSetCookie().find((cookie) => cookie.startsWith('openbeian.position='))).toMatch(
      /^openbeian\.position=[0-9A-F]+\/[0-9A-F]+; Path=\/; HttpOnly; SameSite=Lax; Max-Age=61$/,
    );
  });

  it('a program reads the standby when it says how far that must be, as its own changes were answered', async () => {
    const ask = (position?: string) =>
      fetch(`${urls[1]}/api/v1/resources`, {
        headers: { authorization: `Bearer ${key}`, ...(position && { 'openbeian-position': position }) },
      });
    await vi.waitUntil(
      async () => (await ask()).ok && (await readsAt(urls[1] ?? '', 'primary', 'not_asked')) > 0,
      soon,
    );
    const before = await readsAt(urls[1] ?? '', 'standby');
    await vi.waitUntil(async () => (await ask('0/0')).ok && (await readsAt(urls[1] ?? '', 'standby')) > before, soon);
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': 'twice' };
    const body = JSON.stringify({ code: 'AAAAA-AAAAA-AAAAA-AAAA2', accountId: 'acct-li' });
    const changed = await fetch(`${urls[0]}/api/v1/codes/verify`, { method: 'POST', headers, body });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('openbeian-position')).toMatch(/^[0-9A-F]+\/[0-9A-F]+$/);
    expect(changed.headers.getSetCookie()).toEqual([]);
  }, 120_000);

  it('a program whose key may only read has no changes of its own: it reads the standby without saying anything', async () => {
    const notAsked = () => readsAt(urls[1] ?? '', 'primary', 'not_asked');
    // What was asked before is on the page of metrics.
    await pause(1500);
    const before = [await readsAt(urls[1] ?? '', 'standby'), await notAsked()];
    const ask = async (position?: string) => {
      const headers = { authorization: `Bearer ${readingKey}`, ...(position && { 'openbeian-position': position }) };
      return (await fetch(`${urls[1]}/api/v1/resources`, { headers })).ok;
    };
    await vi.waitUntil(async () => (await ask()) && (await readsAt(urls[1] ?? '', 'standby')) > (before[0] ?? 0), soon);
    expect(await notAsked()).toBe(before[1]);
    // What another key changed it is shown when it says so.
    const behind = await readsAt(urls[1] ?? '', 'primary', 'own_changes');
    await vi.waitUntil(
      async () => (await ask('FFFFFFF/0')) && (await readsAt(urls[1] ?? '', 'primary', 'own_changes')) > behind,
      soon,
    );
  }, 120_000);

  it('the public query is read there, and goes on from the primary when the standby is gone, as readiness does', async () => {
    const [url = ''] = urls;
    const query = async () => (await fetch(`${url}/query/web?search=example.cn`)).json() as Promise<{ code: number }>;
    const before = await readsAt(url, 'standby');
    await vi.waitUntil(async () => (await query()).code === 200 && (await readsAt(url, 'standby')) > before, soon);
    await standby.crash();
    const id = await addAccount();
    await vi.waitUntil(async () => {
      expect((await query()).code).toBe(200);
      expect(await sees(reader, 'acct-li')).toBe(true);
      return (await readsAt(url, 'primary', 'away')) > 0;
    }, soon);
    expect(await sees(reader, id)).toBe(true);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready' }]);
    const page = await (await fetch(`${url}/metrics`)).text();
    expect(page).toContain('openbeian_replica_used{why="away"} 0');
    expect(page).toContain('openbeian_replica_lag_seconds +Inf');
  }, 120_000);
});

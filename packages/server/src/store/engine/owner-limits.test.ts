import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import { at, fresh, type World, worldOf } from '../testing/world.ts';
import { clearAllowances, leaseAllowance } from './lease-allowance.ts';
import { type OpenStore, openStore } from './open-store.ts';

/* Limits that many requests run into at once: two servers on one real PostgreSQL. */

const database = await createTestDatabase();
let servers: readonly OpenStore[] = [];
let world: World;
beforeAll(async () => {
  if (database === null) throw new Error('this test needs the real PostgreSQL of tests/support');
  servers = [
    await openStore({ databaseUrl: database.url, maxConnections: 24 }),
    await openStore({ databaseUrl: database.url, maxConnections: 24 }),
  ];
  world = worldOf(servers[0] as OpenStore);
});
afterAll(async () => {
  await Promise.all(servers.map((open) => open.close()));
  await database?.drop();
});

/** 80 transactions at once, over both servers; how many of them wrote. */
async function together(write: (open: OpenStore) => Promise<boolean>): Promise<number> {
  const written = await Promise.all(Array.from({ length: 80 }, (_, n) => write(servers[n % 2] as OpenStore)));
  return written.filter(Boolean).length;
}

const webhook = (accountId: string | null) => ({
  id: fresh('whk'),
  accountId,
  url: 'https://a.example/',
  types: [],
  description: '',
  sealedSecret: 's',
  secretMadeAt: at,
  previousSealedSecret: null,
  previousSecretUntil: null,
  pausedAt: null,
  pausedBecause: null,
  failingSince: null,
  consecutiveDeadDeliveries: 0,
  version: 1,
  createdAt: at,
});

test('80 webhook endpoints registered at once: an account gets its 20, and so does the provider', async () => {
  for (const accountId of [await world.account(), null]) {
    const written = await together((open) =>
      open.store.transaction((tx) => tx.webhooks.insert(webhook(accountId), 20)),
    );
    expect(written).toBe(20);
    const count = await world.open.store.transaction((tx) => tx.webhooks.count({ accountId }));
    expect(count).toBe(20);
  }
});

test('80 API keys made at once: an account gets its 50', async () => {
  const accountId = await world.account();
  const row = () => ({
    id: fresh('key'),
    accountId,
    name: '对账',
    scopes: ['codes:read'],
    secretHash: fresh('hash'),
    expiresAt: null,
    createdAt: at,
    createdBy: 'usr_1',
  });
  expect(await together((open) => open.store.transaction((tx) => tx.apiKeys.insert(row(), 50)))).toBe(50);
  const rows = await world.open.store.transaction((tx) => tx.apiKeys.list({ accountId, limit: 100 }));
  expect(rows).toHaveLength(50);
});

test('an allowance is given out once, however many processes ask for parts of it at once', async () => {
  const lease = (open: OpenStore, key: string, more: object = {}) =>
    leaseAllowance(open.kysely, { key, limit: 100, windowMs: 60_000, onCredit: 0, needed: 1, chunk: 5, ...more });
  const at = async (n: number, key: string) => (await lease(servers[n % 2] as OpenStore, key)).granted;
  const granted = await Promise.all(Array.from({ length: 80 }, (_, n) => at(n, 'account-1')));
  const all = granted.reduce((sum, one) => sum + one, 0);
  // Parts get smaller towards the end; the last unit is given to somebody.
  expect([all, granted.includes(5), granted.includes(1)]).toEqual([100, true, true]);
  const [first] = servers as [OpenStore];
  expect(await lease(first, 'account-1')).toMatchObject({ granted: 0, spent: 101 });
  // What was spent before anybody was asked counts; another's allowance is its own; a window ends.
  expect(await lease(first, 'account-2', { onCredit: 60, needed: 41 })).toMatchObject({ granted: 0 });
  expect(await lease(first, 'account-3', { onCredit: 60, needed: 40 })).toMatchObject({ granted: 40, spent: 100 });
  expect(await lease(first, 'account-4', { windowMs: 1, needed: 100 })).toMatchObject({ granted: 100 });
  await setTimeout(20);
  expect(await lease(first, 'account-4', { needed: 100 })).toMatchObject({ granted: 100, spent: 100 });
  await clearAllowances(first.kysely);
  expect(await lease(first, 'account-3')).toMatchObject({ granted: 0 });
});

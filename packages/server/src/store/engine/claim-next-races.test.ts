import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import { at, draft, fresh, later, type World, worldOf } from '../testing/world.ts';
import { type OpenStore, openStore } from './open-store.ts';

const database = await createTestDatabase();
let world: World;
let stores: OpenStore[] = [];
beforeAll(async () => {
  if (database === null) return;
  stores = await Promise.all([1, 2].map(() => openStore({ databaseUrl: database.url, maxConnections: 12 })));
  const [first] = stores;
  if (first !== undefined) world = worldOf(first);
});
afterAll(async () => {
  await Promise.all(stores.map((open) => open.close()));
  await database?.drop();
});

const reviewers = Array.from({ length: 20 }, (_, index) => `usr_${index}`);
const until = later(1);

/** So many filings that wait for review, of an account of their own. */
async function waiting(count: number, more: object = {}) {
  const accountId = await world.account();
  const ids: string[] = [];
  for (let made = 0; made < count; made += 1) {
    const row = { ...draft(accountId), state: 'awaiting_review' as const, subjectHash: fresh('subject'), ...more };
    const terms = { slot: null, excludes: [], holdsPlace: false };
    await stores[0]?.store.transaction((tx) => tx.filings.insert(row, terms));
    ids.push(row.id);
  }
  return { accountId, ids };
}

/** Everybody of them claims the next one at the same time. */
const claimAtOnce = (accountId: string, who = reviewers) =>
  Promise.all(
    who.map((holderId, index) => {
      const open = stores[index % stores.length];
      if (open === undefined) throw new Error('no store');
      return open.store.transaction((tx) => tx.reviews.claimNext({ accountId }, { holderId, at, until }));
    }),
  );

test('of twenty reviewers who claim the next filing at once, one gets the only one', async (context) => {
  if (database === null) return context.skip('no PostgreSQL');
  for (let round = 0; round < 10; round += 1) {
    const { accountId, ids } = await waiting(1);
    const claimed = await claimAtOnce(accountId);
    expect(claimed.filter((id) => id !== null)).toEqual(ids);
  }
});

test('each gets another one while there are any, and whoever comes too late gets none', async (context) => {
  if (database === null) return context.skip('no PostgreSQL');
  for (let round = 0; round < 5; round += 1) {
    const { accountId, ids } = await waiting(12);
    const claimed = (await claimAtOnce(accountId)).filter((id) => id !== null);
    expect(new Set(claimed).size).toBe(claimed.length);
    // Whoever found only rows that others had locked at that moment asks again.
    const rest = (await claimAtOnce(accountId)).filter((id) => id !== null);
    expect([...claimed, ...rest].toSorted()).toEqual(ids.toSorted());
    expect(await claimAtOnce(accountId)).toEqual(reviewers.map(() => null));
  }
});

test('nobody gets what they submitted, or passed first, or what waits for an answer', async (context) => {
  if (database === null) return context.skip('no PostgreSQL');
  const own = await waiting(1, { submittedBy: 'usr_0' });
  expect(await claimAtOnce(own.accountId, ['usr_0'])).toEqual([null]);
  expect(await claimAtOnce(own.accountId, ['usr_1'])).toEqual(own.ids);
  const looked = await waiting(1, { firstPassedBy: 'usr_0' });
  expect(await claimAtOnce(looked.accountId, ['usr_0'])).toEqual([null]);
  expect(await claimAtOnce(looked.accountId, ['usr_1'])).toEqual(looked.ids);
  const asked = await waiting(1, { askedAt: at });
  expect(await claimAtOnce(asked.accountId, ['usr_0'])).toEqual([null]);
});

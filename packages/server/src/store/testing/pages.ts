import { describe, expect, test } from 'vitest';
import type { Position } from '../../ports/index.ts';
import { pagedLists } from './paged-lists.ts';
import { at, factsOf, fresh, jobPayload, type World } from './world.ts';

/** Keyset pages: every list of the store, on both drivers. */
export function describePages(world: () => World): void {
  describe.each(pagedLists)('pages of $name', ({ make, descending = false, byIdOnly = false }) => {
    test('hold every row once, in order, across rows of the same key, and end', async () => {
      const { add, read } = await make(world());
      for (const key of [3, 1, 2, 2, 2, 5, 4]) await add(key);
      const { store } = world().open;
      const pageAt = (after?: Position, limit = 2) => store.transaction((tx) => read(tx, { after, limit }));
      const whole = await pageAt(undefined, 100);
      expect(whole).toHaveLength(7);
      expect(new Set(whole.map(({ id }) => id)).size).toBe(7);
      if (!byIdOnly) expect(new Set(whole.map(({ position }) => position[0])).size).toBe(5);
      for (const limit of [1, 2, 3, 7, 8]) {
        const pages: string[] = [];
        let after: Position | undefined;
        for (;;) {
          const page = await pageAt(after, limit);
          pages.push(...page.map(({ id }) => id));
          if (page.length < limit) break;
          after = page.at(-1)?.position;
        }
        expect(pages, `by ${limit}`).toEqual(whole.map(({ id }) => id));
      }
    });

    test('stay as they are while rows are added in front and behind', async () => {
      const { add, read } = await make(world());
      for (const key of [2, 2, 2, 3]) await add(key);
      const { store } = world().open;
      const pageAt = (after?: Position) => store.transaction((tx) => read(tx, { after, limit: 2 }));
      const before = await store.transaction((tx) => read(tx, { limit: 100 }));
      const first = await pageAt();
      await add(descending ? 4 : 1);
      await add(descending ? 1 : 4);
      const second = await pageAt(first.at(-1)?.position);
      // What came in front is on no later page; what was there comes in its order, none twice and none left out.
      expect([...first, ...second].map(({ id }) => id)).toEqual(before.map(({ id }) => id));
      if (byIdOnly) return;
      const third = await pageAt(second.at(-1)?.position);
      expect(third).toHaveLength(1);
      expect(await pageAt(third.at(-1)?.position)).toEqual([]);
    });
  });

  describe('counts', () => {
    test('of filings, by state, for one account and over all', async () => {
      const accountId = await world().account();
      for (const state of ['draft', 'draft', 'returned'] as const) await world().filing(accountId, { state });
      await world().open.store.transaction(async ({ filings }) => {
        expect(await filings.countByState({ accountId })).toEqual(
          new Map([
            ['draft', 2],
            ['returned', 1],
          ]),
        );
        expect(await filings.countByState({ accountId, states: ['draft'] })).toEqual(new Map([['draft', 2]]));
        expect(await filings.countByState({ accountId, states: [] })).toEqual(new Map());
        expect((await filings.countByState({})).get('draft')).toBeGreaterThanOrEqual(2);
      });
    });

    test('of accounts that a search finds', async () => {
      const accountId = await world().account();
      await world().open.store.transaction(async ({ accounts }) => {
        expect(await accounts.count({ search: accountId.toUpperCase() })).toBe(1);
        expect(await accounts.count({})).toBeGreaterThan(1);
        expect((await accounts.listByIds([accountId, 'acct_none'])).map(({ id }) => id)).toEqual([accountId]);
      });
    });

    test('of jobs, and of those that failed', async () => {
      await world().open.store.transaction(async ({ jobs }) => {
        const before = await jobs.count();
        await jobs.enqueue({
          id: fresh('out'),
          topic: 'authority.submit',
          payload: jobPayload,
          runAt: '2091-01-01T00:00:00.000Z',
        });
        expect(await jobs.count()).toEqual({ total: before.total + 1, failing: before.failing });
      });
    });
  });

  test('resources are found by a part of id, product, region or account, and by products named from outside', async () => {
    const accountId = await world().account();
    const { store } = world().open;
    const facts = factsOf({ region: 'Sample-South-1' });
    const one = { id: fresh('ins'), accountId, provider: 'sample', product: 'disk', facts };
    await store.transaction((tx) => tx.resources.put(one, at));
    const other = await world().resource(accountId);
    await store.transaction(async ({ resources }) => {
      const found = async (search: string, products?: readonly string[]) =>
        (await resources.listPage({ accountId, search, products, limit: 9 })).map(({ id }) => id);
      expect(await found(one.id.toUpperCase())).toEqual([one.id]);
      expect(await found('DIS')).toEqual([one.id]);
      expect(await found('south-1')).toEqual([one.id]);
      expect(await found(accountId)).toEqual([one.id, other.id].sort());
      expect(await found('云硬盘')).toEqual([]);
      expect(await found('云硬盘', ['sample/disk'])).toEqual([one.id]);
      expect(await found('%')).toEqual([]);
      expect((await resources.listOfAccounts([accountId, 'acct_none'])).map(({ id }) => id)).toEqual(
        [one.id, other.id].sort(),
      );
    });
  });

  test('a position of another shape is a mistake of the program', async () => {
    const read = world().open.store.transaction((tx) => tx.audit.list({ limit: 1, after: ['x'] }));
    await expect(read).rejects.toThrow('a position of 2 values');
  });
}

import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import type { StoreTransaction } from '../../ports/store-transaction.ts';
import { at, fresh, refusal, type World } from './world.ts';

/** What a transaction promises, and the mistakes it finds out. */
export function describeTransactions(world: () => World): void {
  describe('a transaction', () => {
    const put = (tx: StoreTransaction, id: string) => tx.accounts.put({ id, realName: 'none', displayName: '' }, at);
    const find = (id: string) => world().open.store.transaction((tx) => tx.accounts.find(id));

    test('is undone as a whole by what its work throws', async () => {
      const id = fresh('acct');
      const failing = world().open.store.transaction(async (tx) => {
        await put(tx, id);
        throw new RangeError('given up');
      });
      await expect(failing).rejects.toThrow(RangeError);
      expect(await find(id)).toBeNull();
    });

    test('is counted when it has ended, where nobody else writes; what only reads is not', async () => {
      const { store } = world().open;
      const ended = () => store.transactionsEnded();
      const before = ended();
      await store.read((tx) => tx.accounts.find('nobody'));
      await store.now();
      expect(ended()).toBe(before);
      await store.transaction((tx) => put(tx, fresh('acct')));
      const after = ended();
      if (before === null) expect(after).toBeNull();
      else expect(after).toBeGreaterThan(before);
    });

    test('of which a failed statement was swallowed does not claim to be committed', async () => {
      const id = fresh('acct');
      const swallowing = world().open.store.transaction(async (tx) => {
        await put(tx, id);
        await tx.quota.put(fresh('ledger'), -1, at).catch(() => {});
      });
      await expect(swallowing).rejects.toThrow(/swallowed/);
      expect(await find(id)).toBeNull();
    });

    test('that breaks a rule at its very end says so, and the next one is whole', async () => {
      const accountId = await world().account();
      const key = fresh('ledger');
      const deferred = world().open.store.transaction(async ({ quota }) => {
        await quota.put(key, 1, at);
        await quota.spendDirect({ spendId: fresh('spd'), ledgerKey: key, filingId: 'no-such-filing', at });
      });
      expect(await refusal(deferred)).toBe('quota_spend_filing_id_fkey');
      expect(await world().open.store.transaction((tx) => tx.quota.find(key))).toBeNull();
      expect(await find(accountId)).not.toBeNull();
    });

    test('does not wait for itself when the store is called inside of it: that is an error at once', async () => {
      const { store } = world().open;
      const nested = store.transaction(() => store.transaction(async () => 1));
      await expect(nested).rejects.toThrow(/inside of one of its transactions/);
      await expect(
        store.transaction(() =>
          store.leaseJobs({ topics: ['authority.submit'], limit: 1, owner: 'w', at: at, leaseMs: 1 }),
        ),
      ).rejects.toThrow(/inside/);
    });

    test('is not needed for reading, which sees what others commit meanwhile and cannot write or lock', async () => {
      const accountId = await world().account();
      const { store } = world().open;
      expect(await store.read((tx) => tx.accounts.find(accountId))).toMatchObject({ id: accountId });
      const id = fresh('acct');
      await expect(store.read((tx) => put(tx, id))).rejects.toThrow(/a query writes or locks/);
      await expect(store.read((tx) => tx.accounts.lock(accountId))).rejects.toThrow(/a query writes or locks/);
      await expect(store.read(() => store.read(async () => 1))).rejects.toThrow(/inside/);
      expect(await find(id)).toBeNull();
      const leaked = await store.read(async (tx) => tx);
      await expect(leaked.accounts.find(accountId)).rejects.toThrow(/`await` is missing/);
    });

    test('cannot be used after its end', async () => {
      const leaked = await world().open.store.transaction(async (tx) => tx);
      await expect(put(leaked, fresh('acct'))).rejects.toThrow(/`await` is missing/);
    });

    test('takes turns with others, whoever they are', async () => {
      const { store, kysely } = world().open;
      const id = fresh('acct');
      const written = Promise.withResolvers<void>();
      const proceed = Promise.withResolvers<void>();
      const writing = store.transaction(async (tx) => {
        await put(tx, id);
        written.resolve();
        await proceed.promise;
      });
      await written.promise;
      const seen = [
        find(id),
        kysely.transaction().execute((transaction) => sql`SELECT 1`.execute(transaction)),
        sql`SELECT 1`.execute(kysely),
      ];
      proceed.resolve();
      await writing;
      await Promise.all(seen);
      expect(await find(id)).not.toBeNull();
    });
  });

  test('the store is ready', async () => {
    expect(await world().open.store.ready()).toBe(true);
  });

  test('callers who keep asking leave the event loop its turns', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    }, 1);
    const until = performance.now() + 300;
    while (performance.now() < until) await world().open.store.transaction((tx) => tx.accounts.find('acct_none'));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  test('instants come out as ISO strings of the store and as Date of Kysely, big numbers as numbers', async () => {
    const [row] = await world().run(`SELECT '2026-11-21T09:30:00.123+08:00'::timestamptz AS t, 9007199254740991 AS n`);
    expect(row).toEqual({ t: new Date('2026-11-21T01:30:00.123Z'), n: 9007199254740991 });
    const { version } = await world().open.store.transaction((tx) => tx.gateLog.snapshot());
    expect(typeof version).toBe('number');
  });
}

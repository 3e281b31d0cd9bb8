import { isFault } from '@openbeian/model/fault';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../../../../tests/support/shared-postgres.ts';
import type { AuthorityReceipt, AuthoritySubmission, Store } from '../../ports/index.ts';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { type OpenStore, openStore } from '../../store/index.ts';
import { createSoapExchange } from './soap-exchange.ts';
import { lineWorld, province } from './testing/line-world.ts';
import type { V3Authority } from './v3-authority.ts';

const database = await createTestDatabase();
afterAll(() => database?.drop());

/** What only shows with several sessions at once: real PostgreSQL. */
describe.skipIf(database === null)('two processes on one line', () => {
  const databaseUrl = database?.url ?? '';
  let one: OpenStore;
  let other: OpenStore;
  beforeAll(async () => {
    one = await openStore({ databaseUrl, maxConnections: 8 });
    other = await openStore({ databaseUrl, maxConnections: 8 });
  });
  afterAll(() => Promise.all([one.close(), other.close()]));

  /** As the outbox does: again until there is a receipt. */
  async function insist(adapter: V3Authority, filing: AuthoritySubmission): Promise<AuthorityReceipt> {
    for (let tries = 0; ; tries += 1) {
      try {
        return await adapter.submit(filing);
      } catch (error) {
        if (!isFault(error, 'authority.unreachable') || tries > 40) throw error;
      }
    }
  }

  test('send each hand-over once under numbers without a gap, whatever breaks on the way', async () => {
    const parts = {
      vault: new KeyRingVault(makeKeyRing()),
      makeIds: (nowMs: () => number) => new SortableIds(nowMs),
      codeTables: loadCodeTables(),
    };
    const here = await lineWorld({ ...parts, store: one.store, unit: 3001 });
    try {
      const adapters = [here.adapter(), here.adapter({ store: other.store })];
      for (const how of ['breaks_after', 'garbage', 'breaks_before', 'http_503', 'breaks_after'] as const) {
        here.there.instead.push({ operation: 'isp_upload', how });
      }
      const filings = Array.from({ length: 24 }, (_, index) => here.filing(index * 2 + 1));
      // Each is handed over by both, as happens when a lease runs out.
      const receipts = await Promise.all(
        filings.flatMap((filing) => adapters.map(async (adapter) => insist(adapter, filing))),
      );
      expect(here.there.taken.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 24 }, (_, i) => i + 1));
      expect(new Set(receipts.map(({ submissionId, receipt }) => `${submissionId} ${receipt}`)).size).toBe(24);
      const line = { provider: '3001', provinceCode: province };
      const kept = await here.ledger((ledger) => ledger.listPackages(line, { limit: 99 }));
      expect(new Set(kept.map(({ submissionId }) => submissionId)).size).toBe(24);
      expect(kept.every(({ state }) => state === 'accepted')).toBe(true);
    } finally {
      await here.there.close();
    }
  }, 60_000);

  test('one that was held up for longer than its turn lasts does not send what the other has sent meanwhile', async () => {
    const parts = {
      vault: new KeyRingVault(makeKeyRing()),
      makeIds: (nowMs: () => number) => new SortableIds(nowMs),
      codeTables: loadCodeTables(),
    };
    const here = await lineWorld({ ...parts, store: one.store, unit: 3002 });
    try {
      const filing = here.filing(1);
      // It has begun before: what both would send has the same numbers of ours.
      here.there.instead.push({ operation: 'isp_upload', how: 901 });
      const quick = here.adapter({ store: other.store });
      await expect(quick.submit(filing)).rejects.toMatchObject({ code: 'authority.unreachable' });
      here.clock.nowMs += 24 * 3_600_000;
      const held = heldBeforeWriting(one.store);
      const slow = here.adapter({ store: held.store });
      const late = slow.submit(filing);
      await held.reached;
      here.clock.nowMs += 60_000;
      const receipt = await insist(quick, filing);
      held.goOn();
      expect(await late.catch((error: unknown) => (isFault(error) ? error.code : error))).toBe('authority.unreachable');
      expect(await slow.submit(filing)).toEqual(receipt);
      expect(here.there.taken.map(({ sequence }) => sequence)).toEqual([1]);
    } finally {
      await here.there.close();
    }
  }, 60_000);

  test('one that stands still before its call does not send again what the other found out about meanwhile', async () => {
    const parts = {
      vault: new KeyRingVault(makeKeyRing()),
      makeIds: (nowMs: () => number) => new SortableIds(nowMs),
      codeTables: loadCodeTables(),
    };
    const here = await lineWorld({ ...parts, store: one.store, unit: 3003 });
    try {
      const { url, credentials } = here.there;
      const exchange = createSoapExchange({ url, credentials, namespace: null, timeoutMs: 5_000 });
      const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      const upload: typeof exchange.upload = async (...given) => {
        reached.resolve();
        await goOn.promise;
        return exchange.upload(...given);
      };
      const slow = here.adapter({ exchanges: new Map([[province, { ...exchange, upload }]]) });
      const late = slow.submit(here.filing(1));
      await reached.promise;
      here.clock.nowMs += 60_000;
      const quick = here.adapter({ store: other.store });
      const receipt = await insist(quick, here.filing(1));
      await insist(quick, here.filing(3));
      goOn.resolve();
      expect(await late).toEqual(receipt);
      await insist(quick, here.filing(5));
      expect(here.there.taken.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
      const kept = await here.ledger((ledger) => ledger.listPackages(here.line, { limit: 99 }));
      expect(kept.map(({ sequence, state }) => `${sequence} ${state}`)).toEqual([3, 2, 1].map((n) => `${n} accepted`));
    } finally {
      await here.there.close();
    }
  }, 60_000);
});

/** A store that stops, once, where the row of a line is about to be locked for a new package. */
function heldBeforeWriting(store: Pick<Store, 'transaction'>) {
  const [reached, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let isOver = false;
  const transaction: Store['transaction'] = (work) =>
    store.transaction((tx) =>
      work({
        ...tx,
        authorityLedger: {
          ...tx.authorityLedger,
          async findLineForUpdate(line) {
            if (!isOver) {
              isOver = true;
              reached.resolve();
              await goOn.promise;
            }
            return tx.authorityLedger.findLineForUpdate(line);
          },
        },
      }),
    );
  return { store: { transaction }, reached: reached.promise, goOn: goOn.resolve };
}

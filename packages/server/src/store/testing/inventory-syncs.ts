import { describe, expect, test } from 'vitest';
import type { EndedSync, InventorySyncRow } from '../../ports/index.ts';
import { readableOf } from '../../ports/index.ts';
import { at, fresh, later, type World } from './world.ts';

const counts = { read: 3, new: 1, changed: 1, gone: 2, breaking: 1 };
const held = {
  digest: 'd1',
  difference: {
    counts: {
      accounts: { new: 0, changed: 0, same: 0 },
      resources: { new: 1, changed: 1, same: 0, gone: 2, breaking: 1 },
    },
    accounts: [],
    new: ['ins-1'],
    changed: [{ id: 'ins-4', fields: [{ field: 'bandwidthMbps', before: null, after: 5 }] }],
    gone: [{ id: 'ins-2', accountId: 'acct-a', facts: { region: 'cn-north-1' } }],
    breaking: [],
    leftOut: 1,
  },
  gone: ['ins-2', 'ins-3'],
  breaking: ['code cod_1'],
};
const ended = (outcome: EndedSync['outcome'], more: Partial<EndedSync> = {}): EndedSync => ({
  at: later(1),
  dueAt: later(60),
  outcome,
  result: { counts, unread: [{ zh: '未读', en: 'unread' }], trouble: null },
  held: null,
  ...more,
});

/** Inventories that are read again and again: whose turn it is, and how it went. */
export function describeInventorySyncs(world: () => World): void {
  describe('syncs of inventories', () => {
    const rows = <T>(work: Parameters<typeof run<T>>[1]) => run(world(), work);
    const one = async (name: string): Promise<InventorySyncRow | undefined> =>
      (await rows((syncs) => syncs.list([name]))).map(readableOf)[0];
    const lease = (name: string, owner: string, when = at) =>
      rows((syncs) => syncs.lease([name], owner, when, later(2)));

    test('one that never ran is due; a lease keeps it from others until it ends or is over', async () => {
      const name = fresh('sync');
      expect(await lease(name, 'w1')).toBe(name);
      expect(await lease(name, 'w2')).toBeNull();
      expect(await rows((syncs) => syncs.renew(name, 'w2', later(9)))).toBe(false);
      expect(await lease(name, 'w2', later(3))).toBe(name);
      expect(await rows((syncs) => syncs.hold(name, 'w1'))).toBe(false);
      expect(await rows((syncs) => syncs.end(name, 'w1', ended('done')))).toBe(false);
      expect(await rows((syncs) => syncs.end(name, 'w2', ended('done')))).toBe(true);
      expect(await lease(name, 'w1', later(59))).toBeNull();
      await rows((syncs) => syncs.ask(name, later(5)));
      expect(await lease(name, 'w1', later(5))).toBe(name);
      await rows((syncs) => syncs.release(name, 'w1'));
      expect(await lease(name, 'w2', later(5))).toBe(name);
    });

    test('what waits goes on waiting while the cloud is away, is confirmed once, and ends with the next result', async () => {
      const name = fresh('sync');
      await lease(name, 'w1');
      await rows((syncs) => syncs.end(name, 'w1', ended('held', { held })));
      expect(await rows((syncs) => syncs.findHeld(name))).toEqual(held);
      expect(await rows((syncs) => syncs.confirm(name, 'other', 'usr_1', later(61)))).toBe(false);
      expect(await rows((syncs) => syncs.confirm(name, 'd1', 'usr_1', later(61)))).toBe(true);
      await lease(name, 'w1', later(61));
      await rows((syncs) => syncs.end(name, 'w1', ended('failed')));
      expect(await one(name)).toMatchObject({ outcome: 'failed', failures: 1, heldDigest: 'd1', confirmedBy: 'usr_1' });
      await rows((syncs) => syncs.ask(name, later(62)));
      await lease(name, 'w1', later(62));
      await rows((syncs) => syncs.end(name, 'w1', ended('done')));
      expect(await rows((syncs) => syncs.findHeld(name))).toBeNull();
      expect(await one(name)).toEqual({
        name,
        dueAt: later(60),
        leaseUntil: null,
        beganAt: later(62),
        endedAt: later(1),
        outcome: 'done',
        succeededAt: later(1),
        failures: 0,
        result: ended('done').result,
        heldDigest: null,
        confirmedBy: null,
      });
    });
  });
}

type Rows = Parameters<Parameters<World['open']['store']['transaction']>[0]>[0]['inventorySyncs'];

const run = <T>({ open }: World, work: (rows: Rows) => Promise<T>): Promise<T> =>
  open.store.transaction(({ inventorySyncs }) => work(inventorySyncs));

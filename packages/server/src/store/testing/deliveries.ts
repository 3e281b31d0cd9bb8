import { describe, expect, test } from 'vitest';
import type { DeliveryRow, WebhookRow } from '../../ports/webhooks.ts';
import { at, fresh, later, type World } from './world.ts';

/** Receivers of events, and what waits for them. */
export function describeDeliveries(world: () => World): void {
  describe('deliveries', () => {
    const store = () => world().open.store;
    const webhook = async (some: Partial<WebhookRow> = {}, most = 1_000_000): Promise<string> => {
      const id = fresh('whk');
      await store().transaction((tx) =>
        tx.webhooks.insert(
          {
            id,
            accountId: null,
            url: 'https://a.example/',
            types: ['CodeIssued'],
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
            ...some,
          },
          most,
        ),
      );
      return id;
    };
    test('have no more receivers than an owner may have: an account, or the provider', async () => {
      const accountId = await world().account();
      const count = () => store().transaction((tx) => tx.webhooks.count({ accountId }));
      for (let turn = 0; turn < 4; turn += 1) await webhook({ accountId }, 3);
      expect(await count()).toBe(3);
      await webhook({ accountId }, 4);
      expect(await count()).toBe(4);
      const ours = await webhook({ accountId: null }, 0);
      expect(await store().transaction((tx) => tx.webhooks.find(ours))).toBe(null);
    });

    test('are not made for a receiver that was deleted meanwhile; those for others are', async () => {
      const [gone, there] = [fresh('whk'), await webhook()];
      const rowFor = (webhookId: string) =>
        ({
          id: fresh('whd'),
          webhookId,
          eventId: fresh('evt'),
          seq: 1,
          type: 'CodeIssued',
          orderKey: null,
          body: '{}',
        }) as const;
      const rows = [rowFor(gone), rowFor(there)];
      await store().transaction((tx) => tx.deliveries.insert(rows, at));
      const made = await store().transaction((tx) => Promise.all(rows.map(({ id }) => tx.deliveries.find(id))));
      expect(made.map((row) => row?.webhookId)).toEqual([undefined, there]);
    });

    let seq = 0;
    const lay = async (webhookId: string, orderKey: string | null, when = at): Promise<string> => {
      const id = fresh('whd');
      seq += 1;
      const row = { id, webhookId, eventId: fresh('evt'), seq, type: 'CodeIssued', orderKey, body: '{}' };
      await store().transaction((tx) => tx.deliveries.insert([row], when));
      return id;
    };
    /** Of these receivers only; the database is shared. */
    const lease = async (owner: string, when: string, of: string[], perWebhook = 8) => {
      const all = await store().leaseDeliveries({ owner, at: when, leaseMs: 10_000, limit: 1000, perWebhook });
      return all.filter(({ webhookId }) => of.includes(webhookId)).map(({ id }) => id);
    };
    const find = (id: string) => store().transaction((tx) => tx.deliveries.find(id)) as Promise<DeliveryRow>;
    const result = { status: 500, error: 'status', excerpt: 'no' };

    test('wait for the earlier ones of their code, and for nothing else', async () => {
      const hook = await webhook();
      const [first, second, other] = [await lay(hook, 'a'), await lay(hook, 'a'), await lay(hook, 'b')];
      expect((await lease('one', at, [hook])).sort()).toEqual([first, other].sort());
      expect(await lease('two', at, [hook])).toEqual([]);
      await store().transaction(async (tx) => {
        expect(await tx.deliveries.retry(first, 'one', later(60), result)).toBe(true);
        expect(await tx.deliveries.end({ id: other, owner: 'two' }, { state: 'delivered', result, at: at })).toBe(
          false,
        );
        expect(await tx.deliveries.end({ id: other, owner: 'one' }, { state: 'delivered', result, at: at })).toBe(true);
      });
      const third = await lay(hook, 'a');
      expect((await find(third)).nextAt).toBe(later(60));
      expect(await lease('one', later(59), [hook])).toEqual([]);
      expect(await lease('one', later(60), [hook])).toEqual([first]);
      await store().transaction((tx) =>
        tx.deliveries.end({ id: first, owner: 'one' }, { state: 'dead', result, at: later(60) }),
      );
      expect(await find(first)).toMatchObject({ state: 'dead', attempts: 2, nextAt: null, lastStatus: 500 });
      expect(await lease('one', later(60), [hook])).toEqual([second]);
      await store().transaction((tx) =>
        tx.deliveries.end({ id: second, owner: 'one' }, { state: 'delivered', result, at: later(60) }),
      );
      expect(await lease('one', later(60), [hook])).toEqual([third]);
      await store().transaction(async (tx) => {
        expect(await tx.deliveries.restart(third, later(60))).toBe(false);
        expect(await tx.deliveries.restart(first, later(60))).toBe(true);
        await tx.deliveries.end({ id: third, owner: 'one' }, { state: 'delivered', result, at: later(60) });
      });
      expect(await find(first)).toMatchObject({ state: 'waiting', attempts: 0, endedAt: null });
    });

    test('are leased for a time, which can be renewed, and fairly', async () => {
      const [hook, failing, paused] = [await webhook(), await webhook(), await webhook()];
      for (let turn = 0; turn < 4; turn += 1) for (const one of [hook, failing, paused]) await lay(one, null);
      await store().transaction(async (tx) => {
        await tx.webhooks.markFailing(failing, at);
        expect([await tx.webhooks.pause(paused, 'failures', at), await tx.webhooks.pause(paused, 'gone', at)]).toEqual([
          true,
          false,
        ]);
        expect([await tx.webhooks.countDead(failing), await tx.webhooks.countDead(failing)]).toEqual([1, 2]);
      });
      const [mine, few] = [await lease('one', at, [hook, paused], 3), await lease('one', at, [failing], 3)];
      expect([mine.length, few.length]).toEqual([3, 0]);
      // The earlier call took one of the failing receiver's as well; there is no second until that is over.
      expect(await lease('two', at, [hook, failing, paused], 3)).toEqual([]);
      const renewed = await store().renewDeliveries({ ids: mine, owner: 'one', at: later(0.1), leaseMs: 10_000 });
      expect(renewed.sort()).toEqual([...mine].sort());
      expect(await store().renewDeliveries({ ids: mine, owner: 'two', at: later(0.1), leaseMs: 10_000 })).toEqual([]);
      // After the first lease's end: what was renewed is still held, the failing one's is free again.
      const freed = await lease('two', later(0.2), [hook, failing, paused], 3);
      expect(freed).toHaveLength(1);
      expect((await find(freed[0] ?? '')).webhookId).toBe(failing);
      await store().transaction((tx) => tx.deliveries.giveBack(mine, 'one'));
      expect((await find(mine[0] ?? '')).attempts).toBe(0);
      const counts = await store().transaction((tx) => tx.deliveries.countWaiting([hook, failing, paused]));
      expect([counts.get(hook), counts.get(paused)]).toEqual([4, 4]);
    });

    test('are created once per event and receiver, listed by page, retried at once, given up, cleared away', async () => {
      const hook = await webhook({ accountId: await world().account(), types: [] });
      const row = { id: fresh('whd'), webhookId: hook, eventId: fresh('evt'), seq: 1, type: 'x', orderKey: 'a' };
      await store().transaction(async (tx) => {
        await tx.deliveries.insert([{ ...row, body: '{}' }], at);
        await tx.deliveries.insert([{ ...row, id: fresh('whd'), body: '{}' }], at);
      });
      const list = (filter: { after?: readonly string[]; state?: 'dead' }) =>
        store().transaction((tx) => tx.deliveries.list(hook, { ...filter, limit: 5 }));
      expect((await list({})).map(({ id }) => id)).toEqual([row.id]);
      expect(await list({ after: [row.id] })).toEqual([]);
      await store().transaction(async (tx) => {
        expect(await tx.webhooks.update(hook, 9, { description: 'x' })).toBe(false);
        expect(await tx.webhooks.update(hook, 1, { pausedAt: at, pausedBecause: 'request', types: [] })).toBe(true);
        expect(await tx.deliveries.expireDeliveriesOfPaused(later(1), later(2), 10)).toBeGreaterThan(0);
      });
      expect((await list({ state: 'dead' })).map(({ lastError }) => lastError)).toEqual(['paused']);
      await store().transaction(async (tx) => {
        await tx.deliveries.restart(row.id, later(9));
        await tx.deliveries.rescheduleNow(hook, later(3));
      });
      expect((await find(row.id)).nextAt).toBe(later(3));
      await store().transaction(async (tx) => {
        expect(await tx.webhooks.delete(hook)).toBe(true);
        expect(await tx.webhooks.find(hook)).toBeNull();
        await tx.deliveries.deleteEndedBefore(later(1), 10);
      });
      expect(await list({})).toEqual([]);
    });
  });
}

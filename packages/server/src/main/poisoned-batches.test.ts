import { describe, expect, test } from 'vitest';
import { keepCodeClock } from '../flows/code/code-clock.ts';
import { relayEvents } from '../flows/webhook/relay-events.ts';
import type { AuthorityMessage, UnreadableMessage } from '../ports/index.ts';
import { WebhookSender } from '../work/webhook-sender.ts';
import { Worker } from '../work/worker.ts';
import { brokenStore, depsWith, failed, failuresOf, ignore, settle, vaultWithout } from './testing/poison.ts';
import { describeOnBoth, failTest, type RuleWorld } from './testing/rule-world.ts';

await describeOnBoth('one item that always fails, of work that is done many at a time:', (get) => {
  const codes = async (world: RuleWorld) => {
    const account = await world.account();
    const resourceId = await world.server(account, 'tencent', 'cvm');
    const bad = await world.issue(account, resourceId);
    const good = await world.issue(account, resourceId);
    return { account, bad: bad.id, good: good.id };
  };

  describe('messages of the authority that cannot be read', () => {
    test('are kept raw and sealed, acknowledged and parked; a release that can read them records them', async () => {
      const world = get();
      const raw = (messageId: string) => JSON.stringify({ messageId, kind: 'a newer kind', name: '张三' });
      const unreadable = Array.from({ length: 20 }, (): UnreadableMessage => {
        const messageId = world.fresh('new');
        return {
          kind: 'unreadable',
          messageId,
          raw: raw(messageId),
          places: [{ path: 'messages[0].kind', expected: '' }],
        };
      });
      const readable = (messageId: string): AuthorityMessage => ({
        kind: 'cancelled',
        messageId,
        sentAt: new Date(world.clock.nowMs).toISOString(),
        scope: 'service',
        number: '粤ICP备2026888888号-1',
        provider: null,
      });
      const good = readable(world.fresh('msg'));
      const queue: (AuthorityMessage | UnreadableMessage)[] = [...unreadable, good];
      let reads = false;
      const authority: RuleWorld['deps']['authority'] = {
        ...world.deps.authority,
        fetchMessages: async (limit) => queue.slice(0, limit),
        acknowledge: async (id) =>
          void queue.splice(
            queue.findIndex(({ messageId }) => messageId === id),
            1,
          ),
        readMessage: (text) => (reads ? readable((JSON.parse(text) as { messageId: string }).messageId) : null),
      };
      const worker = new Worker(depsWith(world, { authority }), { owner: 'w', pollMs: 1, onError: ignore });
      await worker.settle();
      expect(queue).toEqual([]);
      const isKnown = (message: AuthorityMessage) =>
        world.deps.store.transaction(async (tx) => !(await tx.exchange.insertMessage(message, message.sentAt)));
      expect(await isKnown(good)).toBe(true);
      const kept = await failuresOf(world, 'message');
      expect(kept.map(({ itemId }) => itemId).sort()).toEqual(unreadable.map(({ messageId }) => messageId).sort());
      expect(kept.every(({ retryAt, lastError }) => retryAt === null && lastError.includes('kind'))).toBe(true);
      const [first] = unreadable;
      if (first === undefined) throw new Error('there are twenty');
      const retry = async () => {
        const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
        await world.flows.retryWork(call, { kind: 'message', itemId: first.messageId });
        await worker.settle();
        return (await failuresOf(world, 'message')).find(({ itemId }) => itemId === first.messageId);
      };
      // Retried by the same release, it is parked again; what was kept is sealed.
      expect(await retry()).toMatchObject({ retryAt: null });
      await world.flows.retryWork(
        { actor: world.operator, idempotencyKey: world.fresh('key') },
        { kind: 'message', itemId: first.messageId },
      );
      const at = new Date(world.clock.nowMs).toISOString();
      const [due] = await world.deps.store.transaction((tx) => tx.workFailures.listDueMessages(at, 1));
      expect(due?.message).toBeNull();
      expect(due?.sealedPayload).not.toContain('张三');
      reads = true;
      expect(await retry()).toBeUndefined();
      expect(await isKnown(readable(first.messageId))).toBe(true);
    });
  });

  test('messages of the authority without a readable id are kept once and parked; the others go on, and so does an operator', async () => {
    const world = get();
    const raw = JSON.stringify({ kind: 'sms_confirmed', name: '张三' });
    const lost = { kind: 'unreadable', messageId: world.fresh('content'), withoutId: true, raw, places: [] } as const;
    const sentAt = new Date(world.clock.nowMs).toISOString();
    const good: AuthorityMessage = {
      kind: 'sms_confirmed',
      messageId: world.fresh('msg'),
      submissionId: 'sub_none',
      sentAt,
    };
    let queue: (AuthorityMessage | UnreadableMessage)[] = [lost, good];
    const acknowledged: string[] = [];
    let reads: AuthorityMessage | null = null;
    const authority: RuleWorld['deps']['authority'] = {
      ...world.deps.authority,
      fetchMessages: async () => queue,
      acknowledge: async (id) => {
        acknowledged.push(id);
        queue = queue.filter(({ messageId }) => messageId !== id);
      },
      readMessage: () => reads,
    };
    const told: unknown[] = [];
    const onError = (error: unknown) => told.push(error);
    const worker = new Worker(depsWith(world, { authority }), { owner: 'w', pollMs: 1, onError });
    await worker.settle();
    await worker.settle();
    expect(queue).toEqual([lost]);
    expect(acknowledged).toEqual([good.messageId]);
    expect(told.filter((error) => String(error).includes('authority.refused'))).toHaveLength(1);
    const failure = async () => (await failuresOf(world, 'message')).find(({ itemId }) => itemId === lost.messageId);
    expect(await failure()).toMatchObject({ failures: 1, retryAt: null });
    const retry = async () => {
      const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
      await world.flows.retryWork(call, { kind: 'message', itemId: lost.messageId });
      await worker.settle();
    };
    await retry();
    expect(await failure()).toMatchObject({ retryAt: null });
    // A release that reads it records it under its own id.
    reads = { ...good, messageId: world.fresh('msg') };
    queue = [];
    await retry();
    expect(await failure()).toBeUndefined();
  });

  test('events of a code are put off in their order; those of other codes reach their receivers', async () => {
    const world = get();
    await settle(() => relayEvents(world.deps, failTest));
    const { account, bad, good } = await codes(world);
    const { webhook } = await world.flows.createWebhook(world.call(account), {
      url: 'https://example.com/hook',
      types: [],
      description: '',
    });
    await world.flows.revokeCode(world.call(account), { codeId: bad });
    const store = brokenStore(world, ({ deliveries }) => ({
      deliveries: {
        ...deliveries,
        insert: (rows, at) => (rows.some(({ orderKey }) => orderKey === bad) ? failed() : deliveries.insert(rows, at)),
      },
    }));
    const told: unknown[] = [];
    await settle(() => relayEvents(depsWith(world, { store }), (error) => told.push(error)));
    expect(told).toHaveLength(1);
    const typesFor = async (codeId: string) =>
      (await world.deps.store.transaction((tx) => tx.deliveries.list(webhook.id, { limit: 50 })))
        .filter((one) => one.orderKey === codeId)
        .sort((a, b) => a.seq - b.seq)
        .map(({ type }) => type);
    expect(await typesFor(good)).toEqual(['CodeIssued']);
    expect(await failuresOf(world, 'event')).toMatchObject([{ itemId: bad, failures: 1, lastError: 'TypeError' }]);
    // Whole again: nothing was lost, nothing overtook.
    world.clock.nowMs += 3_600_000;
    await settle(() => relayEvents(world.deps, failTest));
    expect(await typesFor(bad)).toEqual(['CodeIssued', 'CodeRevoked']);
    expect(await failuresOf(world, 'event')).toEqual([]);
  });

  test('stop days of the other codes are worked out', async () => {
    const world = get();
    const { bad, good } = await codes(world);
    await settle(() => relayEvents(world.deps, failTest));
    const store = brokenStore(world, ({ codeClock }) => ({
      codeClock: {
        ...codeClock,
        put: (rows) => (rows.some(({ codeId }) => codeId === bad) ? failed() : codeClock.put(rows)),
      },
    }));
    await settle(() => keepCodeClock(depsWith(world, { store }), ignore));
    expect(await failuresOf(world, 'clock')).toMatchObject([{ itemId: bad, failures: 1 }]);
    const isStale = (codeId: string) =>
      world.deps.store.transaction(async (tx) => (await tx.codeClock.takeStale({ limit: 1, codeId })).length === 1);
    expect(await isStale(bad)).toBe(true);
    expect(await isStale(good)).toBe(false);
    world.clock.nowMs += 3_600_000;
    await settle(() => keepCodeClock(world.deps, failTest));
    expect(await isStale(bad)).toBe(false);
    expect(await failuresOf(world, 'clock')).toEqual([]);
  });

  test('a delivery that cannot be signed counts as a failed attempt; other receivers are told', async () => {
    const world = get();
    const { account } = await codes(world);
    const receiver = async (url: string) =>
      (await world.flows.createWebhook(world.call(account), { url, types: [], description: '' })).webhook.id;
    const [bad, good] = [await receiver('https://bad.example/'), await receiver('https://good.example/')];
    await codes(world);
    for (const webhookId of [bad, good]) await world.flows.sendTestEvent(world.call(account), { webhookId });
    const posted: string[] = [];
    const outbound: RuleWorld['deps']['outbound'] = {
      problemOf: () => null,
      post: async ({ url }) => {
        posted.push(url);
        return { status: 200, error: null, excerpt: '' };
      },
    };
    const deps = depsWith(world, { outbound, vault: vaultWithout(world, `webhook:${bad}`) });
    await new WebhookSender(deps, { owner: 's', pollMs: 1, onError: failTest }).settle();
    expect(posted).toContain('https://good.example/');
    expect(posted).not.toContain('https://bad.example/');
    const deliveries = await world.deps.store.transaction((tx) => tx.deliveries.list(bad, { limit: 5 }));
    expect(deliveries.map(({ type }) => type)).toContain('WebhookTest');
    for (const one of deliveries)
      expect(one).toMatchObject({ attempts: 1, state: 'waiting', lastError: 'cannot_be_signed' });
  });
});

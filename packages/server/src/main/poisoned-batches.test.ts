import { describe, expect, test } from 'vitest';
import { keepCodeClock } from '../flows/code/code-clock.ts';
import { createFlows } from '../flows/index.ts';
import { resealNext } from '../flows/keys/reseal.ts';
import { mailNotices } from '../flows/notice/mail-notices.ts';
import { mailPeople } from '../flows/person/mail-people.ts';
import { clearOld } from '../flows/upkeep/clear-old.ts';
import { relayEvents } from '../flows/webhook/relay-events.ts';
import type { AuthorityMessage, StoreTransaction, UnreadableMessage } from '../ports/index.ts';
import { WebhookSender } from '../work/webhook-sender.ts';
import { Worker } from '../work/worker.ts';
import { describeOnBoth, failTest, type RuleWorld } from './testing/rule-world.ts';

const ignore = (): void => {};
const failed = (): never => {
  throw new TypeError('cannot be done in this test');
};
const failuresOf = async (world: RuleWorld, kind: string) =>
  (await world.flows.listWorkFailures({ actor: world.operator }, {})).failures.filter((one) => one.kind === kind);

/** The world's deps with other parts; its rules may still change. */
const depsWith = (world: RuleWorld, parts: Partial<RuleWorld['deps']>): RuleWorld['deps'] =>
  Object.defineProperty({ ...world.deps, ...parts }, 'policies', { get: () => world.deps.policies });

/** The store, with a transaction in which something is broken. */
const brokenStore = (world: RuleWorld, breakIn: (tx: StoreTransaction) => Partial<StoreTransaction>) => {
  const { store } = world.deps;
  return {
    ...store,
    transaction: ((work) => store.transaction((tx) => work({ ...tx, ...breakIn(tx) }))) as typeof store.transaction,
  };
};

/** The vault, with one context that no key opens. */
const vaultWithout = (world: RuleWorld, closed: string): RuleWorld['deps']['vault'] => {
  const { vault } = world.deps;
  return {
    newest: vault.newest,
    checks: vault.checks,
    seal: (clear, context) => vault.seal(clear, context),
    open: (sealed, context) => (context === closed ? failed() : vault.open(sealed, context)),
    hash: (text, purpose) => vault.hash(text, purpose),
    hashes: (text, purpose) => vault.hashes(text, purpose),
  };
};

await describeOnBoth('one item that always fails, of work that is done many at a time:', (get) => {
  const codes = async (world: RuleWorld) => {
    const account = await world.account();
    const resourceId = await world.server(account, 'tencent', 'cvm');
    const bad = await world.issue(account, resourceId);
    const good = await world.issue(account, resourceId);
    return { account, bad: bad.id, good: good.id };
  };
  const settle = async (round: () => Promise<number>) => {
    for (let rounds = 0; rounds < 100; rounds += 1) if ((await round()) === 0) return;
    throw new Error('it does not come to rest');
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

  test('a notice whose addresses cannot be read fails alone; the others are mailed', async () => {
    const world = get();
    const [bad, good] = [await world.account(), await world.account()];
    const at = new Date(world.clock.nowMs).toISOString();
    const addressOf = new Map([
      [bad, `${bad}@people.example`],
      [good, `${good}@people.example`],
    ]);
    for (const [accountId, address] of addressOf) {
      await world.flows.putNoticeMail(world.call(accountId), { addresses: [address] });
      const notice = {
        id: world.deps.ids.next('ntc'),
        accountId,
        type: 'CodeSuspended',
        about: world.fresh('about'),
      } as const;
      await world.deps.store.transaction((tx) =>
        tx.notices.add({ ...notice, at, resourceId: null, webhookId: null, codes: 1, stopsOn: null, daysLeft: null }),
      );
    }
    // Notices of the same matter are collected for some minutes.
    world.clock.nowMs += 3_600_000;
    const sent: string[] = [];
    const notifier = { enabled: true, send: async ({ to }: { to: string }) => void sent.push(to) };
    const vault = vaultWithout(world, `account:${bad}:mail`);
    await mailNotices(depsWith(world, { notifier, vault }));
    expect(sent).toContain(addressOf.get(good));
    expect(sent).not.toContain(addressOf.get(bad));
    // Later, once it can be read.
    world.clock.nowMs += 3_600_000;
    await mailNotices(depsWith(world, { notifier }));
    expect(sent).toContain(addressOf.get(bad));
  });

  test('links for people whose address is gone or cannot be read keep nobody else’s from being mailed', async () => {
    const world = get();
    const sent: string[] = [];
    const notifier = { enabled: true, send: async ({ to }: { to: string }) => void sent.push(to) };
    const deps = depsWith(world, { notifier });
    const flows = createFlows(deps);
    const invite = async () => {
      const login = world.fresh('invited');
      const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
      const mail = `${login}@people.example`;
      const input = { login, displayName: login, role: 'auditor', accountId: null, mail } as const;
      return { mail, id: (await flows.invitePerson(call, input)).person.id };
    };
    // A whole batch of them, asked for first.
    for (let turn = 0; turn < 20; turn += 1) {
      const { id } = await invite();
      await world.run(`UPDATE auth_user SET sealed_mail = NULL WHERE id = '${id}'`);
    }
    const [bad, good] = [await invite(), await invite()];
    await world.run(`UPDATE auth_user SET sealed_mail = 'v1.test.AAAA' WHERE id = '${bad.id}'`);
    await mailPeople(deps);
    expect(sent).toEqual([good.mail]);
    // Other tests seal everything again.
    await world.run(`UPDATE auth_user SET sealed_mail = NULL WHERE id = '${bad.id}'`);
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

  test('what no key opens is named, and everything else is sealed again', async () => {
    const world = get();
    const { bad, good } = await codes(world);
    const old = vaultWithout(world, `code:${bad}`);
    // A newer key, by name; what it seals need not be read here.
    const seals = new Map<string, string>();
    const vault = {
      ...old,
      newest: { sealing: 'newer', hashing: old.newest.hashing },
      seal: (clear: string, context: Parameters<typeof old.seal>[1]) => {
        const sealed = old.seal(clear, context);
        seals.set(context, sealed);
        return sealed;
      },
    };
    const unreadable: string[] = [];
    for (;;) {
      const step = await resealNext(depsWith(world, { vault }));
      if (step === null) break;
      unreadable.push(...step.unreadable);
    }
    expect(unreadable).toEqual([bad]);
    expect([...seals.keys()]).toContain(`code:${good}`);
  });

  test('old rows of one kind that cannot be cleared keep no other kind', async () => {
    const world = get();
    const account = await world.account();
    const at = new Date(world.clock.nowMs).toISOString();
    const about = world.fresh('about');
    const notice = { id: world.deps.ids.next('ntc'), accountId: account, type: 'CodeSuspended', about, at } as const;
    await world.deps.store.transaction((tx) =>
      tx.notices.add({ ...notice, resourceId: null, webhookId: null, codes: 1, stopsOn: null, daysLeft: null }),
    );
    world.clock.nowMs += 400 * 86_400_000;
    const store = brokenStore(world, ({ idempotency }) => ({
      idempotency: { ...idempotency, deleteClaimedBefore: async () => failed() },
    }));
    const told: unknown[] = [];
    const round = () => clearOld(depsWith(world, { store }), (error) => told.push(error));
    await settle(round);
    expect(told).toHaveLength(1);
    const { notices } = await world.flows.listNotices(world.call(account), { unread: 'false', limit: 50 });
    expect(notices).toEqual([]);
    // Tried later and later, then parked; an operator who has removed the cause has it tried again.
    const item = async () => (await failuresOf(world, 'purge')).find(({ itemId }) => itemId === 'idempotency');
    expect(await item()).toMatchObject({ failures: 1, lastError: 'TypeError' });
    for (let hour = 0; hour < 20; hour += 1) {
      world.clock.nowMs += 3_600_000;
      await settle(round);
    }
    expect(told).toHaveLength(8);
    expect(await item()).toMatchObject({ retryAt: null });
    const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
    await world.flows.retryWork(call, { kind: 'purge', itemId: 'idempotency' });
    await settle(() => clearOld(world.deps, failTest));
    expect(await item()).toBeUndefined();
  });
});

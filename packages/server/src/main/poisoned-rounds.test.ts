import { Fault } from '@openbeian/model/fault';
import { describe, expect, test } from 'vitest';
import { finishLapses } from '../flows/filing/lapse/finish-lapses.ts';
import { sweepOverdue } from '../flows/filing/sweep-overdue.ts';
import { retryGate } from '../flows/gate/closed-names.ts';
import { mailNotices } from '../flows/notice/mail-notices.ts';
import { remind } from '../flows/notice/remind.ts';
import { relayEvents } from '../flows/webhook/relay-events.ts';
import type { AuthorityMessage, StoreTransaction } from '../ports/index.ts';
import { WebhookSender } from '../work/webhook-sender.ts';
import { Worker } from '../work/worker.ts';
import { notify } from './testing/notices.ts';
import { brokenStore, depsWith, failed, failuresOf, ignore, settle } from './testing/poison.ts';
import { describeOnBoth, failTest, type RuleWorld } from './testing/rule-world.ts';
import { sampleRules } from './testing/sample-rules.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;

/** What is everybody's trouble as a rule, and here one item's for ever: a statement that times out, a row that is never as it was read. */
const passing = ['store.unavailable', 'object.changed'] as const;

await describeOnBoth('one item, the first of its round, that for ever', (get) => {
  const broken = (world: RuleWorld, breakIn: (tx: StoreTransaction) => Partial<StoreTransaction>) =>
    depsWith(world, { store: brokenStore(world, breakIn) });
  const stateOf = async (world: RuleWorld, filingId: string) =>
    (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.state;
  const drafted = async (world: RuleWorld) => {
    const account = await world.account();
    const bad = await world.bind(await world.draft(account), {
      resourceId: await world.server(account, 'tencent', 'cvm'),
    });
    world.clock.nowMs += minuteMs;
    return { bad: bad.filingId, good: (await world.draft(account)).filingId };
  };

  describe.each(passing)('throws %s:', (code) => {
    const never = (): never => {
      throw new Fault(code);
    };

    test('of what is overdue, it is tried later and later, never parked, and the others lapse', async () => {
      const world = get();
      const { bad, good } = await drafted(world);
      world.clock.nowMs += 61 * dayMs;
      const deps = broken(world, ({ filings }) => ({
        filings: { ...filings, findForUpdate: (id) => (id === bad ? never() : filings.findForUpdate(id)) },
      }));
      await settle(() => sweepOverdue(deps, ignore));
      expect(await stateOf(world, good)).toBe('abandoned');
      const failure = async () => (await failuresOf(world, 'overdue')).find(({ itemId }) => itemId === bad);
      expect(await failure()).toMatchObject({ failures: 1, retryAt: expect.any(String) });
      for (let round = 0; round < 12; round += 1) {
        world.clock.nowMs += 3_600_000;
        await settle(() => sweepOverdue(deps, ignore));
      }
      expect(await failure()).toMatchObject({ failures: 13, retryAt: expect.any(String) });
      world.clock.nowMs += 3_600_000;
      await settle(() => sweepOverdue(world.deps, failTest));
      expect([await stateOf(world, bad), await failure()]).toEqual(['abandoned', undefined]);
    });

    test('of lapses, the others are finished; one that is undone meanwhile is no failure any more', async () => {
      const world = get();
      world.useRules(sampleRules({ codes: { reusableAfterAbandon: false } }));
      const account = await world.account();
      const resourceId = await world.server(account, 'xingyun', 'server');
      const lapsed = async () => {
        const code = await world.issue(account, resourceId);
        const { filingId, version } = await world.bind(await world.draft(account), { code: code.clear });
        const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
        await world.flows.lapseFiling(call, { filingId, version, comment: '客户已放弃' });
        world.clock.nowMs += minuteMs;
        return { filingId, codeId: code.id };
      };
      const [bad, good] = [await lapsed(), await lapsed()];
      world.clock.nowMs += world.deps.keep.undoDays * dayMs;
      const deps = broken(world, ({ lapses }) => ({
        lapses: { ...lapses, find: (id) => (id === bad.filingId ? never() : lapses.find(id)) },
      }));
      await settle(() => finishLapses(deps, ignore));
      const codeState = async ({ codeId }: typeof bad) =>
        (await world.flows.getCode({ actor: world.operator }, { codeId })).state;
      expect([await codeState(bad), await codeState(good)]).toEqual(['bound', 'revoked']);
      const failure = async () => (await failuresOf(world, 'lapse')).find(({ itemId }) => itemId === bad.filingId);
      expect(await failure()).toMatchObject({ failures: 1, retryAt: expect.any(String) });
      await world.deps.store.transaction((tx) => tx.lapses.remove(bad.filingId));
      world.clock.nowMs += 3_600_000;
      await settle(() => finishLapses(world.deps, failTest));
      expect([await codeState(bad), await failure()]).toEqual(['bound', undefined]);
      world.useRules(null);
    });

    test('of reminders, the others go out; one whose matter has moved on is no failure any more', async () => {
      const world = get();
      const returned = async () => {
        const account = await world.account();
        const resourceId = await world.server(account, 'xingyun', 'server');
        const { filingId, version } = await world.submit(await world.bind(await world.draft(account), { resourceId }));
        const reasons = [{ field: null, reasonId: 'service.name_too_general', comment: '' }];
        const call = { actor: world.reviewer, idempotencyKey: world.fresh('key') };
        await world.flows.returnFiling(call, { filingId, version, reasons });
        world.clock.nowMs += minuteMs;
        return { account, filingId };
      };
      const [bad, good] = [await returned(), await returned()];
      world.clock.nowMs += 8 * dayMs;
      const deps = broken(world, ({ filings }) => ({
        filings: { ...filings, findForUpdate: (id) => (id === bad.filingId ? never() : filings.findForUpdate(id)) },
      }));
      await settle(() => remind(deps, ignore));
      const told = async ({ account }: typeof bad) => {
        const { notices } = await world.flows.listNotices(world.call(account), { unread: 'false', limit: 50 });
        return notices.filter(({ type }) => type === 'FilingDueSoon').length;
      };
      expect([await told(bad), await told(good)]).toEqual([0, 1]);
      const failure = async () => (await failuresOf(world, 'reminder'))[0];
      expect(await failure()).toMatchObject({ itemId: `filing:${bad.filingId}`, failures: 1 });
      await world.run(`DELETE FROM reminder WHERE item_id = '${bad.filingId}'`);
      world.clock.nowMs += 3_600_000;
      await settle(() => remind(world.deps, failTest));
      expect([await told(bad), await failure()]).toEqual([0, undefined]);
    });

    test('of a batch, the others are done each by itself', async () => {
      const world = get();
      await settle(() => relayEvents(world.deps, failTest));
      const account = await world.account();
      const resourceId = await world.server(account, 'tencent', 'cvm');
      const { id: bad } = await world.issue(account, resourceId);
      const { id: good } = await world.issue(account, resourceId);
      const deps = broken(world, ({ codeClock }) => ({
        codeClock: {
          ...codeClock,
          add: (events) => (events.some(({ codeId }) => codeId === bad) ? never() : codeClock.add(events)),
        },
      }));
      await settle(() => relayEvents(deps, ignore));
      const isFollowed = (codeId: string) =>
        world.deps.store.transaction(async (tx) => (await tx.codeClock.takeStale({ limit: 1, codeId })).length === 1);
      expect([await isFollowed(bad), await isFollowed(good)]).toEqual([false, true]);
      expect(await failuresOf(world, 'event')).toMatchObject([{ itemId: bad, failures: 1 }]);
      world.clock.nowMs += 3_600_000;
      await settle(() => relayEvents(world.deps, failTest));
      expect([await isFollowed(bad), await failuresOf(world, 'event')]).toEqual([true, []]);
    });

    test('of what an operator has tried again, the others are', async () => {
      const world = get();
      const [bad, good] = [`${world.fresh('bad')}.example`, `${world.fresh('good')}.example`];
      for (const itemId of [bad, good]) {
        const failedAt = new Date((world.clock.nowMs += minuteMs)).toISOString();
        const row = { kind: 'gate', itemId, payload: null, sealedPayload: null, failedAt, lastError: 'x' } as const;
        await world.deps.store.transaction((tx) => tx.workFailures.put({ ...row, retryAt: failedAt }));
      }
      const deps = broken(world, ({ gateLog }) => ({
        gateLog: { ...gateLog, renew: async (name, at) => (name === bad ? never() : gateLog.renew(name, at)) },
      }));
      await settle(() => retryGate(deps, ignore));
      expect(await failuresOf(world, 'gate')).toMatchObject([
        { itemId: bad, failures: 2, retryAt: expect.any(String) },
      ]);
      world.clock.nowMs += 3_600_000;
      await settle(() => retryGate(world.deps, failTest));
    });

    test('of the authority’s messages, it is kept and acknowledged; those behind it are recorded', async () => {
      const world = get();
      const [bad, good] = [messageOf(world), messageOf(world)];
      const queue = [bad, good];
      const store = brokenStore(world, ({ exchange }) => ({
        exchange: {
          ...exchange,
          insertMessage: (message, at) =>
            message.messageId === bad.messageId ? never() : exchange.insertMessage(message, at),
        },
      }));
      const worker = workerOn(depsWith(world, { authority: authorityOf(world, queue), store }));
      await worker.settle();
      expect(queue).toEqual([]);
      expect(await isKnown(world, good)).toBe(true);
      expect(await failuresOf(world, 'message')).toMatchObject([{ itemId: bad.messageId, failures: 1 }]);
      world.clock.nowMs += 3_600_000;
      await workerOn(depsWith(world, { authority: authorityOf(world, queue) })).settle();
      expect([await isKnown(world, bad), await failuresOf(world, 'message')]).toEqual([true, []]);
    });

    test('of deliveries whose result cannot be written, it waits, and those behind it are sent', async () => {
      const world = get();
      const account = await world.account();
      const { webhook } = await world.flows.createWebhook(world.call(account), {
        url: 'https://example.com/hook',
        types: [],
        description: '',
      });
      // More than are sent to one receiver at a time.
      const codes: string[] = [];
      for (let one = 0; one < 10; one += 1) {
        codes.push((await world.issue(account, await world.server(account, 'tencent', 'cvm'))).id);
      }
      const bad = new Set<string>();
      const posted: string[] = [];
      const outbound: RuleWorld['deps']['outbound'] = {
        problemOf: () => null,
        post: async ({ body }) => {
          posted.push(codes.find((id) => body?.includes(id)) ?? '');
          return { status: 200, error: null, excerpt: '' };
        },
      };
      await settle(() => relayEvents(world.deps, failTest));
      const listed = () => world.deps.store.transaction((tx) => tx.deliveries.list(webhook.id, { limit: 50 }));
      for (const { id, orderKey } of await listed()) if (codes.indexOf(orderKey ?? '') < 8) bad.add(id);
      expect(bad.size).toBe(8);
      const store = brokenStore(world, ({ deliveries }) => ({
        deliveries: { ...deliveries, end: async (of, how) => (bad.has(of.id) ? never() : deliveries.end(of, how)) },
      }));
      const options = { owner: world.fresh('sender'), pollMs: 1, onError: ignore };
      const sender = new WebhookSender(depsWith(world, { outbound, store }), options);
      for (let round = 0; round < 3; round += 1) {
        await sender.settle();
        // Longer than a lease: they are due again, and were due before those behind them.
        world.clock.nowMs += 11_000;
      }
      const states = (await listed()).map(({ id, state, nextAt }) => [bad.has(id), state, nextAt !== null]);
      expect(new Set(states.map(String))).toEqual(new Set(['true,waiting,true', 'false,delivered,false']));
      expect(posted).toEqual(expect.arrayContaining(codes.slice(8)));
    });

    test('of mail whose result cannot be written, the others are mailed', async () => {
      const world = get();
      const [bad, good] = [await world.account(), await world.account()];
      for (const accountId of [bad, good]) {
        await world.flows.putNoticeMail(world.call(accountId), { addresses: [`${accountId}@people.example`] });
        await notify(world, accountId);
        world.clock.nowMs += minuteMs;
      }
      world.clock.nowMs += 3_600_000;
      const sent: string[] = [];
      const notifier = { enabled: true, send: async ({ to }: { to: string }) => void sent.push(to) };
      const [first] = (await world.flows.listNotices(world.call(bad), { unread: 'false', limit: 5 })).notices;
      const store = brokenStore(world, ({ notices }) => ({
        notices: { ...notices, endMail: async (...of) => (of[0] === first?.id ? never() : notices.endMail(...of)) },
      }));
      await expect(mailNotices(depsWith(world, { notifier, store }))).rejects.toThrow(code);
      expect(sent).toContain(`${good}@people.example`);
      expect(await failuresOf(world, 'notice')).toMatchObject([{ itemId: first?.id, failures: 1 }]);
      world.clock.nowMs += 3_600_000;
      await settle(() => mailNotices(depsWith(world, { notifier })));
      expect(await failuresOf(world, 'notice')).toEqual([]);
    });
  });

  test('leaves its acknowledgement unanswered, or can be kept nowhere, has its turn behind the other messages', async () => {
    const world = get();
    const bad = Array.from({ length: 5 }, () => messageOf(world));
    const good = Array.from({ length: 30 }, () => messageOf(world));
    const isBad = (id: string) => bad.some(({ messageId }) => messageId === id);
    const unanswered = [...bad, ...good];
    const authority = {
      ...authorityOf(world, unanswered),
      acknowledge: async (id: string) => {
        if (isBad(id)) throw new Fault('authority.unreachable');
        await authorityOf(world, unanswered).acknowledge(id);
      },
    };
    await workerOn(depsWith(world, { authority })).settle();
    await workerOn(depsWith(world, { authority })).settle();
    const worker = workerOn(depsWith(world, { authority }));
    for (let round = 0; round < 8; round += 1) await worker.messages.tick();
    expect(unanswered).toEqual(bad);
    const unkept = [...bad, ...good].map(() => messageOf(world));
    const lost = unkept.slice(0, 5);
    const store = brokenStore(world, ({ exchange, workFailures }) => ({
      exchange: {
        ...exchange,
        insertMessage: (message, at) =>
          lost.some((one) => one.messageId === message.messageId) ? failed() : exchange.insertMessage(message, at),
      },
      workFailures: {
        ...workFailures,
        put: async (row) => (lost.some((one) => one.messageId === row.itemId) ? failed() : workFailures.put(row)),
      },
    }));
    const other = workerOn(depsWith(world, { authority: authorityOf(world, unkept), store }));
    for (let round = 0; round < 8; round += 1) await other.messages.tick();
    expect(unkept).toEqual(lost);
  });

  test('is the database itself: the round ends, nothing is counted, and it is told once', async () => {
    const world = get();
    const { bad, good } = await drafted(world);
    world.clock.nowMs += 61 * dayMs;
    const away = (): never => {
      throw new Fault('store.unavailable');
    };
    const deps = broken(world, ({ filings, workFailures }) => ({
      filings: { ...filings, findForUpdate: away },
      workFailures: { ...workFailures, put: away },
    }));
    const told: unknown[] = [];
    await expect(sweepOverdue(deps, (error) => told.push(error))).rejects.toThrow('store.unavailable');
    expect([told, await failuresOf(world, 'overdue')]).toEqual([[], []]);
    await settle(() => sweepOverdue(world.deps, failTest));
    expect([await stateOf(world, bad), await stateOf(world, good)]).toEqual(['abandoned', 'abandoned']);
  });
});

const workerOn = (deps: RuleWorld['deps']) => new Worker(deps, { owner: 'w', pollMs: 1, onError: ignore });

const messageOf = (world: RuleWorld): AuthorityMessage => ({
  kind: 'sms_confirmed',
  messageId: world.fresh('msg'),
  submissionId: 'sub_none',
  sentAt: new Date(world.clock.nowMs).toISOString(),
});

/** An authority with these messages, of which it gives the first ones until they are acknowledged. */
const authorityOf = (world: RuleWorld, queue: AuthorityMessage[]): RuleWorld['deps']['authority'] => ({
  ...world.deps.authority,
  fetchMessages: async (limit) => queue.slice(0, limit),
  acknowledge: async (id) => void queue.splice(0, queue.length, ...queue.filter(({ messageId }) => messageId !== id)),
});

const isKnown = (world: RuleWorld, message: AuthorityMessage) =>
  world.deps.store.transaction(async (tx) => !(await tx.exchange.insertMessage(message, message.sentAt)));

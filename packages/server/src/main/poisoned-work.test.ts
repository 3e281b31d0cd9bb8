import { Fault } from '@openbeian/model/fault';
import { describe, expect, test } from 'vitest';
import { recordMessage, retryMessages } from '../flows/authority/record-message.ts';
import { finishLapses } from '../flows/filing/lapse/finish-lapses.ts';
import { sweepOverdue } from '../flows/filing/sweep-overdue.ts';
import type { Authority, AuthorityMessage } from '../ports/index.ts';
import { Worker } from '../work/worker.ts';
import { brokenStore, depsWith, ignore } from './testing/poison.ts';
import { describeOnBoth, type RuleWorld } from './testing/rule-world.ts';
import { sampleRules } from './testing/sample-rules.ts';

const dayMs = 86_400_000;
const failuresUntilParked = 8;

const failuresOf = async (world: RuleWorld) =>
  (await world.flows.listWorkFailures({ actor: world.operator }, {})).failures;

await describeOnBoth('one item that always fails', (get) => {
  const server = (world: RuleWorld, account: string) => world.server(account, 'tencent', 'cvm');

  describe('of the overdue sweep', () => {
    test('keeps no other waiting, is put off, then parked with its cause, and an operator retries it', async () => {
      const world = get();
      const account = await world.account();
      const bad = await world.bind(await world.draft(account), { resourceId: await server(world, account) });
      const good = await world.draft(account);
      // What the filing holds cannot be read, so it cannot be returned.
      const deps = brokenFor(world, bad.filingId);
      world.clock.nowMs += 61 * dayMs;
      const told: unknown[] = [];
      await sweepOverdue(deps, (error) => told.push(error));
      expect((await world.flows.getFiling({ actor: world.operator }, { filingId: good.filingId })).filing.state).toBe(
        'abandoned',
      );
      expect(told).toHaveLength(1);
      for (let round = 0; round < 20; round += 1) {
        world.clock.nowMs += 3_600_000;
        await sweepOverdue(deps, ignore);
      }
      const [failure] = (await failuresOf(world)).filter(({ itemId }) => itemId === bad.filingId);
      expect(failure).toMatchObject({ kind: 'overdue', failures: failuresUntilParked, retryAt: null });
      expect(failure?.lastError).toContain('store.unreadable_in_this_test');
      // Fixed: nothing happens by itself, and everything once an operator says so.
      await sweepOverdue(world.deps, ignore);
      const state = async () =>
        (await world.flows.getFiling({ actor: world.operator }, { filingId: bad.filingId })).filing.state;
      expect(await state()).toBe('draft');
      const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
      await world.flows.retryWork(call, { kind: 'overdue', itemId: bad.filingId });
      await sweepOverdue(world.deps, ignore);
      expect(await state()).toBe('abandoned');
      expect((await failuresOf(world)).filter(({ itemId }) => itemId === bad.filingId)).toEqual([]);
    });
  });

  test('of the overdue sweep that somebody ended by hand is no failure any more once it is retried', async () => {
    const world = get();
    const account = await world.account();
    const bad = await world.bind(await world.draft(account), { resourceId: await server(world, account) });
    world.clock.nowMs += 61 * dayMs;
    const deps = brokenFor(world, bad.filingId);
    for (let round = 0; round < 10; round += 1) {
      await sweepOverdue(deps, ignore);
      world.clock.nowMs += 3_600_000;
    }
    const failure = async () => (await failuresOf(world)).find(({ itemId }) => itemId === bad.filingId);
    expect(await failure()).toMatchObject({ retryAt: null });
    await world.flows.abandonFiling(world.call(account), { filingId: bad.filingId, version: bad.version });
    const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
    await world.flows.retryWork(call, { kind: 'overdue', itemId: bad.filingId });
    await sweepOverdue(world.deps, ignore);
    expect(await failure()).toBeUndefined();
  });

  test('of a lapse whose term is over keeps no other, is put off, and goes on when its cause is removed', async () => {
    const world = get();
    world.useRules(sampleRules({ codes: { reusableAfterAbandon: false } }));
    const account = await world.account();
    const resourceId = await world.server(account, 'xingyun', 'server');
    const lapsed = async () => {
      const code = await world.issue(account, resourceId);
      const { filingId, version } = await world.bind(await world.draft(account), { code: code.clear });
      const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
      await world.flows.lapseFiling(call, { filingId, version, comment: '客户已放弃' });
      return { filingId, codeId: code.id };
    };
    const [bad, good] = [await lapsed(), await lapsed()];
    // Released behind the store's back, as nothing of ours does.
    await world.run(`UPDATE filing_code SET bound_filing_id = NULL, bound_at = NULL WHERE id = '${bad.codeId}'`);
    world.clock.nowMs += world.deps.keep.undoDays * 86_400_000;
    await finishLapses(world.deps, ignore);
    const stateOf = async (codeId: string) => (await world.flows.getCode({ actor: world.operator }, { codeId })).state;
    expect(await stateOf(good.codeId)).toBe('revoked');
    const failure = async () => (await failuresOf(world)).find(({ kind }) => kind === 'lapse');
    expect(await failure()).toMatchObject({ itemId: bad.filingId, failures: 1 });
    expect(await finishLapses(world.deps, ignore)).toBe(0);
    await world.run(
      `UPDATE filing_code SET bound_filing_id = '${bad.filingId}', bound_at = now() WHERE id = '${bad.codeId}'`,
    );
    world.clock.nowMs += 3_600_000;
    await finishLapses(world.deps, ignore);
    expect([await stateOf(bad.codeId), await failure()]).toEqual(['revoked', undefined]);
    world.useRules(null);
  });

  test('of the authority’s messages is kept and acknowledged; those behind it are recorded', async () => {
    const world = get();
    const sentAt = new Date(world.clock.nowMs).toISOString();
    const messageOf = (messageId: string): AuthorityMessage =>
      ({
        kind: 'cancelled',
        messageId,
        sentAt,
        scope: 'service',
        number: '粤ICP备2026999999号-1',
        provider: null,
      }) as const;
    const bad = { ...messageOf(world.fresh('msg')), sentAt: 'not an instant' };
    const poisoned = Array.from({ length: 20 }, () => ({ ...bad, messageId: world.fresh('msg'), number: '\u0000' }));
    const good = messageOf(world.fresh('msg'));
    const queue = [...poisoned, good];
    const authority: Authority = {
      ...world.deps.authority,
      fetchMessages: async (limit) => queue.slice(0, limit),
      acknowledge: async (id) => void queue.splice(0, queue.length, ...queue.filter((one) => one.messageId !== id)),
    };
    const told: unknown[] = [];
    const worker = new Worker({ ...world.deps, authority }, { owner: 'w', pollMs: 1, onError: (e) => told.push(e) });
    await worker.tick();
    await worker.tick();
    expect(queue).toEqual([]);
    expect(told.length).toBeGreaterThanOrEqual(20);
    const kept = (await failuresOf(world)).filter(({ kind }) => kind === 'message');
    expect(kept.map(({ itemId }) => itemId).sort()).toEqual(poisoned.map(({ messageId }) => messageId).sort());
    expect(await world.deps.store.transaction((tx) => tx.exchange.insertMessage(good, sentAt))).toBe(false);
    // Tried again later and later, then parked.
    for (let round = 0; round < 20; round += 1) {
      world.clock.nowMs += 3_600_000;
      await retryMessages(world.deps, ignore);
    }
    const parked = (await failuresOf(world)).filter(({ kind }) => kind === 'message');
    expect(parked.every(({ retryAt, failures }) => retryAt === null && failures === failuresUntilParked)).toBe(true);
    expect(await retryMessages(world.deps, ignore)).toBe(0);
    const [one] = poisoned;
    if (one !== undefined) await recordMessage(world.deps, messageOf(one.messageId), ignore);
    expect((await failuresOf(world)).map(({ itemId }) => itemId)).not.toContain(one?.messageId);
  });

  test('of the acknowledgements that the authority refuses keeps no other message', async () => {
    const world = get();
    const sentAt = new Date(world.clock.nowMs).toISOString();
    const messageOf = (): AuthorityMessage =>
      ({ kind: 'sms_confirmed', messageId: world.fresh('msg'), submissionId: 'sub_none', sentAt }) as const;
    const refused = Array.from({ length: 30 }, messageOf);
    const good = Array.from({ length: 30 }, messageOf);
    const queue = [...refused, ...good];
    const authority: Authority = {
      ...world.deps.authority,
      fetchMessages: async (limit) => queue.slice(0, limit),
      acknowledge: async (id) => {
        if (refused.some(({ messageId }) => messageId === id)) throw new Fault('authority.refused');
        queue.splice(
          queue.findIndex(({ messageId }) => messageId === id),
          1,
        );
      },
    };
    const told: unknown[] = [];
    const worker = new Worker({ ...world.deps, authority }, { owner: 'w', pollMs: 1, onError: (e) => told.push(e) });
    await worker.settle();
    expect(queue).toEqual(refused);
    expect(told.length).toBeGreaterThanOrEqual(refused.length);
  });

  test('of the messages that comes again though it was acknowledged is asked for after a pause, not at once', async () => {
    const world = get();
    const sentAt = new Date(world.clock.nowMs).toISOString();
    const message = { kind: 'sms_confirmed', messageId: world.fresh('msg'), submissionId: 'sub_none', sentAt } as const;
    let asked = 0;
    const authority: Authority = {
      ...world.deps.authority,
      fetchMessages: async () => {
        asked += 1;
        return asked > 20 ? [] : [message];
      },
      acknowledge: async () => {},
    };
    const worker = new Worker({ ...world.deps, authority }, { owner: 'w', pollMs: 1, onError: ignore });
    await worker.settle();
    expect(asked).toBeLessThan(5);
  });

  test('of the hand-overs keeps no other filing from the authority', async () => {
    const world = get();
    const account = await world.account();
    const passed = async () => {
      const bound = await world.bind(await world.draft(account), { resourceId: await server(world, account) });
      const { filingId, version } = await world.submit(bound);
      const actor = { userId: 'usr_reviewer', role: 'reviewer', accountId: null } as const;
      await world.flows.passFiling({ actor, idempotencyKey: world.fresh('key') }, { filingId, version });
      return filingId;
    };
    const bad = await passed();
    const good = await passed();
    const authority: Authority = {
      ...world.deps.authority,
      submit: async ({ id, filingId }) => {
        if (filingId === bad) throw new TypeError('cannot be written down');
        return { submissionId: id, receipt: 'r', receivedAt: new Date(world.clock.nowMs).toISOString() };
      },
    };
    const worker = new Worker({ ...world.deps, authority }, { owner: 'w', pollMs: 1, onError: ignore });
    for (let round = 0; round < 20; round += 1) {
      await worker.tick();
      world.clock.nowMs += 3_600_000;
    }
    const state = async (filingId: string) =>
      (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.state;
    expect(await state(good)).toBe('awaiting_sms');
    expect(await state(bad)).toBe('awaiting_forward');
    const [failure] = (await failuresOf(world)).filter(({ kind }) => kind === 'forward');
    expect(failure).toMatchObject({ failures: failuresUntilParked, retryAt: null, lastError: 'TypeError' });
  });
});

/** The store, but ending this one filing fails. */
const brokenFor = (world: RuleWorld, filingId: string): RuleWorld['deps'] =>
  depsWith(world, {
    store: brokenStore(world, ({ quota }) => ({
      quota: {
        ...quota,
        listLiveOfFiling: (id) =>
          id === filingId
            ? Promise.reject(Object.assign(new Error('broken'), { name: 'store.unreadable_in_this_test' }))
            : quota.listLiveOfFiling(id),
      },
    })),
  });

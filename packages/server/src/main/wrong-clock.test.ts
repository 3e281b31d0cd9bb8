import { isFault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { ClockGuard } from '../work/clock-guard.ts';
import { WebhookSender } from '../work/webhook-sender.ts';
import { Worker } from '../work/worker.ts';
import { describeOnBoth, failTest } from './testing/rule-world.ts';

const dayMs = 86_400_000;

await describeOnBoth('a worker whose clock is 90 days ahead of the database’s', (get) => {
  test('ends no draft and says so; the other work goes on, and the deadlines once the clocks agree', async () => {
    const world = get();
    const { filingId } = await world.draft(await world.account());
    const rightMs = world.clock.nowMs;
    const stateOf = async () => (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.state;
    const said: unknown[] = [];
    const workerWith = (databaseNowMs: () => Promise<number>) => {
      const clockGuard = new ClockGuard({ databaseNowMs, nowMs: () => world.clock.nowMs, monotonicMs: () => 0 });
      const onError = (error: unknown, during: string) => said.push([isFault(error) && error.code, during]);
      return new Worker(world.deps, { owner: 'w', pollMs: 1, onError, clockGuard });
    };
    world.clock.nowMs = rightMs + 90 * dayMs;
    await workerWith(async () => rightMs).settle();
    expect(await stateOf()).toBe('draft');
    expect(said).toContainEqual(['clock.wrong', 'clock']);
    said.length = 0;
    await workerWith(async () => world.clock.nowMs).settle();
    expect(await stateOf()).toBe('abandoned');
    expect(said).toEqual([]);
  });

  test('where the database is on the same machine, what was done can be undone: nothing was deleted', async () => {
    const world = get();
    world.clock.nowMs = Date.parse('2026-11-21T02:30:00.000Z');
    const account = await world.account();
    const resourceId = await world.server(account, 'xingyun', 'server', { expiresAt: '2027-04-05' });
    const call = world.call(account);
    const issue = () => world.flows.issueCodes(call, { resourceId, count: 1, granteeAccountId: null, note: '' });
    const first = await issue();
    const { filingId } = await world.draft(account);
    const worker = new Worker(world.deps, { owner: 'w', pollMs: 1, onError: failTest });
    const sender = new WebhookSender(world.deps, { owner: 's', pollMs: 1, onError: failTest });
    const work = async () => {
      await sender.settle();
      await worker.settle();
    };
    const notices = async () =>
      (await world.flows.listNotices(world.call(account), { unread: 'false', limit: 50 })).notices
        .filter(({ type }) => type === 'CodeStopping')
        .map(({ daysLeft }) => daysLeft);
    await work();
    const rightMs = world.clock.nowMs;
    world.clock.nowMs = rightMs + 90 * dayMs;
    const from = world.deps.clock.now();
    await work();
    // Hours later it is noticed.
    world.clock.nowMs += 6 * 3_600_000;
    await work();
    const to = world.deps.clock.now();
    const early = (await notices())[0] ?? 0;
    expect(early).toBeLessThan(30);
    world.clock.nowMs = rightMs + 6 * 3_600_000;
    await work();
    expect(await notices()).toEqual([]);
    expect((await issue()).codes[0]?.clear).toBe(first.codes[0]?.clear);
    const operator = { actor: world.operator, idempotencyKey: world.fresh('key') };
    const { reopened, refused } = await world.flows.reopenLapsedFilings(operator, { from, to, comment: '时钟有误' });
    expect([reopened, refused]).toEqual([1, []]);
    expect((await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.state).toBe('draft');
    // In its time the notice goes out: 30 days before.
    world.clock.nowMs = rightMs + 90 * dayMs - (30 - early) * dayMs;
    await work();
    expect(await notices()).toEqual([30]);
  });

  test('the database says its own time', async () => {
    expect(Math.abs(Date.parse(await get().deps.store.now()) - Date.now())).toBeLessThan(60_000);
  });
});

import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { notify } from '../../main/testing/notices.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { clearOld } from './clear-old.ts';
import { keepTime } from './keep-time.ts';

const dayMs = 86_400_000;

describe('clearOld', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  test('idempotency keys and notices go after the days that they are kept, not before', async () => {
    const owner = await world.customer();
    const key = { idempotencyKey: world.fresh('key') };
    const resourceId = await world.eligible(owner);
    const issue = async () =>
      (await owner.client.issueCodes({ params: { resourceId }, body: {} }, key)).codes[0]?.clear;
    const first = await issue();
    await notify(world, owner.accountId);
    // The time is settled once it has been known for the term.
    const { undoDays } = world.deps.keep;
    const settle = async (nowMs: number) => {
      world.clock.nowMs = nowMs;
      await keepTime(world.deps);
      world.clock.nowMs = nowMs + undoDays * dayMs;
    };
    const clear = async () => {
      while ((await clearOld(world.deps, failTest)) > 0);
      return { notices: (await owner.client.listNotices({})).notices.length, isRepeated: (await issue()) === first };
    };
    const { idempotencyDays, noticeDays } = world.deps.keep;
    const startMs = world.clock.nowMs;
    await settle(startMs + idempotencyDays * dayMs - 1000);
    expect(await clear()).toEqual({ notices: 1, isRepeated: true });
    // A day later, since a day has one mark.
    await settle(startMs + (idempotencyDays + 1) * dayMs);
    world.clock.nowMs -= 1000;
    expect(await clear()).toEqual({ notices: 1, isRepeated: true });
    world.clock.nowMs += 1000;
    expect(await clear()).toEqual({ notices: 1, isRepeated: false });
    await settle(startMs + noticeDays * dayMs + 1000);
    expect((await clear()).notices).toBe(0);
  });
});

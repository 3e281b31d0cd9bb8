import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { notify } from '../../main/testing/notices.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { clearOld } from './clear-old.ts';

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
    const clear = async () => {
      while ((await clearOld(world.deps, failTest)) > 0);
      return { notices: (await owner.client.listNotices({})).notices.length, isRepeated: (await issue()) === first };
    };
    const { idempotencyDays, noticeDays } = world.deps.keep;
    const startMs = world.clock.nowMs;
    world.clock.nowMs = startMs + idempotencyDays * dayMs - 1000;
    expect(await clear()).toEqual({ notices: 1, isRepeated: true });
    world.clock.nowMs = startMs + idempotencyDays * dayMs + 1000;
    expect(await clear()).toEqual({ notices: 1, isRepeated: false });
    world.clock.nowMs = startMs + noticeDays * dayMs + 1000;
    expect((await clear()).notices).toBe(0);
  });
});

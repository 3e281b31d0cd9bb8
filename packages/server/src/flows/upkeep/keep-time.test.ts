import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { keepTime } from './keep-time.ts';

const dayMs = 86_400_000;

describe('keepTime', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const marks = async () => (await world.run('SELECT at FROM clock_mark ORDER BY at')).length;

  test('keeps one mark a day, as far back as the term needs', async () => {
    await keepTime(world.deps);
    const before = await marks();
    world.clock.nowMs += dayMs / 2;
    await keepTime(world.deps);
    expect(await marks()).toBe(before);
    for (let day = 0; day < 70; day += 1) {
      world.clock.nowMs += dayMs;
      await keepTime(world.deps);
    }
    expect(await marks()).toBe(world.deps.keep.undoDays + 1);
  });

  test('says how many marks were of a clock that was ahead, which count no more; those of other workers’ clocks do', async () => {
    await keepTime(world.deps);
    const startMs = world.clock.nowMs;
    world.clock.nowMs += 2 * dayMs;
    await keepTime(world.deps);
    world.clock.nowMs -= 5 * 60_000;
    expect(await keepTime(world.deps)).toBe(0);
    world.clock.nowMs = startMs;
    expect(await keepTime(world.deps)).toBe(1);
  });
});

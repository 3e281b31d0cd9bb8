import { addDays, dayOf, startOfDay } from '@openbeian/model/calendar';
import { beforeAll, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { reportGates, reportProcesses, withdrawProcesses } from './report-processes.ts';

const files = { kept: 'memory', isReachable: true, freeBytes: null, totalBytes: null } as const;

describe('reportGates, reportProcesses', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
    world.reset();
  });
  const gateTally = async () => {
    const day = dayOf(world.deps.clock.now());
    const counted = await world.deps.store.read((tx) => tx.dayTallies.list({ from: day, to: day }));
    return counted.find(({ name }) => name === 'block counted_here')?.count ?? 0;
  };
  const heard = () => world.deps.store.read((tx) => tx.processReports.list(100));

  test('what gates and processes say of themselves is known until they take it back', async () => {
    const name = world.fresh('gate');
    const facts = { sequence: 7, decisions: null, startedAt: null };
    await reportGates(world.deps, world.people.visitor, [{ name, version: '1.0', facts }]);
    const own = { migration: '0001-schema', clockAheadMs: 0, files, stalled: [], isHeldByClock: false };
    await reportProcesses(world.deps, [{ kind: 'worker', name, version: '1.0', facts: own }]);
    expect(await heard()).toEqual(
      expect.arrayContaining([
        { kind: 'gate', name, version: '1.0', facts, secondsAgo: expect.any(Number) },
        { kind: 'worker', name, version: '1.0', facts: own, secondsAgo: expect.any(Number) },
      ]),
    );
    await withdrawProcesses(world.deps, [
      { kind: 'worker', name },
      { kind: 'gate', name },
    ]);
    expect((await heard()).filter((one) => 'name' in one && one.name === name)).toEqual([]);
  });

  test('what gates decide is counted once by day, also after they are started again', async () => {
    const name = world.fresh('gate');
    const today = startOfDay(dayOf(world.deps.clock.now()));
    const yesterday = startOfDay(addDays(dayOf(today), -1));
    const report = (startedAt: string, count: number) => {
      const decisions = [{ outcome: 'block', reason: 'counted_here', count }] as const;
      return reportGates(world.deps, world.people.visitor, [
        { name, version: '1.0', facts: { sequence: 1, startedAt, decisions } },
      ]);
    };
    // Nobody knows on which day it decided those.
    await report(yesterday, 500);
    expect(await gateTally()).toBe(0);
    await report(yesterday, 507);
    await report(yesterday, 507);
    expect(await gateTally()).toBe(7);
    await report(today, 3);
    await report(today, 4);
    expect(await gateTally()).toBe(11);
  });
});

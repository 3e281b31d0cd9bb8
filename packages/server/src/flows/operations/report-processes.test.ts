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
});

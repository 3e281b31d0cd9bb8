import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { noteClosedNames, retryGate } from './closed-names.ts';

describe('names that gates keep closed', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  test('are parked once, however often they are read; retried, one that is gone is no failure any more', async () => {
    const name = `${world.fresh('closed').replace('_', '-')}.cn`;
    const own = async () =>
      (await world.people.operator.client.listWorkFailures({})).failures.filter(({ itemId }) => itemId === name);
    for (let reading = 0; reading < 2; reading += 1) await noteClosedNames(world.deps, [{ name, cause: 'row 7' }]);
    expect(await own()).toMatchObject([{ kind: 'gate', failures: 1, retryAt: null, lastError: 'row 7' }]);
    expect(await retryGate(world.deps, failTest)).toBe(0);
    await world.people.operator.client.retryWork({ params: { kind: 'gate', itemId: name } });
    expect(await retryGate(world.deps, failTest)).toBe(1);
    expect(await own()).toEqual([]);
  });
});

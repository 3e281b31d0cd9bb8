import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { clearOld } from '../upkeep/clear-old.ts';

describe('recordRefusals', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  test('an audit row for the first of an hour, and one with their number when the hour is over', async () => {
    const { actor } = await world.customer();
    const refuse = (operation: string, count: number) => {
      const refusal = { actor, operation, fault: 'auth.forbidden', count };
      return world.flows.recordRefusals(world.people.visitor, [refusal]);
    };
    const details = async () => {
      const rows = (await world.audit()).filter(
        ({ action, actorId }) => action === 'AccessRefused' && actorId === actor.userId,
      );
      return rows.map(({ objectId, actorRole, detail }) => ({ objectId, actorRole, ...(detail as object) }));
    };
    const fault = 'auth.forbidden';
    const first = { objectId: 'listAudit', actorRole: 'customer', fault };
    await refuse('listAudit', 3);
    await refuse('listAudit', 2);
    expect(await details()).toEqual([first]);
    await refuse('listJobs', 1);
    expect(await details()).toHaveLength(2);
    world.clock.nowMs += 3_600_000;
    while ((await clearOld(world.deps, failTest)) > 0);
    expect((await details()).slice(2)).toEqual([{ ...first, count: 5, hour: '2026-11-21T01:00:00.000Z' }]);
  });
});

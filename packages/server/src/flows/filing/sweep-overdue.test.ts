import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boundByCode, reach } from '../../main/testing/filing-steps.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { sweepOverdue } from './sweep-overdue.ts';

describe('sweepOverdue', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const sweep = async () => {
    while ((await sweepOverdue(world.deps, failTest)) > 0);
  };
  const stateOf = async (filingId: string) =>
    (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing;

  test('a draft lapses when its time is over, not before, and gives back its code', async () => {
    const owner = await world.customer();
    const { filingId, codeId } = await boundByCode(world, owner);
    const { dueAt } = await stateOf(filingId);
    world.clock.nowMs = Date.parse(dueAt ?? '') - 1000;
    await sweep();
    expect((await stateOf(filingId)).state).toBe('draft');
    world.clock.nowMs += 2000;
    await sweep();
    expect((await stateOf(filingId)).state).toBe('abandoned');
    expect((await owner.client.getCode({ params: { codeId } })).state).toBe('unused');
    const row = (await world.audit()).findLast(({ objectId }) => objectId === filingId);
    expect(row).toMatchObject({ action: 'FilingLapsed', actorRole: 'system' });
  });

  test('a review that is late stays where it is; the operators are told once in a working day', async () => {
    const { filingId } = await reach(world, await world.customer(), 'submitted');
    const { dueAt } = await stateOf(filingId);
    world.clock.nowMs = Date.parse(dueAt ?? '') + 1000;
    await sweep();
    await sweep();
    expect((await stateOf(filingId)).state).toBe('awaiting_review');
    expect((await world.events(filingId)).filter((type) => type === 'FilingOverdue')).toHaveLength(1);
    world.clock.nowMs = Date.parse((await stateOf(filingId)).dueAt ?? '') + 1000;
    await sweep();
    expect((await world.events(filingId)).filter((type) => type === 'FilingOverdue')).toHaveLength(2);
  });
});

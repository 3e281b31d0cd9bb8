import { beforeAll, describe, expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import { type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { gateMarkOf } from './gate-facts.ts';

describeOperation(
  'getGateChanges',
  { may: 'gate', sample: () => ({ query: { after: 0 } }), leaves: 'nothing' },
  (get) => {
    test('what changed since, in one order; an unknown history starts afresh', async () => {
      const world = get();
      const after = await world.flows.getGateVersion(world.people.visitor);
      const { markAtAfter } = await world.deps.store.transaction((tx) => tx.gateLog.changesAfter(after, 0));
      const mark = gateMarkOf(world.deps, markAtAfter ?? '');
      const owner = await world.customer();
      const { domainName } = await world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
      const ask = (query: { after: number; mark: string }) => world.people.gate.client.getGateChanges({ query });
      const told = await ask({ after, mark });
      expect([told.snapshot, told.changes.map(({ name }) => name).includes(domainName)]).toEqual([false, true]);
      const sequences = told.changes.map(({ sequence }) => sequence);
      expect(sequences).toEqual(sequences.toSorted((a, b) => a - b));
      expect(told.sequence).toBe(sequences.at(-1));
      expect(await ask({ after: told.sequence, mark: told.mark })).toMatchObject({ snapshot: false, changes: [] });
      expect(await ask({ after, mark: 'another' })).toMatchObject({ snapshot: true, changes: [] });
      expect((await ask({ after: after + 1_000_000, mark })).snapshot).toBe(true);
    });
  },
);

describe('getGateVersion', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
    world.reset();
  });

  test('rises with what gates must know, and with nothing else', async () => {
    const version = () => world.flows.getGateVersion(world.people.visitor);
    const before = await version();
    const owner = await world.customer();
    const resourceId = await world.eligible(owner);
    await world.draft(owner.accountId);
    expect(await version()).toBe(before);
    const { serviceNumber } = await world.filed(owner.accountId, { resourceId });
    const filed = await version();
    expect(filed).toBeGreaterThan(before);
    const body = { scope: 'service' as const, number: serviceNumber, reason: '注销' };
    await world.people.operator.client.cancelRecord({ body });
    expect(await version()).toBeGreaterThan(filed);
  });
});

import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';
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

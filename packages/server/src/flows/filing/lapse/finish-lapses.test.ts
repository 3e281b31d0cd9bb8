import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { boundByCode, stepOf } from '../../../main/testing/filing-steps.ts';
import { type OperationWorld, openOperations } from '../../../main/testing/operation-world.ts';
import { failTest } from '../../../main/testing/rule-world.ts';
import { sampleRules } from '../../../main/testing/sample-rules.ts';
import { finishLapses } from './finish-lapses.ts';

describe('finishLapses', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  test('a code that the policy takes away stays bound for the term, then it is revoked; one that was reopened is kept', async () => {
    const owner = await world.customer();
    world.useRules(sampleRules({ codes: { reusableAfterAbandon: false } }));
    const { client } = world.people.operator;
    const lapsed = async () => {
      const bound = await boundByCode(world, owner);
      const { version } = await client.lapseFiling(stepOf(bound, { comment: '客户已放弃' }));
      return { ...bound, version };
    };
    const [kept, over] = [await lapsed(), await lapsed()];
    const states = () =>
      Promise.all([kept, over].map(async ({ codeId }) => (await owner.client.getCode({ params: { codeId } })).state));
    const finish = () => finishLapses(world.deps, failTest);
    expect([await finish(), await states()]).toEqual([0, ['bound', 'bound']]);
    expect((await client.reopenFiling(stepOf(kept, { comment: '核对' }))).codeId).toBe(kept.codeId);
    world.clock.nowMs += world.deps.keep.undoDays * 86_400_000 - 1000;
    expect(await finish()).toBe(0);
    world.clock.nowMs += 1000;
    expect([await finish(), await states()]).toEqual([1, ['bound', 'revoked']]);
    expect(await finish()).toBe(0);
    const row = (await world.audit()).findLast(({ objectId }) => objectId === over.codeId);
    expect(row).toMatchObject({ action: 'CodeRevoked', detail: { filingId: over.filingId } });
  });
});

import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../main/testing/operation-world.ts';

/** Claimed by the one who will be asked, or by a colleague. */
async function claimed(world: OperationWorld, by: 'reviewer' | 'operator' | 'colleague') {
  const { filingId } = await reach(world, await world.customer(), 'submitted');
  const colleague = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null });
  const input = { params: { filingId }, body: {} };
  await (by === 'colleague' ? colleague : world.people[by]).client.claimFiling(input);
  return { ...input, colleague };
}

describeOperation(
  'releaseFiling',
  {
    may: ['reviewer', 'operator'],
    sample: async (world, _owner, role) => {
      const { params, body } = await claimed(world, role === 'operator' ? 'operator' : 'reviewer');
      return { params, body };
    },
    leaves: ['FilingReleased'],
  },
  (get) => {
    test('sets it free for others; an operator ends anybody’s claim, a reviewer their own', async () => {
      const world = get();
      const { reviewer, operator } = world.people;
      const { colleague, ...input } = await claimed(world, 'colleague');
      expect(await refusal(reviewer.client.releaseFiling(input))).toEqual(['filing.claimed_by_other']);
      const released = await operator.client.releaseFiling(input);
      expect(released.claim).toBeNull();
      const row = (await world.audit()).findLast(({ action }) => action === 'FilingReleased');
      expect(row?.detail).toEqual({ holderId: colleague.actor.userId });
      expect((await reviewer.client.claimFiling(input)).claim?.mine).toBe(true);
    });

    test('is refused of what nobody has claimed, also because the time was over, and of no filing', async () => {
      const world = get();
      const { reviewer } = world.people;
      const { colleague: _, ...input } = await claimed(world, 'reviewer');
      world.clock.nowMs += world.deps.claims.minutes * 60_000;
      expect(await refusal(reviewer.client.releaseFiling(input))).toEqual(['filing.not_claimed']);
      const none = reviewer.client.releaseFiling({ params: { filingId: 'fil_none' }, body: {} });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);

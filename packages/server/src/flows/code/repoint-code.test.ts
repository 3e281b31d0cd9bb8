import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';
import { sampleRules } from '../../main/testing/sample-rules.ts';

const issued = async (world: OperationWorld, owner: Customer) => {
  const resourceId = await world.eligible(owner);
  return { resourceId, ...(await world.issue(owner.accountId, resourceId)) };
};

describeOperation(
  'repointCode',
  {
    may: ['customer'],
    scope: 'codes:issue',
    sample: async (world, owner) => ({
      params: { codeId: (await issued(world, owner)).id },
      body: { resourceId: await world.eligible(owner) },
    }),
    leaves: ['CodeRepointed'],
    foreign: 'object.not_found',
  },
  (get) => {
    const repoint = ({ client }: Customer, codeId: string, resourceId: string) =>
      client.repointCode({ params: { codeId }, body: { resourceId } });

    test('moves the place from one ledger to the other', async () => {
      const world = get();
      const owner = await world.customer();
      const { id, resourceId } = await issued(world, owner);
      const target = await world.eligible(owner);
      expect(await repoint(owner, id, target)).toMatchObject({ resourceId: target, state: 'unused' });
      expect([await world.spent(resourceId, 'issue'), await world.spent(target, 'issue')]).toEqual([0, 1]);
    });

    test('is refused to what others have, what is not eligible and what is full; the place stays', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const { id, resourceId } = await issued(world, owner);
      expect(await refusal(repoint(owner, id, await world.eligible(other)))).toEqual(['object.not_found']);
      expect(await refusal(repoint(owner, id, await world.expired(owner)))).toEqual([
        'resource.not_eligible',
        'resource.remaining_term_too_short',
        'resource.expired',
      ]);
      const full = await world.eligible(owner);
      await owner.client.issueCodes({ params: { resourceId: full }, body: { count: 5 } });
      expect((await refusal(repoint(owner, id, full)))[0]).toBe('resource.not_eligible');
      // Somebody takes the last place between the decision and the move.
      world.answer('codes', 'repoint', async () => 'quota_exhausted');
      expect(await refusal(repoint(owner, id, await world.eligible(owner)))).toEqual(['quota.exhausted']);
      world.reset();
      expect(await world.spent(resourceId, 'issue')).toBe(1);
    });

    test('is refused where the policy keeps codes on their resource, and for a code in use', async () => {
      const world = get();
      const owner = await world.customer();
      const { id, clear } = await issued(world, owner);
      const target = await world.eligible(owner);
      world.useRules(sampleRules({ codes: { repointable: false } }));
      expect(await refusal(repoint(owner, id, target))).toEqual(['code.not_repointable']);
      world.useRules(null);
      await world.bind(await world.draft(owner.accountId), { code: clear });
      expect(await refusal(repoint(owner, id, target))).toEqual(['code.wrong_state']);
    });
  },
);

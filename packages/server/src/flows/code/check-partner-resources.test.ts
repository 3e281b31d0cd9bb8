import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'checkPartnerResources',
  {
    may: ['customer'],
    scope: 'resources:read',
    sample: async (world, owner) => ({ body: { resourceIds: [await world.eligible(owner)] } }),
    leaves: 'nothing',
  },
  (get) => {
    test('says of each in the order asked how many more it may issue; others’ are unknown', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const [good, expired, foreign] = [
        await world.eligible(owner),
        await world.expired(owner),
        await world.eligible(other),
      ];
      await world.issue(owner.accountId, good);
      const { results } = await owner.client.checkPartnerResources({
        body: { resourceIds: [foreign, good, expired, 'ins-none'] },
      });
      const told = results.map(({ mayIssue, remaining, reasons }) => [mayIssue, remaining, reasons[0]?.code]);
      expect(told).toEqual([
        [false, 0, 'object.not_found'],
        [true, 4, undefined],
        [false, 0, 'resource.remaining_term_too_short'],
        [false, 0, 'object.not_found'],
      ]);
      expect(results.every(({ reasons }) => reasons.every(({ number }) => Number.isInteger(number)))).toBe(true);
      expect(results[0]?.reasons).toEqual(results[3]?.reasons);
    });
  },
);

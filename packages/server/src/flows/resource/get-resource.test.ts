import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'getResource',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'resources:read',
    sample: async (world, owner) => ({ params: { resourceId: await world.eligible(owner) } }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('shows its facts and all that is decided about it today', async () => {
      const world = get();
      const owner = await world.customer();
      const [good, expired] = [await world.eligible(owner), await world.expired(owner)];
      await world.issue(owner.accountId, good);
      const seen = await owner.client.getResource({ params: { resourceId: good } });
      expect(seen).toMatchObject({ id: good, accountId: owner.accountId, productName: { zh: '云服务器' }, version: 1 });
      expect([seen.check.file.outcome, seen.check.issue.quota?.used]).toEqual(['eligible', 1]);
      const { check } = await owner.client.getResource({ params: { resourceId: expired } });
      expect(check.file.outcome).toBe('ineligible');
      expect(check.file.reasons.map(({ code }) => code)).toEqual([
        'resource.remaining_term_too_short',
        'resource.expired',
      ]);
      const none = owner.client.getResource({ params: { resourceId: 'ins-none' } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);

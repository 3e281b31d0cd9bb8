import { expect, test } from 'vitest';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'listReturnReasons',
  { may: ['reviewer', 'operator', 'auditor'], sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('the catalogue, with “other” for what it lacks', async () => {
      const { reasons } = await get().people.reviewer.client.listReturnReasons({});
      expect(reasons).toEqual(get().deps.returnReasons);
      expect(reasons.map(({ id }) => id)).toContain('other');
      expect(new Set(reasons.map(({ id }) => id)).size).toBe(reasons.length);
    });
  },
);

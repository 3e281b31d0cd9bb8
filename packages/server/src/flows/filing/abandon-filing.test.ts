import { expect, test } from 'vitest';
import { boundByCode, reach, stepOf, testStep } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'abandonFiling',
  {
    may: ['customer'],
    scope: 'filings:submit',
    sample: async (world, owner) => stepOf(await reach(world, owner, 'bound')),
    leaves: ['FilingAbandoned'],
    foreign: 'object.not_found',
  },
  (get) => {
    testStep(get, 'abandonFiling', {
      by: 'owner',
      from: 'bound',
      elsewhere: 'sent',
      to: 'abandoned',
      event: 'FilingAbandoned',
    });

    test('returns its place, or its code', async () => {
      const world = get();
      const owner = await world.customer();
      const direct = await reach(world, owner, 'bound');
      const { resourceId } = await owner.client.abandonFiling(stepOf(direct));
      expect(await world.spent(resourceId ?? '', 'file')).toBe(0);
      const coded = await boundByCode(world, owner);
      await owner.client.abandonFiling(stepOf(coded));
      expect((await owner.client.getCode({ params: { codeId: coded.codeId } })).state).toBe('unused');
      expect(await world.events(coded.filingId)).toEqual(
        expect.arrayContaining(['CodeBound', 'FilingAbandoned', 'CodeReleased']),
      );
    });

    test('keeps the filing when its code is no longer bound to it', async () => {
      const world = get();
      const owner = await world.customer();
      const coded = await boundByCode(world, owner);
      world.answer('codes', 'release', async () => false);
      const before = await world.books();
      expect(await refusal(owner.client.abandonFiling(stepOf(coded)))).toEqual(['code.wrong_state']);
      expect(await world.books()).toEqual(before);
    });
  },
);

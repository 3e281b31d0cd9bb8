import { expect, test } from 'vitest';
import { boundByCode, reach, stepOf, testStep } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const why = { comment: '客户已放弃' };

describeOperation(
  'lapseFiling',
  {
    may: ['operator'],
    sample: async (world, owner) => stepOf(await reach(world, owner, 'bound'), why),
    leaves: ['FilingClosedByOperator', 'FilingLapsed'],
  },
  (get) => {
    testStep(get, 'lapseFiling', {
      by: 'operator',
      from: 'bound',
      elsewhere: 'passed',
      to: 'abandoned',
      event: 'FilingLapsed',
      more: why,
    });

    test('keeps why, and returns the code; not one that is no longer bound to it', async () => {
      const world = get();
      const owner = await world.customer();
      const coded = await boundByCode(world, owner);
      const { client } = world.people.operator;
      world.answer('codes', 'release', async () => false);
      expect(await refusal(client.lapseFiling(stepOf(coded, why)))).toEqual(['code.wrong_state']);
      world.reset();
      await client.lapseFiling(stepOf(coded, why));
      expect((await owner.client.getCode({ params: { codeId: coded.codeId } })).state).toBe('unused');
      const rows = (await world.audit()).filter(({ objectId }) => objectId === coded.filingId);
      expect(rows.find(({ action }) => action === 'FilingClosedByOperator')?.detail).toEqual(why);
    });
  },
);

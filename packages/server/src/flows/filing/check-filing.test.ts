import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'checkFiling',
  {
    may: ['customer', 'reviewer'],
    scope: 'filings:read',
    sample: async (world, owner) => ({ params: { filingId: (await reach(world, owner, 'draft')).filingId } }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('finds what the pre-check before submitting would find', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const params = { filingId: draft.filingId };
      expect((await owner.client.checkFiling({ params })).findings).toEqual([]);
      await owner.client.saveFilingForm(stepOf(draft, { values: { 'service.name': '小记' } }));
      const { findings } = await owner.client.checkFiling({ params });
      expect(findings.map(({ field, rule, severity }) => [field, rule, severity])).toEqual([
        ['service.name', 'service_name.form', 'error'],
      ]);
      const [proposed] = findings[0]?.proposals ?? [];
      const renamed = stepOf({ ...draft, version: draft.version + 1 }, { values: { 'service.name': proposed } });
      await owner.client.saveFilingForm(renamed);
      expect((await owner.client.checkFiling({ params })).findings).toEqual([]);
      const none = owner.client.checkFiling({ params: { filingId: 'fil_none' } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);

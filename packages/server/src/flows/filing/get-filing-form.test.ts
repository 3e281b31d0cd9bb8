import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'getFilingForm',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'filings:read',
    sample: async (world, owner) => ({ params: { filingId: (await reach(world, owner, 'draft')).filingId } }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('in the clear for its owner while it can be edited, masked for everybody else and afterwards', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const params = { filingId: bound.filingId };
      const mobileFor = async ({ client }: { readonly client: typeof owner.client }) =>
        String((await client.getFilingForm({ params })).values['subject.principal.mobile']);
      expect(await mobileFor(owner)).toMatch(/^1\d{10}$/);
      for (const { client } of [world.people.reviewer, world.people.operator, world.people.auditor]) {
        expect(await mobileFor({ client })).toContain('*');
      }
      await world.submit(bound);
      expect(await mobileFor(owner)).toContain('*');
      const { sections, findings } = await owner.client.getFilingForm({ params });
      expect(sections.flatMap(({ fields }) => fields.map(({ path }) => path))).toContain('service.name');
      expect(findings).toEqual([]);
      // What only people can decide is for those who review, and for nobody else.
      expect((await owner.client.getFilingForm({ params })).checkList).toBeNull();
      const { checkList } = await world.people.reviewer.client.getFilingForm({ params });
      expect(checkList?.map(({ rule }) => rule)).toContain('addresses.to_the_door');
      const none = owner.client.getFilingForm({ params: { filingId: 'fil_none' } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);

import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'getFiling',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    sample: async (world, owner) => ({ params: { filingId: (await reach(world, owner, 'draft')).filingId } }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('shows the filing, what the asker may do with it now, and its history', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await reach(world, owner, 'submitted');
      const { filing, events } = await owner.client.getFiling({ params: { filingId } });
      expect(filing).toMatchObject({ id: filingId, state: 'awaiting_review', owner: 'reviewer' });
      expect(events.map(({ type }) => type)).toEqual(['FilingStarted', 'ResourceBound', 'FilingSubmitted']);
      for (const { text } of events) expect(text.zh).not.toBe('');
      const actionsOf = async ({ client }: typeof owner | typeof world.people.reviewer) =>
        (await client.getFiling({ params: { filingId } })).filing.actions;
      expect(await actionsOf(owner)).toEqual(['withdraw', 'abandon']);
      expect((await actionsOf(world.people.reviewer)).toSorted()).toEqual(['claim', 'pass', 'return']);
      expect(await actionsOf(world.people.auditor)).toEqual([]);
      const none = owner.client.getFiling({ params: { filingId: 'fil_none' } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });
  },
);

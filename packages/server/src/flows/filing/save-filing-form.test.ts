import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const values = { 'service.name': '星河手册' };

describeOperation(
  'saveFilingForm',
  {
    may: ['customer'],
    sample: async (world, owner) => stepOf(await reach(world, owner, 'draft'), { values }),
    // Typing is no act that others must see; submitting is.
    leaves: [],
    foreign: 'object.not_found',
  },
  (get) => {
    test('keeps what is given, sealed where it is personal, and leaves the rest', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const mobile = { 'subject.principal.mobile': '13900139000' };
      const saved = await owner.client.saveFilingForm(stepOf(draft, { values: { ...values, ...mobile } }));
      expect(saved.filing.version).toBe(draft.version + 1);
      expect(saved.form.values).toMatchObject({ ...values, ...mobile, 'service.languages': ['zh_hans'] });
      const row = await world.deps.store.transaction((tx) => tx.filings.find(draft.filingId));
      expect(JSON.stringify(row?.form)).not.toContain('13900139000');
    });

    test('refuses fields that the form has not, and those that were fixed at the start', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const before = await world.books();
      for (const wrong of [
        { 'service.colour': 'red' },
        { 'subject.certificateNumber': world.companyNumber() },
        { 'service.name': { nested: true } },
        { 'service.name': 'x'.repeat(4001) },
      ]) {
        const work = owner.client.saveFilingForm(stepOf(draft, { values: { ...values, ...wrong } }));
        expect(await refusal(work)).toEqual(['input.invalid']);
      }
      expect(await world.books()).toEqual(before);
    });

    test('only of a filing that can be edited, at the version that was read', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const save = (ref: typeof draft) => refusal(owner.client.saveFilingForm(stepOf(ref, { values })));
      expect(await save({ ...draft, version: 1 })).toEqual(['object.changed']);
      expect(await save(await reach(world, owner, 'submitted'))).toEqual(['filing.wrong_state']);
      expect(await save({ ...draft, filingId: 'fil_none' })).toEqual(['object.not_found']);
    });
  },
);

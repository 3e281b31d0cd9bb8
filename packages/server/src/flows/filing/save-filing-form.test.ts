import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const values = { 'service.name': '星河手册' };

describeOperation(
  'saveFilingForm',
  {
    may: ['customer'],
    scope: 'filings:write',
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

    test('takes one value where there may be several now, and pasted numbers as they are meant', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const given = {
        'service.content': 'portal',
        'service.preApproval': 'none',
        'subject.principal.mobile': ' +86 １３９-００１３-９０００\u200b',
        'subject.principal.officePhone': '（０１０）８８８８ ８８８８ 转 12',
        'service.access.ipRanges': [{ first: '203.0.113.7 ', last: '２０３.0.113.9' }],
      };
      const { form } = await owner.client.saveFilingForm(stepOf(draft, { values: given }));
      expect(form.values).toMatchObject({
        'service.content': ['portal'],
        'service.preApproval': [{ type: 'none' }],
        'subject.principal.mobile': '13900139000',
        'subject.principal.officePhone': '010-88888888-12',
        'service.access.ipRanges': [{ first: '203.0.113.7', last: '203.0.113.9' }],
      });
    });

    test('two who say what they saw both keep what they typed; of one field the second is told', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const { values: seen } = await owner.client.getFilingForm({ params: { filingId: draft.filingId } });
      const save = (values: Record<string, unknown>, base = seen) =>
        owner.client.saveFilingForm(stepOf(draft, { values, base }));
      await save({ 'service.name': '星河手册', 'service.access.methods': ['cloud', 'other'] });
      const { form } = await save({ 'service.remark': '产品手册', 'subject.principal.mobile': '13900139000' });
      expect(form.values).toMatchObject({ 'service.name': '星河手册', 'service.remark': '产品手册' });
      const late = save({ 'service.name': '云帆手册', 'service.languages': ['zh_hans', 'en'] });
      await expect(late).rejects.toMatchObject({
        code: 'object.changed',
        problem: { places: [expect.objectContaining({ path: 'values["service.name"]' })] },
      });
      const { values: now } = await owner.client.getFilingForm({ params: { filingId: draft.filingId } });
      expect(now).toMatchObject({ 'service.name': '星河手册', 'service.languages': ['zh_hans'] });
      // The same on both sides is no conflict; nor is what was seen as it is now.
      await save({ 'service.name': '星河手册' });
      await save({ 'service.name': '云帆手册' }, now);
      const ahead = { ...draft, version: 999 };
      expect(await refusal(owner.client.saveFilingForm(stepOf(ahead, { values, base: now })))).toEqual([
        'object.changed',
      ]);
    });

    test('a form of before the lists is read as it was meant', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await reach(world, owner, 'draft');
      const { store } = world.deps;
      await store.transaction(async (tx) => {
        const row = await tx.filings.findForUpdate(filingId);
        if (row === null) throw new Error('it was there');
        const { 'subject.nature': _nature, ...before } = row.form;
        const form = { ...before, 'service.content': 'portal', 'service.preApproval': 'none' };
        await tx.filings.update(row, row.state, { form }, row.updatedAt);
      });
      const { values: shown, findings } = await owner.client.getFilingForm({ params: { filingId } });
      expect(shown).toMatchObject({ 'service.content': ['portal'], 'service.preApproval': [{ type: 'none' }] });
      const about = findings.map(({ field, rule }) => `${field} ${rule}`);
      expect(about.filter((one) => /content|preApproval|nature|certificateType/.test(one))).toEqual([]);
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
        { 'service.preApproval': [{ kind: 'news' }] },
        { 'service.access.ipRanges': Array.from({ length: 101 }, () => ({ first: '203.0.113.7' })) },
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

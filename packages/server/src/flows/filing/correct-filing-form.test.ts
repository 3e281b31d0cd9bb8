import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general', comment: '' }];

/** A filing of the owner's that the reviewer returned because of its name. */
async function returned(world: OperationWorld, owner: Customer) {
  const submitted = await reach(world, owner, 'submitted');
  const { reviewer } = world.people;
  const { version } = await reviewer.client.returnFiling(stepOf(submitted, { reasons }));
  return { ...submitted, version };
}

describeOperation(
  'correctFilingForm',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) =>
      stepOf(await returned(world, owner), { values: { 'service.name': '星河产品手册' } }),
    leaves: [],
    foreign: 'object.not_found',
  },
  (get) => {
    test('opens what was refused, and refuses everything else at its place', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await returned(world, owner);
      const { refused } = await owner.client.getFilingForm({ params: { filingId: filing.filingId } });
      expect(refused).toEqual(['service.name']);
      const correct = (values: Record<string, unknown>) => owner.client.correctFilingForm(stepOf(filing, { values }));
      await expect(correct({ 'service.name': '星河产品手册', 'service.remark': '手册' })).rejects.toMatchObject({
        code: 'input.invalid',
        problem: { places: [expect.objectContaining({ path: 'values["service.remark"]' })] },
      });
      const { form, filing: saved } = await correct({ 'service.name': '星河产品手册' });
      expect(form.values).toMatchObject({ 'service.name': '星河产品手册' });
      expect(saved.state).toBe('returned');
    });

    test('not of a filing that nobody refused, nor at another version than was read', async () => {
      const world = get();
      const owner = await world.customer();
      const values = { 'service.name': '星河产品手册' };
      const correct = (ref: Awaited<ReturnType<typeof reach>>) =>
        refusal(owner.client.correctFilingForm(stepOf(ref, { values })));
      expect(await correct(await reach(world, owner, 'draft'))).toEqual(['filing.wrong_state']);
      expect(await correct(await reach(world, owner, 'submitted'))).toEqual(['filing.wrong_state']);
      expect(await correct({ ...(await returned(world, owner)), version: 1 })).toEqual(['object.changed']);
      expect(await correct({ ...(await reach(world, owner, 'draft')), filingId: 'fil_none' })).toEqual([
        'object.not_found',
      ]);
    });
  },
);

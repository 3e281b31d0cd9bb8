import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

type Ref = Parameters<typeof stepOf>[0];
const decision = (ref: Ref, more: object = {}) => {
  const passed = { role: 'service_principal', way: 'sheet', outcome: 'passed', comment: '' } as const;
  return stepOf(ref, { ...passed, ...more });
};

describeOperation(
  'decideVerification',
  {
    may: ['reviewer'],
    sample: async (world, owner) => decision(await reach(world, owner, 'submitted')),
    leaves: ['VerificationPassed'],
  },
  (get) => {
    test('where it is required, a review passes nobody over whom the reviewer has not decided about', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      world.replace({ verification: { isRequired: true } });
      const { client } = world.people.reviewer;
      const pass = () => refusal(client.passFiling(stepOf(filing)));
      expect(await pass()).toEqual(['review.verification_open']);
      const failed = { outcome: 'failed', reason: 'certificate', comment: '证件照片与本人不符，请致电 13800138000' };
      const told = await client.decideVerification(decision(filing, failed));
      expect(told.persons).toMatchObject([{ state: 'failed', reason: 'certificate', comment: failed.comment }]);
      expect(await pass()).toEqual(['review.verification_open']);
      const seen = await client.decideVerification(decision(filing, { way: 'in_person', comment: '当面核验' }));
      expect(seen.persons).toMatchObject([{ state: 'passed', comment: '当面核验', validUntil: expect.any(String) }]);
      expect((await client.passFiling(stepOf(filing))).state).toBe('awaiting_forward');
      // Who decided, how and why is in the audit; the words are not.
      const rows = (await world.audit()).filter(({ objectId }) => objectId === filing.filingId);
      const decided = rows.filter(({ action }) => action.startsWith('Verification'));
      expect(decided.map(({ action, actorId, detail }) => [action, actorId, detail])).toMatchObject([
        ['VerificationFailed', 'usr_reviewer', { role: 'service_principal', way: 'sheet', reason: 'certificate' }],
        ['VerificationPassed', 'usr_reviewer', { role: 'service_principal', way: 'in_person', reason: null }],
      ]);
    });

    test('a decision is about the form as it was seen: a changed person needs another', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      world.replace({ verification: { isRequired: true } });
      const { client } = world.people.reviewer;
      await client.decideVerification(decision(filing));
      const params = { filingId: filing.filingId };
      const { version } = await owner.client.withdrawFiling(stepOf(filing));
      const values = { 'subject.principal.name': '赵钱孙', 'service.principal.name': '赵钱孙' };
      const { values: all } = await owner.client.getFilingForm({ params });
      const shown = Object.fromEntries(Object.entries(values).filter(([path]) => path in all));
      const saved = await owner.client.saveFilingForm({ params, body: { version, values: shown } });
      const sent = await owner.client.submitFiling(stepOf({ ...filing, version: saved.filing.version }));
      const now = { ...filing, version: sent.version };
      const { persons } = await client.getVerification({ params });
      expect(persons).toMatchObject([{ state: 'changed' }]);
      expect(await refusal(client.passFiling(stepOf(now)))).toEqual(['review.verification_open']);
      expect(await refusal(client.decideVerification(decision(filing)))).toEqual(['object.changed']);
    });

    test('a failure has a reason; nobody decides about their own, what others have, or what is not under review', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { client } = world.people.reviewer;
      const decide = (one: typeof client, ref: Ref = filing, more: object = {}) =>
        refusal(one.decideVerification(decision(ref, more)));
      expect(await decide(client, filing, { outcome: 'failed' })).toEqual(['input.invalid']);
      expect(await decide(client, filing, { role: 'legal_representative' })).toEqual(['verification.not_asked']);
      expect(await decide(client, { ...filing, filingId: 'fil_none' })).toEqual(['object.not_found']);
      expect(await decide(client, await reach(world, owner, 'bound'))).toEqual(['filing.wrong_state']);
      const other = world.as({ userId: 'usr_other', role: 'reviewer', accountId: null });
      await other.client.claimFiling({ params: { filingId: filing.filingId }, body: {} });
      expect(await decide(client)).toEqual(['filing.claimed_by_other']);
      await other.client.releaseFiling({ params: { filingId: filing.filingId }, body: {} });
      const submitter = world.as({ userId: owner.actor.userId, role: 'reviewer', accountId: null });
      expect(await decide(submitter.client)).toEqual(['review.own_work']);
      world.replace({ review: { secondLook: { share: 1, kinds: [], provinces: [] } } });
      const { version } = await client.passFiling(stepOf(filing));
      expect(await decide(client, { ...filing, version })).toEqual(['review.second_person']);
    });
  },
);

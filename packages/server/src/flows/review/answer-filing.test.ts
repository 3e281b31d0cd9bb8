import { uploadPicture } from '@openbeian/contract/upload';
import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { another, findingsIn, licence } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const reasons = [{ field: 'service.name', reasonId: 'service.name_too_general' }];

async function asked(world: OperationWorld, owner: Customer) {
  const filing = await reach(world, owner, 'submitted');
  const { version } = await world.people.reviewer.client.askFiling(stepOf(filing, { reasons }));
  return { ...filing, version };
}

describeOperation(
  'answerFiling',
  {
    may: ['customer'],
    scope: 'filings:submit',
    sample: async (world, owner) => stepOf(await asked(world, owner)),
    leaves: ['FilingAnswered'],
    foreign: 'object.not_found',
  },
  (get) => {
    test('comes back to the same reviewer with a new time limit, who sees what changed and what was ticked', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { reviewer } = world.people;
      const params = { filingId: filing.filingId };
      await reviewer.client.tickChecks({ params, body: { rules: ['one'], ticked: true } });
      const { version } = await reviewer.client.askFiling(stepOf(filing, { reasons }));
      world.clock.nowMs += 86_400_000;
      const values = { 'service.name': '珠江示例科技' };
      const saved = await owner.client.correctFilingForm({ params, body: { version, values } });
      const answered = await owner.client.answerFiling(stepOf({ ...filing, version: saved.filing.version }));
      expect(answered).toMatchObject({ state: 'awaiting_review', owner: 'reviewer', findings: [] });
      expect(answered.review).toMatchObject({ askedAt: null, round: 2 });
      const { filing: seen } = await reviewer.client.getFiling({ params });
      expect(seen.claim).toMatchObject({ holderId: reviewer.actor.userId, until: answered.dueAt });
      expect(seen.actions).toEqual(expect.arrayContaining(['pass', 'return', 'ask']));
      const review = await reviewer.client.getReview({ params });
      expect(review.changes.map(({ field }) => field)).toEqual(['service.name']);
      expect(review.ticks.map(({ rule }) => rule)).toEqual(['one']);
    });

    test('a picture that was asked for is replaced, or uploaded once more where it is right', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const { filingId } = bound;
      const upload = (bytes: Uint8Array) =>
        uploadPicture(owner.client, { filingId, key: 'subject_certificate', part: 'whole', bytes });
      await upload(licence);
      const submitted = await world.submit(bound);
      const { reviewer } = world.people;
      const picture = [{ field: 'materials.subject_certificate.whole', reasonId: 'other', comment: '请更换' }];
      const ask = async (version: number) =>
        (await reviewer.client.askFiling(stepOf({ ...submitted, version }, { reasons: picture }))).version;
      const answer = (version: number) => owner.client.answerFiling(stepOf({ ...submitted, version }));
      let version = await ask(submitted.version);
      const found = await answer(version).catch(findingsIn);
      expect(found).toMatchObject([{ field: 'materials.subject_certificate.whole', rule: 'answer.picture_unchanged' }]);
      world.clock.nowMs += 60_000;
      await upload(another);
      version = await ask((await answer(version)).version);
      expect(await refusal(answer(version))).toEqual(['filing.form_incomplete']);
      world.clock.nowMs += 60_000;
      await upload(another);
      expect((await answer(version)).state).toBe('awaiting_review');
    });

    test('with a form that does not pass the check it is refused, and where nothing is asked', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await asked(world, owner);
      const params = { filingId: filing.filingId };
      const values = { 'service.name': '' };
      const saved = await owner.client.correctFilingForm({ params, body: { version: filing.version, values } });
      const answer = (ref: typeof filing) => refusal(owner.client.answerFiling(stepOf(ref)));
      expect(await answer({ ...filing, version: saved.filing.version })).toEqual(['filing.form_incomplete']);
      expect(await answer(filing)).toEqual(['object.changed']);
      expect(await answer({ ...filing, filingId: 'fil_none' })).toEqual(['object.not_found']);
      expect(await answer(await reach(world, owner, 'submitted'))).toEqual(['filing.wrong_state']);
      expect(await answer(await reach(world, owner, 'bound'))).toEqual(['filing.wrong_state']);
    });

    test('brings nothing that could not be submitted either: characters that the authority cannot take', async () => {
      const world = get();
      world.replace({ authority: { findUncarried: (text) => (text.includes('𠮷') ? ['𠮷'] : []) } });
      const owner = await world.customer();
      const filing = await asked(world, owner);
      const params = { filingId: filing.filingId };
      const values = { 'service.name': '珠江𠮷祥科技' };
      const saved = await owner.client.correctFilingForm({ params, body: { version: filing.version, values } });
      const answer = owner.client.answerFiling(stepOf({ ...filing, version: saved.filing.version }));
      const error = await answer.catch((thrown: unknown) => thrown);
      expect(findingsIn(error)).toMatchObject([{ field: 'service.name', rule: 'authority.characters' }]);
    });

    test('to a second reviewer, what is new is looked at by two people again', async () => {
      const world = get();
      world.replace({ review: { secondLook: { share: 0, kinds: ['first'], provinces: [] } } });
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { client: first } = world.people.reviewer;
      const second = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null }).client;
      const params = { filingId: filing.filingId };
      const seen = await first.passFiling(stepOf(filing));
      const { version } = await second.askFiling(stepOf({ ...filing, version: seen.version }, { reasons }));
      const values = { 'service.name': '珠江示例科技' };
      const saved = await owner.client.correctFilingForm({ params, body: { version, values } });
      const answered = await owner.client.answerFiling(stepOf({ ...filing, version: saved.filing.version }));
      const passed = await second.passFiling(stepOf({ ...filing, version: answered.version }));
      expect(passed).toMatchObject({ state: 'awaiting_review', review: { secondLook: true } });
      const again = { ...filing, version: passed.version };
      expect(await refusal(second.passFiling(stepOf(again)))).toEqual(['review.second_person']);
      expect((await first.passFiling(stepOf(again))).state).toBe('awaiting_forward');
    });
  },
);

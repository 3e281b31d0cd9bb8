import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { sweepOverdue } from '../filing/sweep-overdue.ts';

const reasons = [
  { field: 'service.name', reasonId: 'service.name_too_general', comment: '请写明业务' },
  { field: 'subject.principal.mobile', reasonId: 'principal.phone_used_elsewhere' },
];

describeOperation(
  'askFiling',
  {
    may: ['reviewer'],
    sample: async (world, owner) => stepOf(await reach(world, owner, 'submitted'), { reasons }),
    leaves: ['FilingAsked'],
  },
  (get) => {
    test('stays with its reviewer; the customer sees what is asked and by when, and may change those fields alone', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { reviewer } = world.people;
      const asked = await reviewer.client.askFiling(stepOf(filing, { reasons }));
      expect(asked).toMatchObject({ state: 'awaiting_review', owner: 'customer', version: filing.version + 1 });
      expect(asked.review?.askedAt).not.toBeNull();
      expect(asked.claim).toMatchObject({ holderId: reviewer.actor.userId, until: asked.dueAt });
      // Saturday the 21st: three working days later is Wednesday, until its end in Shanghai.
      expect(asked.dueAt).toBe('2026-11-25T16:00:00.000Z');
      expect(asked.actions).toEqual(expect.arrayContaining(['return', 'release']));
      expect(asked.actions).not.toContain('pass');
      expect(asked.actions).not.toContain('ask');
      const params = { filingId: filing.filingId };
      const { filing: seen } = await owner.client.getFiling({ params });
      expect(seen.findings.map(({ field }) => field)).toEqual(reasons.map(({ field }) => field));
      expect(seen.findings[0]?.message.zh).toContain('请写明业务');
      expect(seen.actions).toContain('answer');
      expect((await owner.client.getFilingForm({ params })).refused).toEqual(
        expect.arrayContaining(['service.name', 'subject.principal.mobile']),
      );
      const save = (values: Record<string, unknown>) =>
        owner.client.saveFilingForm({ params, body: { version: asked.version, values } });
      expect(await refusal(save({ 'service.remark': '另一段' }))).toEqual(['input.invalid']);
      const resourceId = await world.eligible(owner);
      const bind = owner.client.bindFiling({ params, body: { version: asked.version, with: { resourceId } } });
      expect(await refusal(bind)).toEqual(['filing.wrong_state']);
      const material = { key: 'domain_certificate', part: 'whole', bytes: 1000 } as const;
      const upload = owner.client.beginUpload({ params, body: material });
      expect(await refusal(upload)).toEqual(['filing.wrong_state']);
      expect((await save({ 'service.name': '珠江示例科技' })).form.version).toBe(asked.version + 1);
    });

    test('the customer is told, with the day by which to answer', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      await world.people.reviewer.client.askFiling(stepOf(filing, { reasons }));
      const { notices } = await owner.client.listNotices({ query: { unread: 'true' } });
      expect(notices.map(({ type }) => type)).toEqual(['FilingAsked', 'FilingSubmitted']);
      expect(notices[0]?.text.zh).toMatch(
        new RegExp(`${filing.domainName} 的部分内容（网站名称过于宽泛[^）]*），请在 2026-11-26 00:00 前`),
      );
    });

    test('what is not answered in time is returned with what was asked; nobody else was offered it meanwhile', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      await world.people.reviewer.client.askFiling(stepOf(filing, { reasons }));
      const next = { body: { accountId: owner.accountId } };
      world.clock.nowMs = Date.parse('2026-11-25T15:59:59.000Z');
      await sweepOverdue(world.deps, failTest);
      expect((await world.people.reviewer.client.claimNextFiling(next)).filing).toBeNull();
      world.clock.nowMs += 1000;
      expect((await world.people.reviewer.client.claimNextFiling(next)).filing).toBeNull();
      // Tests of other operations left more that is overdue than one round takes.
      for (let round = 0; round < 10; round += 1) await sweepOverdue(world.deps, failTest);
      const { filing: seen } = await owner.client.getFiling({ params: { filingId: filing.filingId } });
      expect(seen).toMatchObject({ state: 'returned', review: null });
      expect(seen.findings).toHaveLength(2);
      expect((await world.events(filing.filingId)).at(-1)).toBe('AskExpired');
    });

    test('not once more while it is open, not one’s own, not what somebody else has, not of a stale screen', async () => {
      const world = get();
      const owner = await world.customer();
      const filing = await reach(world, owner, 'submitted');
      const { client } = world.people.reviewer;
      const ask = (one: typeof client, ref = filing) => refusal(one.askFiling(stepOf(ref, { reasons })));
      expect(await ask(client, { ...filing, filingId: 'fil_none' })).toEqual(['object.not_found']);
      expect(await ask(client, { ...filing, version: 1 })).toEqual(['object.changed']);
      expect(await ask(client, await reach(world, owner, 'bound'))).toEqual(['filing.wrong_state']);
      const self = world.as({ userId: owner.actor.userId, role: 'reviewer', accountId: null });
      expect(await ask(self.client)).toEqual(['review.own_work']);
      const asked = await client.askFiling(stepOf(filing, { reasons }));
      expect(await ask(client, { ...filing, version: asked.version })).toEqual(['review.asked']);
      const colleague = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null });
      expect(await ask(colleague.client, { ...filing, version: asked.version })).toEqual(['filing.claimed_by_other']);
    });

    test('not by whoever passed it first', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'submitted');
      world.replace({ review: { secondLook: { share: 1, kinds: [], provinces: [] } } });
      const { client } = world.people.reviewer;
      const { version } = await client.passFiling(stepOf(filing));
      const ask = client.askFiling(stepOf({ ...filing, version }, { reasons }));
      expect(await refusal(ask)).toEqual(['review.second_person']);
    });
  },
);

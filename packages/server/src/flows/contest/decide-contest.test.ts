import { expect, test } from 'vitest';
import { contestOf, contestOfCertificate, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const reasons = '注册信息与申诉方一致';
const upheld = { decision: 'upheld' as const, reasons };

/** A contest of two customers of its own. */
async function contested(world: OperationWorld) {
  const [owner, holder] = [await world.customer(), await world.customer()];
  const made = await contestOf(world, owner, holder);
  return { ...made, owner, holder, params: { contestId: made.contest.id } };
}

/** The filing with its version of now. */
async function latest<Ref extends { readonly filingId: string }>({ client }: Customer, ref: Ref) {
  const { filing } = await client.getFiling({ params: { filingId: ref.filingId } });
  return { ...ref, version: filing.version };
}

describeOperation(
  'decideContest',
  {
    may: ['operator'],
    sample: async (world) => ({ params: (await contested(world)).params, body: { decision: 'dismissed', reasons } }),
    leaves: ['ContestDecided'],
  },
  (get) => {
    const decide = (params: { contestId: string }, body: { decision: 'upheld' | 'dismissed'; reasons: string }) =>
      get().people.operator.client.decideContest({ params, body });

    test('upheld: the holder’s filing comes back with all it had, and the contestant submits', async () => {
      const world = get();
      const { params, owner, holder, draft, held } = await contested(world);
      const before = (await holder.client.getFiling({ params: { filingId: held.filingId } })).filing;
      const decided = await decide(params, upheld);
      expect(decided).toMatchObject({ decision: 'upheld', reasons, decidedAt: world.deps.clock.now() });
      const { filing: aside } = await holder.client.getFiling({ params: { filingId: held.filingId } });
      expect(aside).toMatchObject({ state: 'returned', resourceId: before.resourceId, codeId: before.codeId });
      expect(aside.findings.map(({ rule, message }) => [rule, message.zh.includes(reasons)])).toEqual([
        ['set_aside', true],
      ]);
      const form = await holder.client.getFilingForm({ params: { filingId: held.filingId } });
      expect(form.values['service.name']).toBeTruthy();
      expect(await world.events(held.filingId)).toContain('FilingSetAside');
      // It is the contestant's before it is submitted: neither the holder nor anybody else is faster.
      const again = stepOf({ ...held, version: aside.version });
      expect(await refusal(holder.client.submitFiling(again))).toEqual(['filing.held_by_other_account']);
      const third = await world.customer();
      const late = await world.bind(await world.draft(third.accountId, undefined, draft.domainName), {
        resourceId: await world.eligible(third),
      });
      expect(await refusal(third.client.submitFiling(stepOf(late)))).toEqual(['filing.held_by_other_account']);
      expect((await owner.client.submitFiling(stepOf(await latest(owner, draft)))).state).toBe('awaiting_review');
    });

    test('upheld about a certificate: the contestant’s filing holds it before it is submitted', async () => {
      const world = get();
      const [owner, holder] = [await world.customer(), await world.customer()];
      const { contest, draft, held } = await contestOfCertificate(world, owner, holder);
      expect(contest.about).toBe('certificate');
      await decide({ contestId: contest.id }, upheld);
      const again = stepOf(await latest(holder, held));
      expect(await refusal(holder.client.submitFiling(again))).toEqual(['filing.held_by_other_account']);
      expect((await owner.client.submitFiling(stepOf(await latest(owner, draft)))).state).toBe('awaiting_review');
    });

    test('upheld where the holder gave it up and a third account has it: that one keeps it, and can be contested', async () => {
      const world = get();
      const { params, owner, holder, draft, held } = await contested(world);
      await holder.client.withdrawFiling(stepOf(held));
      const third = await world.customer();
      await world.submit(
        await world.bind(await world.draft(third.accountId, undefined, draft.domainName), {
          resourceId: await world.eligible(third),
        }),
      );
      await decide(params, upheld);
      expect(await latest(owner, draft)).toMatchObject({ version: draft.version });
      expect(await refusal(owner.client.submitFiling(stepOf(draft)))).toEqual(['filing.held_by_other_account']);
      const statement = '该域名由我公司注册并一直使用。';
      const again = { params: { filingId: draft.filingId }, body: { statement } };
      expect(await owner.client.contestFiling(again)).toMatchObject({ decision: null });
    });

    test('a contest is over when either filing is: nobody decides it any more, and the other side is told', async () => {
      const world = get();
      const closed = async ({ owner, params }: Awaited<ReturnType<typeof contested>>) => {
        const { contests } = await owner.client.listContests({});
        const one = contests.find(({ id }) => id === params.contestId);
        expect(one).toMatchObject({ decision: 'closed', reasons: null, decidedAt: world.deps.clock.now() });
        expect(one?.statement).toContain('我公司');
        expect(await refusal(decide(params, upheld))).toEqual(['contest.decided']);
      };
      const newest = async ({ client }: Customer) => (await client.listNotices({})).notices[0];
      const given = await contested(world);
      await given.holder.client.abandonFiling(stepOf(given.held));
      await closed(given);
      expect((await newest(given.owner))?.text.zh).toContain('现在可以提交订单');
      await given.owner.client.submitFiling(stepOf(await latest(given.owner, given.draft)));
      const dropped = await contested(world);
      await dropped.owner.client.abandonFiling(stepOf(await latest(dropped.owner, dropped.draft)));
      await closed(dropped);
      expect((await newest(dropped.holder))?.text.en).toContain('nothing changes');
      const filed = await contested(world);
      const { filingId } = await world.pass(filed.held);
      const subjectNumber = '粤ICP备2026000778号';
      await world.message({ kind: 'approved', filingId, subjectNumber, serviceNumber: `${subjectNumber}-1` });
      await closed(filed);
      expect((await newest(filed.owner))?.text.en).toContain('on record now');
    });

    test('both sides are told, with the reasons', async () => {
      const world = get();
      const { params, owner, holder } = await contested(world);
      await decide(params, upheld);
      for (const { client } of [owner, holder]) {
        const { notices } = await client.listNotices({});
        expect(notices[0]).toMatchObject({ type: 'ContestDecided' });
        expect(notices[0]?.text.zh).toContain(reasons);
      }
    });

    test('dismissed: nothing changes; decided once', async () => {
      const world = get();
      const { params, owner, draft, held, holder } = await contested(world);
      await decide(params, { decision: 'dismissed', reasons });
      const { filing } = await holder.client.getFiling({ params: { filingId: held.filingId } });
      expect(filing).toMatchObject({ state: 'awaiting_review', version: held.version });
      expect(await refusal(owner.client.submitFiling(stepOf(draft)))).toEqual(['filing.held_by_other_account']);
      expect(await refusal(decide(params, upheld))).toEqual(['contest.decided']);
      expect(await refusal(decide({ contestId: 'cst_none' }, upheld))).toEqual(['object.not_found']);
    });

    test('a proven draft of the holder’s no longer holds the name, and its proof is void', async () => {
      const world = get();
      const [owner, holder] = [await world.customer(), await world.customer()];
      world.replace({ registrar: { isHolder: async () => true } });
      const { contest, draft, held } = await contestOf(world, owner, holder, undefined, 'proven draft');
      world.replace({ registrar: { isHolder: async () => null } });
      await decide({ contestId: contest.id }, upheld);
      const { filing, nameProof } = await holder.client.getFiling({ params: { filingId: held.filingId } });
      expect(filing.state).toBe('draft');
      expect(nameProof).toMatchObject({ provenAt: null });
      expect((await owner.client.submitFiling(stepOf(await latest(owner, draft)))).state).toBe('awaiting_review');
    });

    test('not where the holder’s is a record by now; not by two at once', async () => {
      const world = get();
      const { params, held } = await contested(world);
      world.answer('filings', 'update', async () => false);
      expect(await refusal(decide(params, upheld))).toEqual(['object.changed']);
      world.reset();
      // As where it was contested in the moment in which it became one.
      world.answer('contests', 'closeOf', async () => []);
      await world.message({
        kind: 'approved',
        filingId: (await world.pass(held)).filingId,
        subjectNumber: '粤ICP备2026000777号',
        serviceNumber: '粤ICP备2026000777号-1',
      });
      expect(await refusal(decide(params, upheld))).toEqual(['filing.wrong_state']);
    });
  },
);

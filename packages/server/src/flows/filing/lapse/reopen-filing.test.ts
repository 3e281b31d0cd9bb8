import { expect, test } from 'vitest';
import { boundByCode, contestOf, reach, stepOf } from '../../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../../main/testing/operation-world.ts';
import { failTest } from '../../../main/testing/rule-world.ts';
import { sampleRules } from '../../../main/testing/sample-rules.ts';
import { sweepOverdue } from '../sweep-overdue.ts';

const why = { comment: '服务器时钟有误' };
const dayMs = 86_400_000;
type Ref = Awaited<ReturnType<typeof reach>>;

/** Closes it as its deadline does, and gives it as it is then. */
async function lapse<Given extends Ref>(world: OperationWorld, ref: Given): Promise<Given> {
  const closed = await world.people.operator.client.lapseFiling(stepOf(ref, { comment: '客户已放弃' }));
  return { ...ref, version: closed.version };
}
async function sweepAt(world: OperationWorld, ref: Ref, afterMs = 1000): Promise<void> {
  const { filing } = await world.people.operator.client.getFiling({ params: { filingId: ref.filingId } });
  world.clock.nowMs = Date.parse(filing.dueAt ?? '') + afterMs;
  while ((await sweepOverdue(world.deps, failTest)) > 0);
}
const reopen = (world: OperationWorld, ref: Ref) => world.people.operator.client.reopenFiling(stepOf(ref, why));
const filingOf = async (world: OperationWorld, { filingId }: Ref) =>
  (await world.people.operator.client.getFiling({ params: { filingId } })).filing;
/** The version of now. */
const latest = async <Given extends Ref>(world: OperationWorld, ref: Given): Promise<Given> => ({
  ...ref,
  version: (await filingOf(world, ref)).version,
});
const lapsedDraft = async (world: OperationWorld, owner: Customer) => lapse(world, await reach(world, owner, 'bound'));

describeOperation(
  'reopenFiling',
  {
    may: ['operator'],
    sample: async (world, owner) => stepOf(await lapsedDraft(world, owner), why),
    leaves: ['FilingReopened'],
  },
  (get) => {
    test('a draft that the clock closed is as it was, holds its code again, and goes on to be submitted', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await boundByCode(world, owner);
      const before = await filingOf(world, bound);
      await sweepAt(world, bound);
      const closed = await latest(world, bound);
      expect(await filingOf(world, bound)).toMatchObject({ state: 'abandoned', actions: ['reopen'] });
      const after = await reopen(world, closed);
      const { codeId, resourceId } = before;
      expect(after).toMatchObject({ state: 'draft', codeId, resourceId, reopenUntil: null });
      expect(Date.parse(after.dueAt ?? '')).toBeGreaterThan(world.clock.nowMs + 59 * dayMs);
      expect((await owner.client.getCode({ params: { codeId: bound.codeId } })).state).toBe('bound');
      const form = await owner.client.getFilingForm({ params: { filingId: bound.filingId } });
      expect(form.values['service.name']).toBeTruthy();
      expect(await world.events(bound.filingId)).toEqual(expect.arrayContaining(['FilingLapsed', 'FilingReopened']));
      const row = (await world.audit()).findLast(({ objectId }) => objectId === bound.filingId);
      expect(row).toMatchObject({
        action: 'FilingReopened',
        actorRole: 'operator',
        detail: { state: 'draft', ...why },
      });
      expect((await owner.client.submitFiling(stepOf(await latest(world, bound)))).state).toBe('awaiting_review');
    });

    test('one that was returned holds its own place again; its deadline stays where that is still ahead', async () => {
      const world = get();
      const owner = await world.customer();
      const submitted = await reach(world, owner, 'submitted');
      const reasons = [{ field: null, reasonId: 'other', comment: '请补充' }];
      await world.people.reviewer.client.returnFiling(stepOf(submitted, { reasons }));
      const returned = await latest(world, submitted);
      const { dueAt, resourceId } = await filingOf(world, returned);
      const spent = () => world.spent(resourceId ?? '', 'file');
      const closed = await lapse(world, returned);
      expect(await spent()).toBe(0);
      const after = await reopen(world, closed);
      expect(after).toMatchObject({ state: 'returned', resourceId, dueAt });
      expect(after.findings).not.toEqual([]);
      expect(await spent()).toBe(1);
      expect((await owner.client.submitFiling(stepOf(await latest(world, closed)))).state).toBe('awaiting_review');
    });

    test('only within the term, and only a lapse', async () => {
      const world = get();
      const owner = await world.customer();
      const closed = await lapsedDraft(world, owner);
      const until = Date.parse((await filingOf(world, closed)).reopenUntil ?? '');
      expect(until).toBe(world.clock.nowMs + world.deps.keep.undoDays * dayMs);
      world.clock.nowMs = until;
      expect(await refusal(reopen(world, closed))).toEqual(['filing.reopen_ended']);
      expect(await filingOf(world, closed)).toMatchObject({ reopenUntil: null, actions: [] });
      world.clock.nowMs -= 1;
      expect((await reopen(world, closed)).state).toBe('draft');
      expect(await refusal(reopen(world, await latest(world, closed)))).toEqual(['filing.wrong_state']);
      const given = await reach(world, owner, 'bound');
      await owner.client.abandonFiling(stepOf(given));
      expect(await refusal(reopen(world, await latest(world, given)))).toEqual(['filing.wrong_state']);
      expect(await refusal(reopen(world, given))).toEqual(['object.changed']);
      expect(await refusal(reopen(world, { ...given, filingId: 'fil_none' }))).toEqual(['object.not_found']);
    });

    test('not while the account has another open filing of the domain or the organiser, or too many drafts', async () => {
      const world = get();
      const owner = await world.customer();
      const company = world.companySerial();
      const first = await lapse(world, await world.draft(owner.accountId, company));
      const ofName = await world.draft(owner.accountId, undefined, first.domainName);
      expect(await refusal(reopen(world, first))).toEqual(['filing.already_open']);
      await lapse(world, ofName);
      const ofSubject = await world.draft(owner.accountId, company);
      expect(await refusal(reopen(world, first))).toEqual(['filing.already_open']);
      await lapse(world, ofSubject);
      const drafts: Ref[] = [];
      while (drafts.length < world.deps.drafts.perAccount) drafts.push(await world.draft(owner.accountId));
      expect(await refusal(reopen(world, first))).toEqual(['filing.too_many_drafts']);
      for (const draft of drafts) await lapse(world, draft);
      expect((await reopen(world, first)).state).toBe('draft');
    });

    test('a draft holds nothing against another account; what was submitted does', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const draft = await lapse(world, await world.draft(owner.accountId));
      const submitted = await reach(world, owner, 'submitted');
      const reasons = [{ field: null, reasonId: 'other', comment: '请补充' }];
      await world.people.reviewer.client.returnFiling(stepOf(submitted, { reasons }));
      const returned = await lapse(world, await latest(world, submitted));
      const take = async (domainName: string) => {
        const to = { resourceId: await world.eligible(other) };
        await world.submit(await world.bind(await world.draft(other.accountId, undefined, domainName), to));
      };
      await take(draft.domainName);
      await take(returned.domainName);
      expect((await reopen(world, draft)).state).toBe('draft');
      expect(await refusal(reopen(world, returned))).toEqual(['filing.held_by_other_account']);
    });

    test('not when the domain or the organiser was filed meanwhile, here or in another account', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const company = world.companySerial();
      const filed = async (by: Customer, number: number, domainName?: string) =>
        world.approve(
          await world.bind(await world.draft(by.accountId, number, domainName), {
            resourceId: await world.eligible(by),
          }),
        );
      const name = await lapse(world, await world.draft(owner.accountId));
      const ofOther = await lapse(world, await world.draft(owner.accountId));
      const subject = await lapse(world, await world.draft(owner.accountId, company));
      const elsewhere = world.companySerial();
      const subjectOfOther = await lapse(world, await world.draft(owner.accountId, elsewhere));
      await filed(owner, world.companySerial(), name.domainName);
      await filed(other, world.companySerial(), ofOther.domainName);
      await filed(owner, company);
      await filed(other, elsewhere);
      expect(await refusal(reopen(world, name))).toEqual(['filing.superseded']);
      expect(await refusal(reopen(world, ofOther))).toEqual(['filing.name_in_other_account']);
      expect(await refusal(reopen(world, subject))).toEqual(['filing.superseded']);
      expect(await refusal(reopen(world, subjectOfOther))).toEqual(['filing.subject_in_other_account']);
    });

    test('not when its place is taken: nothing is spent, and nothing else is written', async () => {
      const world = get();
      const owner = await world.customer();
      world.useRules(sampleRules({ quotas: [{ of: ['file'], scope: 'instance', limit: 1, returnedOnCancel: true }] }));
      const closed = await lapsedDraft(world, owner);
      const { resourceId } = await filingOf(world, closed);
      const taking = await world.bind(await world.draft(owner.accountId), { resourceId: resourceId ?? '' });
      const before = await world.books();
      expect(await refusal(reopen(world, closed))).toEqual(['quota.exhausted']);
      expect(await world.books()).toEqual(before);
      await lapse(world, taking);
      expect((await reopen(world, closed)).resourceId).toBe(resourceId);
      expect(await world.spent(resourceId ?? '', 'file')).toBe(1);
    });

    test('not when its code is bound elsewhere, revoked, or granted to another account', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const coded = async () => lapse(world, await boundByCode(world, owner));
      const [bound, revoked] = [await coded(), await coded()];
      const { clear } = await owner.client.revealCode({ params: { codeId: bound.codeId }, body: { reason: '核对' } });
      await world.bind(await world.draft(owner.accountId), { code: clear ?? '' });
      expect(await refusal(reopen(world, bound))).toEqual(['code.wrong_state']);
      await owner.client.revokeCode({ params: { codeId: revoked.codeId }, body: {} });
      expect(await refusal(reopen(world, revoked))).toEqual(['code.wrong_state']);
      // A code of the owner's that the other account was given, and is not given any more.
      const resourceId = await world.eligible(owner);
      const code = await world.issue(owner.accountId, resourceId, other.accountId);
      const given = await lapse(world, await world.bind(await world.draft(other.accountId), { code: code.clear }));
      const body = { granteeAccountId: (await world.customer()).accountId };
      await owner.client.grantCode({ params: { codeId: code.id }, body });
      expect(await refusal(reopen(world, given))).toEqual(['code.not_usable', 'code.not_grantee']);
      expect(await filingOf(world, given)).toMatchObject({ state: 'abandoned' });
    });

    test('what was contested of it is to be decided again, and its decision is told', async () => {
      const world = get();
      const [owner, holder] = [await world.customer(), await world.customer()];
      const { contest, draft } = await contestOf(world, owner, holder);
      const undecided = async () => {
        const { contests } = await world.people.operator.client.listContests({ query: { undecided: 'true' } } as never);
        return contests.map(({ id }) => id).includes(contest.id);
      };
      const closed = await lapse(world, await latest(world, draft));
      expect(await undecided()).toBe(false);
      await reopen(world, closed);
      expect(await undecided()).toBe(true);
      const params = { contestId: contest.id };
      const decision = { decision: 'dismissed' as const, reasons: '未提供依据' };
      await world.people.operator.client.decideContest({ params, body: decision });
      const told = (await holder.client.listNotices({})).notices.find(({ type }) => type === 'ContestDecided');
      expect(JSON.stringify(told)).toContain('未提供依据');
    });

    test('two operators at once: one of them reopens it', async () => {
      const world = get();
      const closed = await lapsedDraft(world, await world.customer());
      const codes = await Promise.all(
        [0, 1, 2].map(() =>
          reopen(world, closed).then(
            () => 'done',
            (error: { code: string }) => error.code,
          ),
        ),
      );
      expect(codes.sort()).toEqual(['done', 'object.changed', 'object.changed']);
    });
  },
);

let instants = 0;
const long = { from: '2026-01-01T00:00:00.000Z', to: '2030-01-01T00:00:00.000Z' };

describeOperation(
  'listLapsedFilings',
  { may: ['operator'], sample: () => ({ query: long }), leaves: 'nothing' },
  (get) => {
    test('between two instants, both included, with what it lapsed from', async () => {
      const world = get();
      const owner = await world.customer();
      const one = await lapsedDraft(world, owner);
      const at = world.deps.clock.now();
      world.clock.nowMs += 1000;
      await lapsedDraft(world, owner);
      const list = (from: string, to: string) =>
        world.people.operator.client.listLapsedFilings({ query: { from, to } });
      const { lapses } = await list(at, at);
      expect(lapses.find(({ filing }) => filing.id === one.filingId)).toMatchObject({
        lapsedAt: at,
        state: 'draft',
        swept: false,
        filing: { state: 'abandoned' },
      });
      expect(lapses.every(({ lapsedAt }) => lapsedAt === at)).toBe(true);
    });
  },
);

describeOperation(
  'reopenLapsedFilings',
  {
    may: ['operator'],
    sample: async (world, owner) => {
      const draft = await world.draft(owner.accountId);
      // Nothing else lapses at that instant: every test begins at the same time.
      await sweepAt(world, draft, -1000);
      instants += 1;
      await sweepAt(world, draft, instants);
      const at = world.deps.clock.now();
      return { body: { from: at, to: at, ...why } };
    },
    leaves: ['FilingReopened'],
  },
  (get) => {
    test('everything that the clock closed then, but what something is against, page after page', async () => {
      const world = get();
      const owner = await world.customer();
      await sweepAt(world, await world.draft(owner.accountId));
      world.clock.nowMs += dayMs;
      const byOperator = await lapse(world, await world.draft(owner.accountId));
      const drafts = [];
      for (let one = 0; one < 23; one += 1) drafts.push(await world.draft(owner.accountId));
      // A clock that is 90 days ahead.
      const startMs = world.clock.nowMs;
      world.clock.nowMs += 90 * dayMs;
      const from = world.deps.clock.now();
      while ((await sweepOverdue(world.deps, failTest)) > 0);
      const to = world.deps.clock.now();
      world.clock.nowMs = startMs;
      const [taken] = drafts;
      const rival = await world.draft(owner.accountId, undefined, taken?.domainName);
      const answers = [];
      let after: string | undefined;
      do {
        const body = { from, to, ...why, ...(after !== undefined && { after }) };
        const answer = await world.people.operator.client.reopenLapsedFilings({ body });
        answers.push(answer);
        after = answer.next ?? undefined;
      } while (after !== undefined);
      expect(answers.length).toBeGreaterThan(1);
      expect(answers.reduce((sum, { reopened }) => sum + reopened, 0)).toBe(22);
      expect(answers.flatMap(({ refused }) => refused)).toMatchObject([
        { filingId: taken?.filingId, domainName: taken?.domainName, code: 'filing.already_open' },
      ]);
      for (const draft of drafts.slice(1)) expect((await filingOf(world, draft)).state).toBe('draft');
      expect((await filingOf(world, byOperator)).state).toBe('abandoned');
      expect((await filingOf(world, rival)).state).toBe('draft');
      // Their former deadlines are ahead, since the clock was wrong.
      const { dueAt } = await filingOf(world, drafts[1] ?? rival);
      expect(Date.parse(dueAt ?? '')).toBeLessThan(startMs + 61 * dayMs);
    });

    test('a cursor of another list is refused', async () => {
      const { people } = get();
      const body = { ...long, ...why, after: 'none' };
      expect(await refusal(people.operator.client.reopenLapsedFilings({ body }))).toEqual(['input.invalid']);
    });
  },
);

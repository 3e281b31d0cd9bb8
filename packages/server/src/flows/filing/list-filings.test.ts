import type { Operations } from '@openbeian/contract';
import type { Input } from '@openbeian/contract/client';
import { addDays, dayOf } from '@openbeian/model/calendar';
import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import type { Caller } from '../../main/testing/operation-world.ts';

describeOperation(
  'listFilings',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'filings:read',
    sample: () => ({}),
    leaves: 'nothing',
  },
  (get) => {
    test('a customer’s own: newest first or the first due, by state or group, by pages', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      await reach(world, other, 'draft');
      const draft = await reach(world, owner, 'draft');
      world.clock.nowMs += 60_000;
      const submitted = await reach(world, owner, 'submitted');
      const list = async (query: {
        order?: 'due';
        group?: 'with_customer' | 'with_others';
        state?: 'awaiting_review';
      }) => {
        const first = await owner.client.listFilings({ query: { ...query, limit: 1 } });
        if (first.next === null) return first.filings.map(({ id }) => id);
        const rest = await owner.client.listFilings({ query: { ...query, limit: 1, after: first.next } });
        expect(rest.next).toBeNull();
        return [...first.filings, ...rest.filings].map(({ id }) => id);
      };
      expect(await list({})).toEqual([submitted.filingId, draft.filingId]);
      // A review takes days, a draft may wait for weeks.
      expect(await list({ order: 'due' })).toEqual([submitted.filingId, draft.filingId]);
      expect(await list({ group: 'with_customer' })).toEqual([draft.filingId]);
      expect(await list({ group: 'with_others' })).toEqual([submitted.filingId]);
      expect(await list({ state: 'awaiting_review' })).toEqual([submitted.filingId]);
      const { filings } = await world.people.reviewer.client.listFilings({
        query: { state: 'awaiting_review', limit: 500 },
      });
      expect(filings.map(({ id }) => id)).toContain(submitted.filingId);
    });

    test('narrowed by a part of the domain or name, by province, kind, service, start and due date', async () => {
      const world = get();
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const submitted = await reach(world, owner, 'submitted');
      const label = submitted.domainName.split('.')[0]?.slice(1).toUpperCase() ?? '';
      const seen = async (query: NonNullable<Input<Operations['listFilings']>['query']>) => {
        const found = [owner, world.people.reviewer].map(async ({ client }) => {
          const { filings } = await client.listFilings({ query: { ...query, limit: 500 } });
          return filings.filter(({ accountId }) => accountId === owner.accountId).map(({ id }) => id);
        });
        const [own = [], all] = await Promise.all(found);
        // Whoever sees all finds the same by other indexes.
        expect(all).toEqual(own);
        return own;
      };
      const both = [submitted.filingId, draft.filingId];
      expect(await seen({ search: label })).toEqual([submitted.filingId]);
      expect(await seen({ search: label, group: 'with_customer' })).toEqual([]);
      const { provinceCode, kind, serviceKind } = (await owner.client.listFilings({})).filings[0] ?? {};
      expect((await seen({ provinceCode, kind, serviceKind })).sort()).toEqual(both.toSorted());
      expect(await seen({ provinceCode, state: 'awaiting_review' })).toEqual([submitted.filingId]);
      expect(await seen({ provinceCode: '540000' })).toEqual([]);
      expect(await seen({ kind: 'cancel_subject' })).toEqual([]);
      const today = dayOf(new Date(world.clock.nowMs).toISOString());
      expect((await seen({ from: today })).sort()).toEqual(both.toSorted());
      expect(await seen({ to: addDays(today, -1) })).toEqual([]);
      expect(await seen({ due: 'overdue' })).toEqual([]);
      world.clock.nowMs += 400 * 86_400_000;
      // The first due comes first, whatever was asked.
      expect(await seen({ due: 'overdue', order: 'newest' })).toEqual(both);
      world.clock.nowMs -= 400 * 86_400_000;
    });

    test('what a reviewer asks is with the customer, and not with others, until it is answered', async () => {
      const world = get();
      const owner = await world.customer();
      const submitted = await reach(world, owner, 'submitted');
      const { filingId } = submitted;
      const { client } = world.people.reviewer;
      const seen = async ({ client: asking }: Caller) => {
        const groups = ['with_customer', 'with_others'] as const;
        const found = groups.map(async (group) => {
          const { filings } = await asking.listFilings({ query: { group, limit: 500 } });
          const due = await asking.listFilings({ query: { group, order: 'due', limit: 500 } });
          const inReview = await asking.listFilings({ query: { group, state: 'awaiting_review', limit: 500 } });
          const { total, states } = await asking.countFilings({ query: { group } });
          const isIn = [filings, due.filings, inReview.filings].map((list) => list.some(({ id }) => id === filingId));
          expect([total, due.filings.length]).toEqual([filings.length, filings.length]);
          expect(states.awaiting_review ?? 0).toBe(filings.filter(({ state }) => state === 'awaiting_review').length);
          return isIn;
        });
        return Promise.all(found);
      };
      const [yes, no] = [
        [true, true, true],
        [false, false, false],
      ];
      const lists = async () => [await seen(owner), await seen(world.people.reviewer)];
      expect(await lists()).toEqual([
        [no, yes],
        [no, yes],
      ]);
      const reasons = [{ field: 'service.name', reasonId: 'other', comment: '请补充' }];
      const asked = await client.askFiling(stepOf(submitted, { reasons }));
      expect(await lists()).toEqual([
        [yes, no],
        [yes, no],
      ]);
      await owner.client.answerFiling(stepOf({ ...submitted, version: asked.version }));
      expect(await lists()).toEqual([
        [no, yes],
        [no, yes],
      ]);
    });

    test('those that one has claimed, or that nobody has; of no effect for a customer', async () => {
      const world = get();
      const owner = await world.customer();
      const [mine, others, free] = [
        await reach(world, owner, 'submitted'),
        await reach(world, owner, 'submitted'),
        await reach(world, owner, 'submitted'),
      ];
      const claim = async ({ client }: Caller, { filingId }: { filingId: string }) =>
        client.claimFiling({ params: { filingId }, body: {} });
      const reviewer = world.as({ userId: world.fresh('usr_claims'), role: 'reviewer', accountId: null });
      await claim(reviewer, mine);
      await claim(world.people.reviewer, others);
      const all = [mine, others, free].map(({ filingId }) => filingId);
      const listed = async ({ client }: Caller, asked: 'mine' | 'unclaimed') => {
        const { filings } = await client.listFilings({ query: { claim: asked, limit: 500 } });
        const { total } = await client.countFilings({ query: { claim: asked } });
        expect(total).toBe(filings.length);
        return filings.map(({ id }) => id).filter((id) => all.includes(id));
      };
      expect(await listed(reviewer, 'mine')).toEqual([mine.filingId]);
      expect(await listed(reviewer, 'unclaimed')).toEqual([free.filingId]);
      expect((await listed(owner, 'mine')).toSorted()).toEqual(all.toSorted());
      world.clock.nowMs += world.deps.claims.minutes * 60_000;
      expect(await listed(reviewer, 'mine')).toEqual([]);
      expect((await listed(reviewer, 'unclaimed')).toSorted()).toEqual(all.toSorted());
    });
  },
);

describeOperation(
  'countFilings',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'filings:read',
    sample: () => ({}),
    leaves: 'nothing',
  },
  (get) => {
    test('a customer’s own, in each state', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      await reach(world, other, 'draft');
      await reach(world, owner, 'draft');
      await reach(world, owner, 'draft');
      await reach(world, owner, 'submitted');
      expect(await owner.client.countFilings({})).toEqual({ total: 3, states: { draft: 2, awaiting_review: 1 } });
      expect(await owner.client.countFilings({ query: { group: 'with_others' } })).toEqual({
        total: 1,
        states: { awaiting_review: 1 },
      });
    });
  },
);

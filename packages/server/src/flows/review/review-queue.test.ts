import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';
import type { Caller } from '../../main/testing/operation-world.ts';

const roles = ['reviewer', 'operator', 'auditor'] as const;

describeOperation('listReviewQueue', { may: roles, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('what waits for review and nothing else, by every filter, the most urgent or the oldest first, by pages', async () => {
    const world = get();
    const owner = await world.customer();
    const { reviewer } = world.people;
    const { accountId } = owner;
    await reach(world, owner, 'bound');
    const first = await reach(world, owner, 'submitted');
    world.clock.nowMs += 60_000;
    const second = await reach(world, owner, 'submitted');
    await reach(world, owner, 'passed');
    await reviewer.client.claimFiling({ params: { filingId: second.filingId }, body: {} });
    type Query = NonNullable<NonNullable<Parameters<Caller['client']['listReviewQueue']>[0]>['query']>;
    const ids = async (query: Query = {}) => {
      const { filings } = await reviewer.client.listReviewQueue({ query: { accountId, ...query } });
      const { total } = await reviewer.client.countReviewQueue({
        query: { accountId, ...Object.fromEntries(Object.entries(query).filter(([name]) => name !== 'order')) },
      });
      expect(total).toBe(filings.length);
      return filings.map(({ id }) => id);
    };
    const both = [first.filingId, second.filingId];
    expect((await ids()).toSorted()).toEqual(both.toSorted());
    expect(await ids({ order: 'age' })).toEqual(both);
    expect(await ids({ claim: 'mine' })).toEqual([second.filingId]);
    expect(await ids({ claim: 'unclaimed' })).toEqual([first.filingId]);
    expect(await ids({ claimedBy: reviewer.actor.userId })).toEqual([second.filingId]);
    expect(await ids({ claimedBy: 'usr_nobody' })).toEqual([]);
    expect(await ids({ search: first.domainName.toUpperCase() })).toEqual([first.filingId]);
    expect(await ids({ provinceCode: '440000' })).toHaveLength(2);
    expect(await ids({ provinceCode: '110000' })).toEqual([]);
    expect(await ids({ kind: 'first' })).toHaveLength(2);
    expect(await ids({ kind: 'access' })).toEqual([]);
    expect(await ids({ nature: 'enterprise' })).toHaveLength(2);
    expect(await ids({ nature: 'none' })).toEqual([]);
    expect(await ids({ secondLook: 'true' })).toEqual([]);
    expect(await ids({ secondLook: 'false' })).toHaveLength(2);
    expect(await ids({ overdue: 'true' })).toEqual([]);
    const page = await reviewer.client.listReviewQueue({ query: { accountId, limit: 1 } });
    const rest = await reviewer.client.listReviewQueue({ query: { accountId, limit: 1, after: page.next ?? '' } });
    expect([...page.filings, ...rest.filings].map(({ id }) => id).toSorted()).toEqual(both.toSorted());
    expect(rest.next).toBeNull();
    world.clock.nowMs += 30 * 86_400_000;
    expect(await ids({ overdue: 'true' })).toHaveLength(2);
  });
});

describeOperation('countReviewQueue', { may: roles, sample: () => ({}), leaves: 'nothing' }, (get) => {
  test('of each province, type, nature and reviewer; a claim that has ended is nobody’s', async () => {
    const world = get();
    const owner = await world.customer();
    const { accountId } = owner;
    const filing = await reach(world, owner, 'submitted');
    await reach(world, owner, 'submitted');
    const { reviewer, operator } = world.people;
    await reviewer.client.claimFiling({ params: { filingId: filing.filingId }, body: {} });
    const counted = () => operator.client.countReviewQueue({ query: { accountId } });
    expect(await counted()).toEqual({
      total: 2,
      provinces: [{ value: '440000', count: 2 }],
      kinds: [{ value: 'first', count: 2 }],
      natures: [{ value: 'enterprise', count: 2 }],
      holders: [{ id: reviewer.actor.userId, name: null, count: 1 }],
    });
    world.clock.nowMs += world.deps.claims.minutes * 60_000;
    expect((await counted()).holders).toEqual([]);
  });
});

import { expect, test } from 'vitest';
import { contestOf } from '../../main/testing/filing-steps.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'listContests',
  { may: ['customer', 'operator', 'auditor'], scope: 'filings:read', sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('a customer’s own, everybody’s with both sides for staff, by pages; undecided ones alone', async () => {
      const world = get();
      const [owner, holder] = [await world.customer(), await world.customer()];
      const older = (await contestOf(world, owner, holder)).contest.id;
      const { contest, held } = await contestOf(world, owner, await world.customer());
      await world.people.operator.client.decideContest({
        params: { contestId: older },
        body: { decision: 'dismissed', reasons: '未提供依据' },
      });
      const first = await owner.client.listContests({ query: { limit: 1 } });
      const rest = await owner.client.listContests({ query: { limit: 1, after: first.next ?? '' } });
      expect([...first.contests, ...rest.contests].map(({ id }) => id)).toEqual([contest.id, older]);
      expect(rest.next).toBeNull();
      const undecided = await owner.client.listContests({ query: { undecided: 'true' } });
      expect(undecided.contests.map(({ id }) => id)).toEqual([contest.id]);
      expect((await holder.client.listContests({})).contests).toEqual([]);
      const { contests } = await world.people.auditor.client.listContests({});
      const sides = { holderFilingId: held.filingId, nameProven: false, holderNameProven: false };
      expect(contests.find(({ id }) => id === contest.id)).toMatchObject({ sides });
    });
  },
);

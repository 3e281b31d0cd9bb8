import { expect, test } from 'vitest';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'claimNextFiling',
  {
    may: ['reviewer'],
    sample: async (world, owner) => {
      await reach(world, owner, 'submitted');
      return { body: { accountId: owner.accountId } };
    },
    leaves: ['FilingClaimed'],
  },
  (get) => {
    test('the most urgent that nobody has, then the next, then none; each leaves who claimed it', async () => {
      const world = get();
      const owner = await world.customer();
      const { reviewer } = world.people;
      const first = await reach(world, owner, 'submitted');
      world.clock.nowMs += 5 * 86_400_000;
      const second = await reach(world, owner, 'submitted');
      const next = async () => {
        const { filing } = await reviewer.client.claimNextFiling({ body: { accountId: owner.accountId } });
        return filing;
      };
      const claimed = await next();
      expect(claimed?.id).toBe(first.filingId);
      expect(claimed?.claim).toMatchObject({ holderId: reviewer.actor.userId, mine: true });
      expect((await next())?.id).toBe(second.filingId);
      expect(await next()).toBeNull();
      const rows = (await world.audit()).filter(({ action }) => action === 'FilingClaimed').slice(-2);
      expect(rows.map(({ objectId }) => objectId)).toEqual([first.filingId, second.filingId]);
      // A claim that has ended keeps nobody from it.
      world.clock.nowMs += world.deps.claims.minutes * 60_000;
      expect((await next())?.id).toBe(first.filingId);
    });

    test('only of the filter; not what the reviewer submitted or passed first', async () => {
      const world = get();
      const owner = await world.customer();
      const { accountId } = owner;
      const filing = await reach(world, owner, 'submitted');
      const { reviewer } = world.people;
      const others: NonNullable<NonNullable<Parameters<typeof reviewer.client.claimNextFiling>[0]>['body']>[] = [
        { provinceCode: '110000' },
        { kind: 'access' },
        { nature: 'none' },
        { overdue: true },
        { secondLook: true },
        { search: 'no-such-name' },
      ];
      for (const body of others) {
        expect([body, await reviewer.client.claimNextFiling({ body: { accountId, ...body } })]).toEqual([
          body,
          { filing: null },
        ]);
      }
      const self = world.as({ userId: owner.actor.userId, role: 'reviewer', accountId: null });
      expect((await self.client.claimNextFiling({ body: { accountId } })).filing).toBeNull();
      world.replace({ review: { secondLook: { share: 1, kinds: [], provinces: [] } } });
      await reviewer.client.passFiling(stepOf(filing));
      expect((await reviewer.client.claimNextFiling({ body: { accountId } })).filing).toBeNull();
      const colleague = world.as({ userId: world.fresh('usr_colleague'), role: 'reviewer', accountId: null });
      const { filing: looked } = await colleague.client.claimNextFiling({ body: { accountId, secondLook: true } });
      expect(looked).toMatchObject({ id: filing.filingId, review: { secondLook: true } });
    });
  },
);

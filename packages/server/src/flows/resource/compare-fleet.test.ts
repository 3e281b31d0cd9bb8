import { expect, test } from 'vitest';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const days = { from: '2020-10-15', to: '2020-10-16' };

describeOperation(
  'compareFleet',
  { may: ['operator', 'auditor'], sample: () => ({ query: days }), leaves: 'nothing' },
  (get) => {
    test('what the rules of another day say of resources as they are today: each that changes, with the reasons', async () => {
      const world = get();
      const owner = await world.customer();
      const left = new Date(world.clock.nowMs + 60 * 86_400_000).toISOString().slice(0, 10);
      const server = (more: object) => world.server(owner.accountId, 'alibaba', 'ecs', more);
      const [short, long] = [await server({ expiresAt: left }), await server({})];
      const { auditor } = world.people;
      const all = async (query: { from: string; to: string }) => {
        const found: Awaited<ReturnType<typeof auditor.client.compareFleet>>['changed'] = [];
        let looked = 0;
        for (let after: string | null = null, more = true; more; ) {
          const page: Awaited<ReturnType<typeof auditor.client.compareFleet>> = await auditor.client.compareFleet({
            query: { ...query, limit: 3, ...(after !== null && { after }) },
          });
          found.push(...page.changed.filter(({ accountId }) => accountId === owner.accountId));
          looked += page.looked;
          [after, more] = [page.next, page.next !== null];
        }
        return { found, looked };
      };
      const { found, looked } = await all(days);
      expect(looked).toBeGreaterThanOrEqual(2);
      expect(found.map(({ id }) => id)).toEqual([short]);
      expect(found[0]).toMatchObject({
        product: 'alibaba/ecs',
        file: { before: 'ineligible', after: 'eligible', gained: [] },
      });
      expect(found[0]?.file.lost.map(({ code }) => code)).toEqual(['resource.remaining_term_too_short']);
      // The other way round, and not at all between days of one version.
      const back = (await all({ from: days.to, to: days.from })).found;
      expect(back[0]?.file.gained.map(({ code }) => code)).toEqual(['resource.remaining_term_too_short']);
      expect((await all({ from: '2026-01-01', to: '2026-11-01' })).found).toEqual([]);
      expect(long).not.toBe(short);
    });

    test('goes on where the page before ended only by its own cursor', async () => {
      const { client } = get().people.operator;
      expect(await refusal(client.compareFleet({ query: { ...days, after: 'bm90IG9uZQ' } }))).toEqual([
        'input.invalid',
      ]);
    });
  },
);

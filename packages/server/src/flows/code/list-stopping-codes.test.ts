import { expect, test } from 'vitest';
import { describeOperation, outcomeOf } from '../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../main/testing/operation-world.ts';
import { failTest } from '../../main/testing/rule-world.ts';
import { relayEvents } from '../webhook/relay-events.ts';
import { keepCodeClock } from './code-clock.ts';

/** Codes on servers that end on these days, in the index of stop days. */
async function stopping(world: OperationWorld, owner: Customer, ...ends: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const expiresAt of ends) {
    const { id } = await world.issue(owner.accountId, await world.eligible(owner, { expiresAt }));
    ids.push(id);
  }
  while ((await relayEvents(world.deps, failTest)) + (await keepCodeClock(world.deps, failTest)) > 0);
  return ids;
}

describeOperation(
  'listStoppingCodes',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'codes:read',
    sample: async (world, owner) => {
      await stopping(world, owner, '2027-01-10');
      return {};
    },
    leaves: 'nothing',
  },
  (get) => {
    test('the first to stop first, page by page, each code once; others’ never', async () => {
      const world = get();
      const [owner, other] = [await world.customer(), await world.customer()];
      const ids = await stopping(world, owner, '2027-01-12', '2027-01-10', '2027-01-10', '2027-01-11', '2028-12-31');
      await stopping(world, other, '2027-01-10');
      const seen: { id: string; stopsOn: string; daysLeft: number }[] = [];
      let after: string | undefined;
      let pages = 0;
      do {
        const page = await owner.client.listStoppingCodes({ query: { days: 60, limit: 1, after } });
        expect(page.total).toBe(4);
        seen.push(...page.codes.map(({ code, stopsOn, daysLeft }) => ({ id: code.id, stopsOn, daysLeft })));
        after = page.next ?? undefined;
        pages += 1;
      } while (after !== undefined);
      expect(pages).toBe(4);
      expect(seen.map(({ id }) => id)).toEqual([...[ids[1], ids[2]].sort(), ids[3], ids[0]]);
      expect(seen.map(({ stopsOn }) => stopsOn)).toEqual(seen.map(({ stopsOn }) => stopsOn).toSorted());
      const few = await owner.client.listStoppingCodes({ query: { days: seen[0]?.daysLeft ?? 0 } });
      expect(few.codes.map(({ code }) => code.id).sort()).toEqual([ids[1], ids[2]].sort());
    });

    test('refuses a cursor of another list, or a changed one', async () => {
      const world = get();
      const owner = await world.customer();
      await stopping(world, owner, '2027-01-10', '2027-01-11');
      const { next } = await owner.client.listStoppingCodes({ query: { days: 60, limit: 1 } });
      const codes = await owner.client.listCodes({ query: { limit: 1 } });
      for (const after of ['nonsense', codes.next ?? '', `${next}x`, (next ?? '').slice(0, -2)]) {
        expect(await outcomeOf(owner.client.listStoppingCodes({ query: { after } }))).toBe('input.invalid');
      }
    });
  },
);

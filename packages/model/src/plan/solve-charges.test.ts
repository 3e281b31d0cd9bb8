import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ChargeProblem } from './charge-problem.ts';
import { solveCharges } from './solve-charges.ts';

const problems = fc
  .record({ hubCount: fc.integer({ min: 1, max: 3 }), ledgerCount: fc.integer({ min: 1, max: 4 }) })
  .chain(({ hubCount, ledgerCount }) =>
    fc.record({
      hubCount: fc.constant(hubCount),
      ledgers: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: ledgerCount, maxLength: ledgerCount }),
      charges: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 7, maxLength: 7 }),
      groups: fc.array(
        fc.record({
          count: fc.integer({ min: 1, max: 3 }),
          hubs: fc.uniqueArray(fc.integer({ min: 0, max: hubCount - 1 }), { maxLength: hubCount }),
        }),
        { minLength: 1, maxLength: 3 },
      ),
      uses: fc.array(
        fc.record({
          hub: fc.integer({ min: 0, max: hubCount - 1 }),
          ledger: fc.integer({ min: 0, max: ledgerCount - 1 }),
          charges: fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 2 }),
        }),
        { maxLength: 7 },
      ),
    }),
  );

test('on small problems nothing places more or costs less: every subset of charges was tried', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      const solution = solveCharges(problem);
      const best = exhaustive(problem);
      expect({ placed: solution.placed, cost: solution.cost }).toEqual(best);
      expect(solution.lowerBound).toBe(solution.cost);
    }),
    { numRuns: 400 },
  );
});

test('what is carried respects every capacity, and only what was paid for carries', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      const { carried, entered, paid, placed, cost } = solveCharges(problem);
      const drawn = problem.ledgers.map(() => 0);
      const through = Array.from({ length: problem.hubCount }, () => 0);
      problem.uses.forEach((use, index) => {
        const units = carried[index] ?? 0;
        drawn[use.ledger] = (drawn[use.ledger] ?? 0) + units;
        through[use.hub] = (through[use.hub] ?? 0) + units;
        if (units > 0) expect(use.charges.every((charge) => paid.includes(charge))).toBe(true);
      });
      drawn.forEach((units, ledger) => {
        expect(units).toBeLessThanOrEqual(problem.ledgers[ledger] ?? 0);
      });
      const into = Array.from({ length: problem.hubCount }, () => 0);
      problem.groups.forEach((group, index) => {
        group.hubs.forEach((hub, position) => {
          into[hub] = (into[hub] ?? 0) + (entered[index]?.[position] ?? 0);
        });
        expect((entered[index] ?? []).reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(group.count);
      });
      expect(into).toEqual(through);
      expect(through.reduce((a, b) => a + b, 0)).toBe(placed);
      expect(paid.reduce((sum, charge) => sum + (problem.charges[charge] ?? 0), 0)).toBe(cost);
    }),
    { numRuns: 200 },
  );
});

test('without effort for branching the bound still holds', () => {
  fc.assert(
    fc.property(problems, (problem) => {
      const { cost, lowerBound, placed } = solveCharges(problem, 0);
      const best = exhaustive(problem);
      expect(placed).toBe(best.placed);
      expect(cost).toBeGreaterThanOrEqual(best.cost);
      expect(lowerBound).toBeLessThanOrEqual(best.cost);
    }),
    { numRuns: 200 },
  );
});

/** Tries every subset of charges; places units one by one with augmenting paths over explicit slots (Kuhn 1955). */
function exhaustive({ groups, uses, ledgers, charges }: ChargeProblem): { placed: number; cost: number } {
  const units = groups.flatMap((group) => Array.from({ length: group.count }, () => group.hubs));
  const slots = ledgers.flatMap((capacity, ledger) => Array.from({ length: capacity }, () => ledger));
  let best = { placed: 0, cost: 0 };
  for (let subset = 0; subset < 1 << charges.length; subset += 1) {
    const paid = (charge: number) => (subset >> charge) % 2 === 1;
    const cost = charges.reduce((sum, each, charge) => sum + (paid(charge) ? each : 0), 0);
    const usable = uses.filter((use) => use.charges.every(paid));
    const taken = slots.map(() => -1);
    const place = (unit: number, seen: Set<number>): boolean =>
      slots.some((ledger, slot) => {
        if (seen.has(slot)) return false;
        if (!usable.some((use) => use.ledger === ledger && units[unit]?.includes(use.hub))) return false;
        seen.add(slot);
        const holder = taken[slot] as number;
        if (holder >= 0 && !place(holder, seen)) return false;
        taken[slot] = unit;
        return true;
      });
    const placed = units.filter((_, unit) => place(unit, new Set())).length;
    if (placed > best.placed || (placed === best.placed && cost < best.cost)) best = { placed, cost };
  }
  return best;
}

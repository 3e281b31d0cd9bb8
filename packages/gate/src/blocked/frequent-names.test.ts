import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrequentNames } from './frequent-names.ts';

test('a flood of names that come once neither grows it nor pushes out a frequent one', () => {
  const names = new FrequentNames();
  const requests = 400_000;
  let heavy = 0;
  for (let at = 0; at < requests; at += 1) {
    names.add(`${at}.flood.cn`, 'unfiled');
    // One in two hundred.
    if (at % 200 !== 0) continue;
    names.add('heavy.cn', 'cancelled');
    heavy += 1;
  }
  const tooLowBy = names.takeLowered();
  const [first, ...others] = names.take(Number.POSITIVE_INFINITY);
  expect(first).toMatchObject({ name: 'heavy.cn', reason: 'cancelled' });
  expect(heavy - (first?.count ?? 0)).toBeLessThanOrEqual(tooLowBy);
  expect(tooLowBy).toBeLessThanOrEqual((requests + heavy) / 512);
  expect(others.length).toBeLessThan(1024);
});

test('few names are counted exactly, by reason, and none twice', () => {
  const names = new FrequentNames();
  for (let at = 0; at < 7; at += 1) names.add('a.cn', 'unfiled');
  names.add('a.cn', 'cancelled', 3);
  names.add('b.cn', 'unfiled', 5);
  expect(names.take(2)).toEqual([
    { name: 'a.cn', reason: 'unfiled', count: 7 },
    { name: 'b.cn', reason: 'unfiled', count: 5 },
  ]);
  names.add('a.cn', 'unfiled');
  expect(names.take(9)).toEqual([
    { name: 'a.cn', reason: 'cancelled', count: 3 },
    { name: 'a.cn', reason: 'unfiled', count: 1 },
  ]);
  expect([names.take(9), names.takeLowered()]).toEqual([[], 0]);
});

test('for any traffic, in parts that are merged: no count is too high, and none too low by more than is said', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3000), fc.integer({ min: 1, max: 9 })), { maxLength: 4000 }), (asked) => {
      const truth = new Map<string, number>();
      const whole = new FrequentNames();
      let part = new FrequentNames();
      asked.forEach(([nth, count], at) => {
        const name = `${Math.floor(nth ** 2 / 3000)}.cn`;
        truth.set(name, (truth.get(name) ?? 0) + count);
        part.add(name, 'unfiled', count);
        if (at % 900 !== 899) return;
        whole.merge(part.take(Number.POSITIVE_INFINITY), part.takeLowered());
        part = new FrequentNames();
      });
      whole.merge(part.take(Number.POSITIVE_INFINITY), part.takeLowered());
      const tooLowBy = whole.takeLowered();
      const counted = new Map(whole.take(Number.POSITIVE_INFINITY).map(({ name, count }) => [name, count]));
      for (const [name, count] of truth) {
        const low = count - (counted.get(name) ?? 0);
        expect(low).toBeGreaterThanOrEqual(0);
        expect(low).toBeLessThanOrEqual(tooLowBy);
      }
    }),
    { numRuns: 30 },
  );
});

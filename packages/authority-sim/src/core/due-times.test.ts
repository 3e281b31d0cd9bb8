import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DueTimes } from './due-times.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 23, 1, minute)).toISOString();

test('gives exactly what is due by a time, each once, whatever was added and taken before', () => {
  const step = fc.oneof(fc.record({ add: fc.nat(500), minute: fc.nat(60) }), fc.record({ take: fc.nat(60) }));
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const times = new DueTimes();
      let waiting: { id: string; minute: number }[] = [];
      for (const one of steps) {
        if ('add' in one) {
          times.add(String(one.add), at(one.minute));
          waiting.push({ id: String(one.add), minute: one.minute });
        } else {
          const due = waiting.filter(({ minute }) => minute <= one.take).map(({ id }) => id);
          expect([...times.take(at(one.take))].sort()).toEqual([...new Set(due)].sort());
          waiting = waiting.filter(({ minute }) => minute > one.take);
        }
      }
    }),
  );
});

test('takes one of fifty thousand that wait in a time that does not grow with them', () => {
  const times = new DueTimes();
  for (let n = 0; n < 50_000; n += 1) times.add(`late ${n}`, at(1_000 + n));
  times.add('early', at(1));
  expect([...times.take(at(2))]).toEqual(['early']);
  expect(times.take(at(3)).size).toBe(0);
});

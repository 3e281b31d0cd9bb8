import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SortableIds } from './sortable-ids.ts';

test('ids sort by creation and never repeat, however the clock moves', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 45 }), { minLength: 1, maxLength: 50 }), (times) => {
      let nowMs = 0;
      const ids = new SortableIds(() => nowMs);
      const made = times.flatMap((time) => {
        nowMs = time;
        return [ids.next('fil'), ids.next('fil'), ids.next('fil')];
      });
      expect(made).toEqual([...made].sort());
      expect(new Set(made).size).toBe(made.length);
    }),
  );
});

test('even the largest random part is followed by a greater id', () => {
  const ids = new SortableIds(
    () => 1_000,
    (length) => new Uint8Array(length).fill(255),
  );
  const [first, second] = [ids.next('aud'), ids.next('aud')];
  expect(second > first).toBe(true);
});

test('the shape is prefix, time, randomness; another process makes others in the same millisecond', () => {
  const at = Date.parse('2026-11-21T00:00:00Z');
  const [one, other] = [new SortableIds(() => at).next('code'), new SortableIds(() => at).next('code')];
  expect(one).toMatch(/^code_[0-9A-HJKMNP-TV-Z]{26}$/);
  expect(one.slice(0, 14)).toBe(other.slice(0, 14));
  expect(one).not.toBe(other);
});

import { expect, test } from 'vitest';
import { memoryForIds, seenIds } from './seen-ids.ts';

test('whatever was given is known again; of what was not, next to nothing is taken for it', () => {
  const seen = seenIds(memoryForIds(1 << 20));
  const ids = Array.from({ length: 65_536 }, (_, index) => `tencent/cvm/ins-${index.toString(36)}`);
  expect(ids.filter((id) => seen.mayBeSeen(id)).length).toBeLessThan(10);
  expect(ids.filter((id) => !seen.mayBeSeen(id))).toEqual([]);
});

test('full beyond its size it still misses nothing', () => {
  const seen = seenIds(memoryForIds(0));
  const ids = Array.from({ length: 100_000 }, (_, index) => `a/b/${index}`);
  for (const id of ids) seen.mayBeSeen(id);
  expect(ids.filter((id) => !seen.mayBeSeen(id))).toEqual([]);
});

import { expect, test } from 'vitest';
import { readAll } from './read-all.ts';

/** Seven rows in pages of three. */
const read = async (after = '0') => {
  const first = Number(after);
  const rows = [0, 1, 2].map((step) => first + step).filter((row) => row < 7);
  return { rows, next: first + 3 < 7 ? String(first + 3) : null };
};

test('all rows are read, page after page, and it is told how far that is', async () => {
  const told: number[] = [];
  expect(await readAll(read, { onProgress: (count) => told.push(count) })).toEqual({
    rows: [0, 1, 2, 3, 4, 5, 6],
    isCut: false,
  });
  expect(told).toEqual([3, 6, 7]);
});

test('no more are taken than fit, which is said; as many as fit are all', async () => {
  expect(await readAll(read, { most: 4 })).toEqual({ rows: [0, 1, 2, 3], isCut: true });
  expect((await readAll(read, { most: 6 })).isCut).toBe(true);
  expect((await readAll(read, { most: 7 })).isCut).toBe(false);
});

test('whoever cancels gets nothing, and no further page is asked for', async () => {
  const controller = new AbortController();
  const told: number[] = [];
  const cancelled = readAll(read, {
    signal: controller.signal,
    onProgress: (count) => {
      told.push(count);
      controller.abort();
    },
  });
  await expect(cancelled).rejects.toThrow('aborted');
  expect(told).toEqual([3]);
});

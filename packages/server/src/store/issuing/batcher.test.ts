import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Batcher } from './batcher.ts';

function recorder(options: { countTogether?: (items: readonly number[]) => number; most?: number } = {}) {
  const runs: { items: readonly number[]; finish: (results?: (number | Promise<number>)[]) => void }[] = [];
  const batcher = new Batcher<number, number>({
    most: 100,
    ...options,
    run(items) {
      const { promise, resolve } = Promise.withResolvers<readonly (number | Promise<number>)[]>();
      runs.push({ items, finish: (results) => resolve(results ?? items.map((item) => item * 10)) });
      return promise;
    },
  });
  return { batcher, runs, items: () => runs.map((run) => run.items) };
}
/** One turn of the event loop and more, so that what starts at its end has started. */
const turn = async () => {
  await pause(1);
  await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
};

test('what is asked for at once goes together, what comes meanwhile goes together next, each has its own answer', async () => {
  const { batcher, runs, items } = recorder();
  const first = [batcher.ask(1), batcher.ask(2)];
  await turn();
  const later = [batcher.ask(3), batcher.ask(4), batcher.ask(5)];
  await turn();
  expect(items()).toEqual([[1, 2]]);
  runs[0]?.finish();
  expect(await Promise.all(first)).toEqual([10, 20]);
  await turn();
  expect(items()).toEqual([
    [1, 2],
    [3, 4, 5],
  ]);
  runs[1]?.finish();
  expect(await Promise.all(later)).toEqual([30, 40, 50]);
  expect(batcher.idle).toBe(true);
});

test('no more than `most` go together, nor more than can', async () => {
  const few = recorder({ most: 2 });
  const asked = [1, 2, 3].map((item) => few.batcher.ask(item));
  await turn();
  few.runs[0]?.finish();
  await turn();
  few.runs[1]?.finish();
  expect(await Promise.all(asked)).toEqual([10, 20, 30]);
  expect(few.items()).toEqual([[1, 2], [3]]);

  const apart = recorder({ countTogether: (items) => (items[0] === 1 ? 1 : items.length) });
  void [1, 2, 3].map((item) => apart.batcher.ask(item));
  await turn();
  apart.runs[0]?.finish();
  await turn();
  expect(apart.items()).toEqual([[1], [2, 3]]);
});

test('a failed run is told to all of it and to nobody else', async () => {
  let run = 0;
  const batcher = new Batcher<number, number>({
    most: 9,
    async run(items) {
      run += 1;
      if (run === 1) throw new Error('gone');
      return items;
    },
  });
  const failed = [batcher.ask(1), batcher.ask(2)];
  const settled = await Promise.allSettled(failed);
  expect(settled.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  expect(await batcher.ask(3)).toBe(3);
});

test('a result that is still to come, or a run that takes long, does not hold up the next run', async () => {
  const { batcher, runs, items } = recorder();
  const open = Promise.withResolvers<number>();
  const first = batcher.ask(1);
  await turn();
  runs[0]?.finish([open.promise]);
  await turn();
  const second = batcher.ask(2);
  await turn();
  expect(items()).toEqual([[1], [2]]);
  const third = batcher.ask(3);
  await pause(200);
  expect(items()).toEqual([[1], [2], [3]]);
  runs[1]?.finish();
  runs[2]?.finish();
  open.resolve(7);
  expect(await Promise.all([first, second, third])).toEqual([7, 20, 30]);
});

import { setImmediate as soon } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { VisitorsLane } from './visitors-lane.ts';

/** Works that begin when the lane lets them and end when the test says so. */
function world(most: number) {
  const lane = new VisitorsLane(most);
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const start = (network: string, name: string, fails = false) =>
    lane.run(network, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      if (fails) throw new Error(name);
      return name;
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await soon();
  };
  return { start, end, begun };
}

test('few run at once; who waits takes turns by network; a place is handed on, also by one that fails', async () => {
  const { start, end, begun } = world(2);
  const results = [start('loud', 'l1'), start('loud', 'l2', true), start('loud', 'l3'), start('loud', 'l4')];
  results.push(start('quiet', 'q1'), start('loud', 'l5'));
  const settled = Promise.allSettled(results);
  await soon();
  expect(begun).toEqual(['l1', 'l2']);
  await end('l2');
  await end('l1');
  expect(begun).toEqual(['l1', 'l2', 'l3', 'q1']);
  for (const name of ['q1', 'l3', 'l4', 'l5']) await end(name);
  expect(begun).toEqual(['l1', 'l2', 'l3', 'q1', 'l4', 'l5']);
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', ...Array(4).fill('fulfilled')]);
  // All places are free again.
  const again = [start('', 'a'), start('', 'b')];
  await soon();
  expect(begun.slice(-2)).toEqual(['a', 'b']);
  await end('a');
  await end('b');
  await Promise.all(again);
});

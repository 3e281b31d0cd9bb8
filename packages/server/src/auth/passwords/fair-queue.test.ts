import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FairQueue } from './fair-queue.ts';

const drain = <Item>(queue: FairQueue<Item>): Item[] => {
  const taken: Item[] = [];
  for (let item = queue.take(); item !== undefined; item = queue.take()) taken.push(item);
  return taken;
};

test('takes one of each address in turn, and of each login at one address', () => {
  const queue = new FairQueue<string>({ most: 100, mostPerLogin: 100 });
  for (let turn = 1; turn <= 3; turn += 1) queue.add({ address: 'loud', login: 'a' }, `loud a${turn}`);
  queue.add({ address: 'loud', login: 'b' }, 'loud b1');
  queue.add({ address: 'quiet', login: 'c' }, 'quiet c1');
  expect(drain(queue)).toEqual(['loud a1', 'quiet c1', 'loud b1', 'loud a2', 'loud a3']);
});

test('when it is full, the address with the most gives way', () => {
  const queue = new FairQueue<string>({ most: 3, mostPerLogin: 100 });
  for (let turn = 1; turn <= 3; turn += 1)
    expect(queue.add({ address: 'loud', login: 'a' }, `loud ${turn}`)).toBe(null);
  expect(queue.add({ address: 'quiet', login: 'a' }, 'quiet 1')).toBe('loud 3');
  expect(queue.add({ address: 'loud', login: 'b' }, 'loud b')).not.toBe('quiet 1');
  expect(drain(queue)).toContain('quiet 1');
});

test('one login from one address waits a few times at most', () => {
  const queue = new FairQueue<number>({ most: 100, mostPerLogin: 2 });
  const one = { address: 'a', login: 'l' };
  expect([queue.add(one, 1), queue.add(one, 2), queue.add(one, 3)]).toEqual([null, null, 3]);
  expect(queue.add({ address: 'b', login: 'l' }, 4)).toBe(null);
  expect(drain(queue)).toEqual([1, 4, 2]);
});

test('whatever comes, everything is taken or gave way, once, and the count is right', () => {
  const turn = fc.record({ address: fc.constantFrom('a', 'b', 'c'), login: fc.constantFrom('x', 'y') });
  fc.assert(
    fc.property(fc.array(fc.oneof(turn, fc.constant(null)), { maxLength: 60 }), (steps) => {
      const queue = new FairQueue<number>({ most: 8, mostPerLogin: 3 });
      const gone: number[] = [];
      let held = 0;
      steps.forEach((step, index) => {
        if (step === null) {
          const taken = queue.take();
          if (taken !== undefined) gone.push(taken);
        } else {
          held += 1;
          const left = queue.add(step, index);
          if (left !== null) gone.push(left);
        }
        expect(queue.count).toBe(held - gone.length);
        expect(queue.count).toBeLessThanOrEqual(8);
      });
      gone.push(...drain(queue));
      expect(new Set(gone).size).toBe(held);
      expect(gone).toHaveLength(held);
    }),
  );
});

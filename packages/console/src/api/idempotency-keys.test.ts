import { expect, test } from 'vitest';
import { createIdempotencyKeys } from './idempotency-keys.ts';

function counting() {
  let last = 0;
  return createIdempotencyKeys(() => `key-${++last}`);
}

test('a double click and a repetition after a lost answer carry one key', () => {
  const keys = counting();
  expect(keys.keyFor({ body: { count: 2 } })).toBe('key-1');
  expect(keys.keyFor({ body: { count: 2 } })).toBe('key-1');
});

test('changed content gets a key of its own, and the first content keeps its key', () => {
  const keys = counting();
  expect(keys.keyFor({ body: { count: 2 } })).toBe('key-1');
  expect(keys.keyFor({ body: { count: 3 } })).toBe('key-2');
  expect(keys.keyFor({ body: { count: 2 } })).toBe('key-1');
});

test('after a definite answer the same content is a new decision', () => {
  const keys = counting();
  const first = keys.keyFor({ body: { count: 1 } });
  keys.settle({ body: { count: 1 } });
  expect(keys.keyFor({ body: { count: 1 } })).not.toBe(first);
});

import { expect, test } from 'vitest';
import { z } from 'zod';
import { placesOf } from './index.ts';

test('an unknown kind is reported at the key that tells the kinds apart, once', () => {
  const shape = z.object({ items: z.array(z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })])) });
  const { error } = shape.safeParse({ items: [{ kind: 'a' }, { kind: 'b' }] });
  expect(error && placesOf(error)).toEqual([
    { path: 'items[1].kind', expected: 'expected a known value', expectedZh: '应为已知的取值' },
  ]);
});

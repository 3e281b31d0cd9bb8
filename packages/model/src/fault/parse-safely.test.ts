import { expect, it } from 'vitest';
import { z } from 'zod';
import { parseSafely } from './parse-safely.ts';
import { placesOf } from './places.ts';

const shape = z.object({ id: z.string().min(1).max(10), list: z.array(z.string().max(5)).max(3) });
const json = (text: string): unknown => JSON.parse(text);
const placesIn = (value: unknown) => {
  const parsed = parseSafely(shape, value);
  return parsed.success ? parsed.data : placesOf(parsed.error).map(({ path }) => path);
};

it('refuses objects that nothing can be compared with, at their places', () => {
  const hostile = '{"length":{"toString":1}}';
  expect(() => shape.safeParse(json(`{"id":${hostile},"list":[]}`))).toThrow(TypeError);
  expect(placesIn(json(`{"id":${hostile},"list":[]}`))).toEqual(['id.length.toString']);
  expect(placesIn(json(`{"id":"a","list":["b",${hostile}]}`))).toEqual(['list[1].length.toString']);
  expect(placesIn(json('{"id":{"length":{"valueOf":1,"toString":null}},"list":{"length":{"toString":{}}}}'))).toEqual([
    'list.length.toString',
    'id.length.toString',
  ]);
});

it('is safeParse otherwise, and hides no mistake of a shape', () => {
  expect(placesIn({ id: 'a', list: ['b'], toString: 1 })).toEqual({ id: 'a', list: ['b'] });
  expect(placesIn({ id: '', list: 7 })).toEqual(['id', 'list']);
  const broken = z.string().transform(() => {
    throw new Error('of the shape');
  });
  expect(() => parseSafely(broken, 'a')).toThrow('of the shape');
});

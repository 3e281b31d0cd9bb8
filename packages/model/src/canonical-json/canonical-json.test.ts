import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './index.ts';

test('canonical JSON is JSON, and one content has one text', () => {
  expect(canonicalJson({ b: [1, { d: undefined, c: 'é"' }], a: null })).toBe('{"a":null,"b":[1,{"c":"é\\""}]}');
  expect(canonicalJson([undefined])).toBe('[null]');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocument } from './read-document.ts';
import { jsonPlaceOf } from './read-json.ts';

test('the path of a problem leads to its line and column', () => {
  const text = '{\n  "accounts": [],\n  "resources": [{"id": "a,\\"}"}, {"id": "b",\n    "used": {"codes": "x"}}]\n}';
  expect(jsonPlaceOf(text, 'resources[1].used.codes')).toEqual({ line: 4, column: 14 });
  expect(jsonPlaceOf(text, 'resources[1].billing')).toEqual({ line: 3, column: 34 });
  expect(jsonPlaceOf(text, 'nothing')).toBeNull();
  expect(jsonPlaceOf(text, '')).toBeNull();
});

test('finds every place where the reader of small documents finds it', () => {
  const value = fc.record({
    accounts: fc.array(fc.jsonValue(), { maxLength: 3 }),
    resources: fc.array(fc.object(), { maxLength: 3 }),
  });
  fc.assert(
    fc.property(value, fc.nat(2), fc.boolean(), (document, index, isIndented) => {
      const text = JSON.stringify(document, null, isIndented ? 2 : 0);
      const read = readDocument(text);
      for (const path of [`accounts[${index}]`, `resources[${index}]`, 'accounts', 'viewer']) {
        if (read.kind === 'read') expect(jsonPlaceOf(text, path)).toEqual(read.placeOf(path));
      }
    }),
  );
});

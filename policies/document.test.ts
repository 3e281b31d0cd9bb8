import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseSource } from './document.ts';
import { keyTwiceIn } from './json-keys.ts';

const written = fc.constantFrom<(value: unknown) => string>(
  JSON.stringify,
  (value) => JSON.stringify(value, null, 2),
  (value) => `\n${JSON.stringify(value, null, '\t')}\n`,
);

test('JSON is read to the value it says, whichever reader it takes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), written, (value, write) => {
      const text = write(value);
      expect(parseSource(text)).toMatchObject({ document: { value: JSON.parse(text) } });
      expect(keyTwiceIn(text)).toBe(null);
    }),
    { numRuns: 300 },
  );
});

test('a key given twice is refused with its line, at any depth and however it is written', () => {
  const twice = (text: string) => parseSource(text);
  for (const key of ['b', '\\u0062']) {
    const text = `{"a": [{"x": {}, "y": "}\\"{,", "b": 1,\n"${key}": 2}]}`;
    expect(JSON.parse(text)).toBeDefined();
    expect(twice(text)).toEqual({
      problem: { line: 2, reason: 'key b is on line 1 already', twice: { key: 'b', firstLine: 1 } },
    });
  }
  const object = fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 });
  fc.assert(
    fc.property(object, (value) => {
      const [key] = Object.keys(value);
      const again = `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(key)}:0}`;
      expect(keyTwiceIn(`[{"deep":${again}}]`)).not.toBe(null);
    }),
  );
});

test('YAML with a key twice names the key and both lines; another mistake is said as the parser says it', () => {
  expect(parseSource('a: 1\nb:\n  - { c: 1 }\n  - c: 1\n    d: 2\n    c: 3\n')).toEqual({
    problem: { line: 6, reason: 'key c is on line 4 already', twice: { key: 'c', firstLine: 4 } },
  });
  expect(parseSource('a: [1\nb: 2')).toMatchObject({ problem: { reason: expect.not.stringContaining('already') } });
});

test('places in JSON are told with their lines', () => {
  const parsed = parseSource('{"resources": [\n  {"id": "a"},\n  {"id": "b",\n   "billing": 1}]}');
  expect('document' in parsed && parsed.document.lineOf('resources[1].billing')).toBe(4);
});

import { expect, test } from 'vitest';
import { en } from './en.ts';
import { zh } from './zh.ts';

/** Every text by its path; functions are called with numbers and words, so that what they yield is seen too. */
function texts(node: unknown, path = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[path, node]]);
  if (typeof node === 'function') return new Map([[`${path}(${node.length})`, String(node(3, 4))]]);
  return new Map(
    Object.entries(node as object).flatMap(([key, value]) => [...texts(value, path === '' ? key : `${path}.${key}`)]),
  );
}

test('both languages have the same texts, and none is empty', () => {
  expect([...texts(en).keys()].sort()).toEqual([...texts(zh).keys()].sort());
  for (const dictionary of [zh, en]) {
    for (const [path, text] of texts(dictionary)) expect(text.trim(), path).not.toBe('');
  }
});

test('English texts have no Chinese in them, and Chinese ones have some', () => {
  const han = /\p{Script=Han}/u;
  for (const [path, text] of texts(en)) expect(han.test(text), `${path}: ${text}`).toBe(false);
  // What is written alike in both languages.
  const alike = /^(factValue\.app|app\.comma)$/;
  for (const [path, text] of texts(zh)) if (!alike.test(path)) expect(han.test(text), `${path}: ${text}`).toBe(true);
});

import { inventorySchema, policyFileSchema } from '@openbeian/model/eligibility';
import { placesOf } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { operations } from './index.ts';

/** The schemas inside a schema, itself first. */
function* within(schema: unknown, seen: Set<unknown>): Generator<z.ZodType> {
  if (!(schema instanceof z.ZodType) || seen.has(schema)) return;
  seen.add(schema);
  yield schema;
  // Each kind of schema keeps its parts in its definition under names of its own.
  const definition = new Map<string, unknown>(Object.entries(schema.def));
  const at = (key: string) => definition.get(key);
  const parts = ['element', 'innerType', 'in', 'left', 'right', 'keyType', 'valueType', 'catchall'].map(at);
  parts.push(...Object.values(at('shape') ?? {}));
  for (const list of [at('options'), at('items')]) if (Array.isArray(list)) parts.push(...list);
  for (const part of parts) yield* within(part, seen);
}

const wrong: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  '?'.repeat(5000),
  -1,
  1.5,
  1e300,
  true,
  [],
  ['?', 7],
  {},
  { unknown: 1 },
  Array(3000).fill('?'),
];

test('every sentence about wrong input, of every schema, reads like a person’s in both languages', () => {
  const sentences = new Map<string, string>();
  const seen = new Set<unknown>();
  const roots = [
    inventorySchema,
    policyFileSchema,
    ...Object.values(operations).flatMap(({ params, query, body }) => [params, query, body]),
  ];
  for (const root of roots) {
    for (const schema of within(root, seen)) {
      for (const value of wrong) {
        const { error } = schema.safeParse(value);
        for (const { expected, expectedZh = '' } of error ? placesOf(error) : []) sentences.set(expectedZh, expected);
      }
    }
  }
  expect(sentences.size).toBeGreaterThan(40);
  const odd = /Invalid|invalid_|undefined|NaN|null|\[object|：，|：$|: *$|regex|literal|，或$|or $|  |，，/;
  for (const [zh, en] of sentences) {
    expect.soft(`${zh} | ${en}`).not.toMatch(odd);
    expect.soft(zh).toMatch(/\p{Script=Han}/u);
    expect.soft(en).not.toMatch(/\p{Script=Han}/u);
  }
});

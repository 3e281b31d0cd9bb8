import fc from 'fast-check';
import { findUncarriable, isXmlText } from '../package/characters.ts';
import { type GroupNode, type Part, partOf, type SchemaNode, type TextNode } from '../schema/node.ts';

/** Any value that a description lets pass, small: lists of three at most. */
export function valueOf(node: SchemaNode): fc.Arbitrary<unknown> {
  const known = made.get(node);
  if (known !== undefined) return known;
  const arbitrary =
    node.kind === 'long' ? longOf(node.min, node.max) : node.kind === 'text' ? textOf(node) : groupOf(node);
  made.set(node, arbitrary);
  return arbitrary;
}

const made = new WeakMap<SchemaNode, fc.Arbitrary<unknown>>();

const longOf = (min: number, max: number | null) => fc.integer({ min, max: max ?? Number.MAX_SAFE_INTEGER });

/** What GBK and XML carry, those that have to be escaped among them. */
const character = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((unit) => String.fromCharCode(unit)) },
  { weight: 3, arbitrary: fc.integer({ min: 0x20, max: 0x7e }).map((unit) => String.fromCharCode(unit)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('&', '<', '>', '"', "'", ']]>', '\r', '\n', '\t', '　', '·', '—', '〇', '䶮'),
  },
  {
    weight: 1,
    arbitrary: fc
      .integer({ min: 0xa0, max: 0xffdf })
      .map((unit) => String.fromCharCode(unit))
      .filter((text) => isXmlText(text) && findUncarriable(text).length === 0),
  },
);

function textOf({ min, max, format, kibibytes }: TextNode): fc.Arbitrary<string> {
  const most = Math.min(max ?? 40, min + 30);
  if (format === 'phones') return fc.stringMatching(/^1[3-9]\d{9}(;0\d{2}-\d{8})?$/);
  if (format === 'emails') return fc.stringMatching(/^[a-z]{1,9}@[a-z]{1,9}\.cn(;[a-z]{2}@[a-z]{2}\.cn)?$/);
  if (format === 'day') return fc.stringMatching(/^20[0-4]\d-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/);
  if (format === 'md5_hex') return fc.stringMatching(/^[\da-f]{32}$/);
  if (format === 'picture') {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: Math.min(200, (kibibytes ?? 0) * 1024) });
    return bytes.map((each) => Buffer.from(each).toString('base64'));
  }
  return fc
    .array(character, { minLength: min, maxLength: most })
    .map((characters) => characters.join('').slice(0, max ?? undefined));
}

function groupOf(node: GroupNode): fc.Arbitrary<unknown> {
  const parts = Object.entries(node.parts).map(([name, each]) => [name, partOf(each)] as const);
  if (node.kind === 'choice') {
    return fc.oneof(...parts.map(([name, part]) => partValue(part).map((value) => ({ [name]: value }))));
  }
  const requiredKeys = parts.filter(([, { min }]) => min > 0).map(([name]) => name);
  return fc.record(Object.fromEntries(parts.map(([name, part]) => [name, partValue(part)] as const)), {
    requiredKeys,
  });
}

function partValue({ node, isList, min, max }: Part): fc.Arbitrary<unknown> {
  if (!isList) return valueOf(node);
  const least = Math.max(1, min);
  return fc.array(valueOf(node), { minLength: least, maxLength: Math.min(max ?? 2, least + 1) });
}

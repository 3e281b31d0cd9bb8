import type { Schema } from './largest-body.ts';
import { schemaOf } from './largest-body.ts';

/** A JSON text that no value of JavaScript is written as. */
class Raw {
  readonly json: string;
  constructor(json: string) {
    this.json = json;
  }
}

/** `JSON.stringify`, but for raw texts. */
export function write(value: unknown): string {
  if (value instanceof Raw) return value.json;
  if (Array.isArray(value)) return `[${value.map(write).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}:${write(one)}`);
  return `{${members.join()}}`;
}

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const nested = (open: string, close: string, depth: number) => new Raw(`${open.repeat(depth)}0${close.repeat(depth)}`);

const texts = [
  'a\ud800',
  '\udc00',
  '\ud800\ud800b',
  'x\u0000y',
  '\u0000',
  '',
  ' ',
  '\t\n',
  '\ufeff',
  '\u202e',
  '\uffff',
  '\u{10ffff}',
  'İ',
  'ﬀ',
  'a'.repeat(201),
  '备'.repeat(5000),
  'é'.normalize('NFD'),
  "'; DROP TABLE filing; --",
  '%',
  '%00',
  '\\',
  '"',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '${1}',
  '{{1}}',
  '$1',
  '../../etc/passwd',
  '.',
  '..',
  '/',
  '2147483648',
  '-1',
  '1e999',
  'NaN',
  'Infinity',
  'null',
  'true',
  '0x10',
  '١٢٣',
  '9007199254740993',
  '1.5',
  '007',
  '0000-00-00',
  '2026-02-30',
  '9999-12-31',
  '-000001-01-01',
  '275760-09-14',
  '2026-11-21T24:00:00Z',
  '2026-11-21',
  'http://',
  'http://[::1',
  'https://user:pass@host/',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'a@b',
  '@',
  'xn--',
  'xn--a',
  '粤ICP备2026000123号-1',
  '例え.テスト',
  'a..b',
  '-.cn',
  `${'a'.repeat(64)}.cn`,
  `${'a.'.repeat(130)}cn`,
  '1.2.3.4',
  '::1',
];
const numbers = [
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 32,
  2 ** 53,
  2 ** 63,
  -(2 ** 63),
  1e21,
  1e308,
  5e-324,
  -0,
  0.5,
  -1,
  0,
  1,
  ...['1e999', '-1e999', '9223372036854775808', '1'.repeat(400), '-0.0', '1E+2'].map((json) => new Raw(json)),
];
const others = [
  true,
  false,
  null,
  [],
  {},
  [[]],
  [null],
  ['a'],
  [1, 2],
  { a: 1 },
  [{}],
  { length: 3 },
  { 0: 'a' },
  ...['{"__proto__":{"role":"operator"}}', '{"constructor":{"prototype":{"a":1}}}', '{"a":1,"a":2}'].map(
    (json) => new Raw(json),
  ),
  new Raw('{"toString":1,"valueOf":1,"then":1}'),
  new Raw('{"length":{"toString":1,"valueOf":1}}'),
  nested('[', ']', 15),
  nested('{"a":', '}', 15),
  nested('[', ']', 400),
];
export const hostileValues: readonly unknown[] = [...texts, ...numbers, ...others];
export const hostileTexts: readonly string[] = texts;

type Random = () => number;
export const pick = <One>(random: Random, list: readonly One[]): One => {
  const one = list[Math.floor(random() * list.length)];
  if (one === undefined) throw new Error('a pick out of nothing');
  return one;
};

/** A value of the shape, more or less: what is hostile comes by `spoil`. */
export function valueOf(given: Schema, random: Random): unknown {
  const schema = schemaOf(given);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return valueOf(pick(random, choices), random);
  if (schema.enum) return pick(random, schema.enum);
  if (schema.const !== undefined) return schema.const;
  if (schema.properties) {
    const entries = Object.entries(schema.properties).filter(() => random() < 0.8);
    return Object.fromEntries(entries.map(([key, one]) => [key, valueOf(one, random)]));
  }
  if (schema.items) return Array.from({ length: Math.floor(random() * 3) }, () => valueOf(schema.items ?? {}, random));
  if (schema.type === 'string')
    return pick(random, ['a', 'acct-1', 'example.cn', '2026-11-21', '核对', 'x'.repeat(24)]);
  if (schema.type === 'integer' || schema.type === 'number') return pick(random, [0, 1, 2, 20]);
  return schema.type === 'boolean' ? random() < 0.5 : pick(random, hostileValues);
}

/** The value with something hostile in one to three places of it. */
export function spoil(value: unknown, random: Random): unknown {
  let spoilt = value;
  for (let turn = Math.ceil(random() * 3); turn > 0; turn -= 1) spoilt = spoilOnce(spoilt, random);
  return spoilt;
}

function spoilOnce(value: unknown, random: Random): unknown {
  if (value instanceof Raw || value === null || typeof value !== 'object' || random() < 0.15)
    return pick(random, hostileValues);
  if (Array.isArray(value)) {
    if (value.length === 0 || random() < 0.3) return [...value, pick(random, hostileValues)];
    const at = Math.floor(random() * value.length);
    return value.map((one, index) => (index === at ? spoilOnce(one, random) : one));
  }
  const keys = Object.keys(value);
  if (keys.length === 0 || random() < 0.15) {
    return {
      ...value,
      [pick(random, texts) === '__proto__' ? 'proto' : pick(random, texts)]: pick(random, hostileValues),
    };
  }
  const key = pick(random, keys);
  if (random() < 0.1) return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return { ...value, [key]: spoilOnce((value as Readonly<Record<string, unknown>>)[key], random) };
}

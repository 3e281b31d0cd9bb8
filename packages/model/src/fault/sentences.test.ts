import { expect, test } from 'vitest';
import { z } from 'zod';
import { placesOf } from './index.ts';

const said = (schema: z.ZodType, value: unknown) => {
  const { error } = schema.safeParse(value);
  return error && placesOf(error).map(({ expected, expectedZh }) => [expectedZh, expected]);
};
const blank = z.literal('').transform(() => undefined);

test.each([
  [
    z.union([blank, z.union([z.ipv4(), z.ipv6()])]),
    '203.0.113.**',
    '应为 IPv4 或 IPv6 地址，或为空',
    'expected an IPv4 or IPv6 address, or nothing',
  ],
  [z.union([z.ipv4(), z.ipv6()]), 'x', '应为 IPv4 或 IPv6 地址', 'expected an IPv4 or IPv6 address'],
  [z.union([z.literal(''), z.enum(['a', 'b'])]), 'x', '应为以下之一：a、b，或为空', 'expected one of a, b, or nothing'],
  [z.enum(['', 'a', 'b']), 'x', '应为以下之一：a、b，或为空', 'expected one of a, b, or nothing'],
  [z.literal(''), 'x', '应为空', 'expected nothing'],
  [z.union([z.string(), z.null()]), 7, '应为文本，或为空', 'expected text, or nothing'],
  [z.union([z.number(), z.stringbool()]), {}, '应为数字，或文本', 'expected a number, or text'],
  [
    z.union([
      z.string().refine(() => false, { params: { zh: '应为域名', en: 'expected a name' } }),
      z.object({ a: z.string() }),
    ]),
    'x',
    '应为域名',
    'expected a name',
  ],
  [z.string().min(1), '', '不能为空', 'expected text that is not empty'],
  [z.string().min(3), 'ab', '至少应有 3 个字符', 'expected at least 3 characters'],
  [z.string().max(1), 'ab', '不能超过 1 个字符', 'expected at most 1 character'],
  [z.string().length(20), 'ab', '应有 20 个字符', 'expected 20 characters'],
  [z.array(z.string()).min(1), [], '至少应有 1 项', 'expected at least 1 item'],
  [z.array(z.string()).max(2), ['a', 'b', 'c'], '不能超过 2 项', 'expected at most 2 items'],
  [z.number().min(0), -1, '应不小于 0', 'expected a number of at least 0'],
  [z.number().positive(), 0, '应大于 0', 'expected a number of more than 0'],
  [z.number(), 'x', '应为数字', 'expected a number'],
  [z.boolean(), 'x', '应为 true 或 false', 'expected true or false'],
  [z.array(z.string()), {}, '应为列表', 'expected a list'],
  [z.object({}), [], '应为对象', 'expected an object'],
  [z.number().multipleOf(5), 7, '应为 5 的倍数', 'expected a multiple of 5'],
  [z.literal('a'), 'x', '应为 a', 'expected a'],
  [z.string().regex(/^a$/), 'x', '格式不正确，应符合 /^a$/', 'expected text that matches /^a$/'],
  [z.string().refine(() => false), 'x', '不符合要求', 'expected another value'],
  [
    z.record(z.string().regex(/^a$/), z.string()),
    { b: 'x' },
    '字段名不符合要求',
    'expected another name for this field',
  ],
])('%#: a sentence as a person says it', (schema, value, zh, en) => {
  expect(said(schema, value)).toEqual([[zh, en]]);
});

import { expect, test } from 'vitest';
import { compact, normalPhone } from './pasted.ts';

test.each([
  ['138 0013 8000', '13800138000'],
  ['+86 138-0013-8000', '13800138000'],
  ['１３８００１３８０００', '13800138000'],
  ['0086-138-0013-8000', '13800138000'],
  ['(+86)13800138000', '13800138000'],
  ['86 138 0013 8000', '13800138000'],
  ['\u202d138 0013 8000\u202c', '13800138000'],
])('a mobile pasted as %s is whole', (pasted, mobile) => {
  expect(normalPhone(pasted)).toBe(mobile);
});

test.each([
  ['ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｎ', 'zhang@example.cn'],
  [' 粤ICP备 2026000123 号－1\u200b', '粤ICP备2026000123号-1'],
  ['acct\u00a01', 'acct1'],
])('%s is %s', (pasted, text) => {
  expect(compact(pasted)).toBe(text);
});

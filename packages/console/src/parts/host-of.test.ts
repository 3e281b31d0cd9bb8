import { expect, test } from 'vitest';
import { hostOf } from './host-of.ts';

test.each([
  ['www.example.cn', 'www.example.cn'],
  [' https://www.example.cn/path?x=1#y ', 'www.example.cn'],
  ['http://user:secret@example.cn:8080/', 'example.cn:8080'],
  ['例子.中国/首页', '例子.中国'],
  ['example.cn:8080', 'example.cn:8080'],
  ['  ', ''],
])('%j asks for %j', (typed, host) => {
  expect(hostOf(typed)).toBe(host);
});

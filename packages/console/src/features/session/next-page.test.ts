import { expect, test } from 'vitest';
import { nextPage } from './next-page.ts';

test('after signing in, the page that was asked for opens', () => {
  expect(nextPage('/filings/fil_1/form?field=subject.name')).toBe('/filings/fil_1/form?field=subject.name');
});

test.each([
  null,
  '',
  'https://elsewhere.cn/',
  '//elsewhere.cn',
  '/\\elsewhere.cn',
  '/\t/elsewhere.cn',
  '\n//elsewhere.cn',
  '/.//elsewhere.cn',
  '/a/..//elsewhere.cn',
  '/\t\\elsewhere.cn',
  'javascript:alert(1)',
  '/sign-in',
  '//',
])('nobody is sent away by a forged address: %s', (wanted) => {
  expect(nextPage(wanted)).toBe('/');
});

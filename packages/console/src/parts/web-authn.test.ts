import { expect, test } from 'vitest';
import { isAtAddress } from './web-authn.ts';

test.each([
  ['127.0.0.1', true],
  ['[::1]', true],
  ['localhost', false],
  ['beian.example.cn', false],
  ['1.example.cn', false],
])('%s is an address, to which no passkey belongs: %s', (hostname, expected) => {
  expect(isAtAddress(hostname)).toBe(expected);
});

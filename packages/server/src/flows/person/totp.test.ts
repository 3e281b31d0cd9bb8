import { expect, test } from 'vitest';
import { stepOfCode, totpCode } from './totp.ts';

const secret = Buffer.from('12345678901234567890');
const stepMs = 30_000;

test('a code is found in its step and the ones beside it, nowhere else', () => {
  const code = totpCode(secret, 100);
  const found = [98, 99, 100, 101, 102].map((step) => stepOfCode(secret, code, step * stepMs));
  expect(found).toEqual([null, 100, 100, 100, null]);
});

test('what is no six figures is no code, whatever it is made of', () => {
  for (const code of [
    '',
    '12345',
    '1234567',
    '备备备备备备',
    '１２３４５６',
    '12345\u{1f600}',
    'é'.repeat(6),
    '\n12345',
  ]) {
    expect(stepOfCode(secret, code, 100 * stepMs), code).toBe(null);
  }
});

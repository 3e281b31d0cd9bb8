import { lookup } from 'node:dns/promises';
import { hashPassword } from 'better-auth/crypto';
import { afterAll, expect, test } from 'vitest';
import { PasswordPool } from './password-pool.ts';

const pool = new PasswordPool(1);
afterAll(() => pool.close());
const turn = (address: string, login = 'chen') => ({ address, login });

test('hashes and verifies what better-auth stored, and the other way round', async () => {
  const theirs = await hashPassword('Ｐａｓｓ 密码 of theirs');
  expect(await pool.verify(theirs, 'Ｐａｓｓ 密码 of theirs', turn('a'))).toBe(true);
  expect(await pool.verify(theirs, 'Pass 密码 of theirs', turn('a'))).toBe(true); // NFKC, as theirs
  expect(await pool.verify(theirs, 'another', turn('a'))).toBe(false);
  const ours = await pool.hash('a password', turn('a'));
  expect(ours).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
  expect(await pool.verify(ours, 'a password', turn('a'))).toBe(true);
});

test('without a hash the answer is no, after the same work', async () => {
  const stored = await pool.hash('a password', turn('a'));
  const time = async (hash: string | null) => {
    const begun = performance.now();
    expect(await pool.verify(hash, 'wrong', turn('a'))).toBe(false);
    return performance.now() - begun;
  };
  const fastest = async (hash: string | null) => Math.min(await time(hash), await time(hash), await time(hash));
  expect(await fastest(null)).toBeGreaterThan((await fastest(stored)) / 3);
  expect(await pool.verify('no hash at all', 'wrong', turn('a'))).toBe(false);
});

test('one address with many wrong passwords waits behind itself; another one is next', async () => {
  const stored = await pool.hash('a password', turn('a'));
  const order: string[] = [];
  const loud = Array.from({ length: 20 }, async (_, index) => {
    const outcome = await pool.verify(stored, 'wrong', turn('loud', `login ${index}`)).catch(() => 'refused');
    order.push(`loud ${outcome}`);
  });
  const quiet = pool.verify(stored, 'a password', turn('quiet')).then((right) => order.push(`quiet ${right}`));
  // What shares the threads of Node itself is not held up.
  const begun = performance.now();
  await lookup('localhost');
  const lookupMs = performance.now() - begun;
  await Promise.all([...loud, quiet]);
  expect(order.indexOf('quiet true')).toBeLessThanOrEqual(2);
  expect(lookupMs).toBeLessThan(1000);
});

test('what waits is bounded: beyond it the loud are told to come later, nobody else', async () => {
  const small = new PasswordPool(1, { most: 10, mostPerLogin: 5 });
  const stored = await small.hash('a password', turn('a'));
  const loud = Array.from({ length: 30 }, (_, index) =>
    small.verify(stored, 'wrong', turn('loud', `login ${index}`)).then(
      () => 'evaluated',
      (error: unknown) => (error as { code?: unknown }).code,
    ),
  );
  const quiet = small.verify(stored, 'a password', turn('quiet'));
  expect(await quiet).toBe(true);
  const outcomes = await Promise.all(loud);
  expect(outcomes.filter((outcome) => outcome === 'auth.too_many_attempts').length).toBeGreaterThanOrEqual(18);
  expect(new Set(outcomes)).toEqual(new Set(['evaluated', 'auth.too_many_attempts']));
  await small.close();
});

import { expect, test } from 'vitest';
import { SignInPace } from './sign-in-pace.ts';

/** A pace whose waiting is noted and ends when the test says so. */
function paced(nowMs = () => 0) {
  const waits: { readonly ms: number; readonly end: () => void }[] = [];
  const pace = new SignInPace((ms) => new Promise<void>((end) => void waits.push({ ms, end })), nowMs);
  return { pace, waits };
}
const turn = (login: string, address = '192.0.2.1') => ({ address, login });
const settle = () => new Promise((done) => setImmediate(done));

test('nobody who did not fail waits', async () => {
  const { pace, waits } = paced();
  await pace.wait(turn('a'), { delayMs: 0, byAddress: false });
  expect(waits).toEqual([]);
});

test('attempts at one login from one address wait one after the other, five at most; other logins and addresses do not', async () => {
  const { pace, waits } = paced();
  const slow = { delayMs: 1000, byAddress: false };
  const begun = Array.from({ length: 5 }, () => pace.wait(turn('a'), slow));
  await expect(pace.wait(turn('a'), slow)).rejects.toMatchObject({
    code: 'auth.too_many_attempts',
    extras: { retryAfterSeconds: 1 },
  });
  const others = [pace.wait(turn('b'), slow), pace.wait(turn('a', '192.0.2.2'), slow)];
  await settle();
  expect(waits.map(({ ms }) => ms)).toEqual([1000, 1000, 1000]);
  for (let index = 0; index < 7; index += 1) {
    waits[index]?.end();
    await settle();
  }
  await Promise.all([...begun, ...others]);
  // All have gone: there is room again.
  const again = pace.wait(turn('a'), slow);
  await settle();
  waits.at(-1)?.end();
  await again;
  expect(waits).toHaveLength(8);
});

test('an address that failed often begins an attempt every 250 ms, whatever the login, for ten seconds at most', async () => {
  let now = 0;
  const { pace, waits } = paced(() => now);
  const slow = { delayMs: 0, byAddress: true };
  await pace.wait(turn('a'), slow);
  for (const login of ['b', 'c']) void pace.wait(turn(login), slow);
  expect(waits.map(({ ms }) => ms)).toEqual([250, 500]);
  await pace.wait(turn('a', '192.0.2.2'), slow);
  for (let count = 3; count <= 40; count += 1) void pace.wait(turn('d'), slow);
  await expect(pace.wait(turn('e'), slow)).rejects.toMatchObject({ extras: { retryAfterSeconds: 10 } });
  now = 60_000;
  await pace.wait(turn('e'), slow);
});

test('remembers 10,000 addresses and forgets those whose turn has come', async () => {
  let now = 0;
  const { pace, waits } = paced(() => now);
  const slow = { delayMs: 0, byAddress: true };
  for (let count = 0; count < 10_000; count += 1) await pace.wait(turn('a', `address ${count}`), slow);
  now = 250;
  await pace.wait(turn('a', 'one more'), slow);
  await pace.wait(turn('a', 'address 0'), slow);
  void pace.wait(turn('a', 'one more'), slow);
  expect(waits.map(({ ms }) => ms)).toEqual([250]);
});

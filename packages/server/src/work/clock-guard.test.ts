import { expect, test } from 'vitest';
import { ClockGuard } from './clock-guard.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

function guarded({ aheadMs = 0 } = {}) {
  let monotonic = 5000;
  const start = Date.parse('2026-11-29T00:00:00Z');
  const clocks = { ours: start + aheadMs, theirs: start };
  const guard = new ClockGuard({
    nowMs: () => clocks.ours,
    databaseNowMs: async () => clocks.theirs,
    monotonicMs: () => monotonic,
  });
  return {
    faultOf: async () => (await guard.findFault())?.extras.detail?.en ?? null,
    isWrong: () => guard.isWrong,
    pass(ms: number) {
      monotonic += ms;
      clocks.ours += ms;
      clocks.theirs += ms;
    },
    setOurs: (byMs: number) => void (clocks.ours += byMs),
    setBoth(byMs: number) {
      clocks.ours += byMs;
      clocks.theirs += byMs;
    },
  };
}

test.each([
  [0, null],
  [59_000, null],
  [-59_000, null],
  [90 * dayMs, `This machine's clock is ${90 * 24 * 60} min ahead of the database's.`],
  [-2 * minuteMs, "This machine's clock is 2 min behind the database's."],
])('a clock that is %i ms ahead of the database: %s', async (aheadMs, expected) => {
  const clock = guarded({ aheadMs });
  expect(await clock.faultOf()).toBe(expected);
  clock.pass(dayMs);
  expect(await clock.faultOf()).toBe(expected);
});

test('a clock that was set right is used again, after a while in which a jump may be noticed', async () => {
  const clock = guarded({ aheadMs: 90 * dayMs });
  expect(await clock.faultOf()).not.toBeNull();
  clock.setOurs(-90 * dayMs);
  expect(await clock.faultOf()).toMatch(/jumped less than 15 min ago/);
  clock.pass(14 * minuteMs);
  expect(await clock.faultOf()).not.toBeNull();
  expect(clock.isWrong()).toBe(true);
  clock.pass(minuteMs);
  expect(await clock.faultOf()).toBeNull();
  expect(clock.isWrong()).toBe(false);
});

test('one jump of both, as on one machine, is noticed too; small steps of NTP are not jumps', async () => {
  const clock = guarded();
  clock.setBoth(9 * minuteMs);
  expect(await clock.faultOf()).toBeNull();
  clock.setBoth(90 * dayMs);
  expect(await clock.faultOf()).toMatch(/jumped/);
  clock.pass(15 * minuteMs);
  expect(await clock.faultOf()).toBeNull();
});

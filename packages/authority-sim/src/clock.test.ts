import { describe, expect, test } from 'vitest';
import { durationMs, manualClock } from './index.ts';

describe('a manual clock', () => {
  test('does not move by itself, and never goes back', () => {
    const clock = manualClock('2026-11-21T09:30:00+08:00');
    expect(clock.now()).toBe('2026-11-21T01:30:00.000Z');
    clock.advance(1500);
    expect(clock.now()).toBe('2026-11-21T01:30:01.500Z');
    clock.set('2026-11-22T00:00:00Z');
    expect(() => clock.set('2026-11-21T23:59:59Z')).toThrow(RangeError);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.advance(Number.NaN)).toThrow(RangeError);
    expect(() => clock.advance(1e15)).toThrow(RangeError);
    expect(clock.now()).toBe('2026-11-22T00:00:00.000Z');
  });

  test.each(['2026-11-21', '2026-11-21T09:30:00', '2026-13-21T09:30:00Z', 'now', ''])('does not start at %j', (at) => {
    expect(() => manualClock(at)).toThrow(RangeError);
  });
});

describe('spans of time', () => {
  test.each([
    ['PT10S', 10_000],
    ['PT0.5S', 500],
    ['PT24H', 86_400_000],
    ['P1D', 86_400_000],
    ['P1DT1H1M1S', 90_061_000],
    ['PT0S', 0],
  ])('%s is %i ms', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });
  test.each(['', 'P', 'PT', 'P1DT', '10s', 'P1M', 'P1Y', 'PT-1S', 'PT1', ' PT1S', 'PT99999999S'])(
    '%j is none',
    (text) => {
      expect(() => durationMs(text)).toThrow(RangeError);
    },
  );
});

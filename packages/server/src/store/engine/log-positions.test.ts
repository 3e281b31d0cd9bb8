import { expect, test } from 'vitest';
import { LogPositions, parsePosition } from './log-positions.ts';

test('positions are compared as the numbers that they are', () => {
  expect(parsePosition('0/0')).toBe(0n);
  expect(parsePosition('1/0')).toBe(0x1_0000_0000n);
  expect(parsePosition('16/B374D848')).toBe(0x16_b374_d848n);
  expect(parsePosition('16/b374d848')).toBe(0x16_b374_d848n);
  for (const text of ['', '16', '16/', '/1', '16/B374D8480', 'g/1', '1/2 ', ' 1/2', '1/2/3', '-1/2']) {
    expect(parsePosition(text), text).toBeNull();
  }
});

test('a replica needs what was there a bound ago: the oldest position asked for within it', () => {
  const log = new LogPositions();
  expect(log.neededAt(0, 1000)).toBeNull();
  log.note(0, 10n);
  log.note(400, 20n);
  log.note(800, 30n);
  expect(log.neededAt(800, 1000)).toBe(10n);
  expect(log.neededAt(1000, 1000)).toBe(10n);
  expect(log.neededAt(1001, 1000)).toBe(20n);
  expect(log.neededAt(1800, 1000)).toBe(30n);
  // Nobody knows what was committed since.
  expect(log.neededAt(1801, 1000)).toBeNull();
  log.forget();
  expect(log.neededAt(800, 1000)).toBeNull();
});

test('how far a replica is behind is counted from the newest position that it has: an idle primary makes nothing old', () => {
  const log = new LogPositions();
  expect(log.lagMsAt(0, 10n)).toBeNull();
  for (let askedMs = 0; askedMs <= 100_000; askedMs += 250) log.note(askedMs, 10n);
  expect(log.lagMsAt(100_100, 10n)).toBe(100);
  expect(log.lagMsAt(100_100, 9n)).toBeNull();
  log.note(100_250, 20n);
  expect(log.lagMsAt(100_300, 10n)).toBe(300);
  expect(log.lagMsAt(100_300, 20n)).toBe(50);
  // What is long past is not kept.
  for (let askedMs = 100_500; askedMs <= 400_000; askedMs += 250) log.note(askedMs, 20n);
  expect(log.lagMsAt(400_000, 19n)).toBeNull();
  expect(log.lagMsAt(400_000, 20n)).toBe(0);
});

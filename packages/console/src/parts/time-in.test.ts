import { expect, test } from 'vitest';
import { timeIn } from './time-in.ts';

test.each([
  ['9:30', '09:30'],
  ['0930', '09:30'],
  ['０９：３０', '09:30'],
  ['9点', '09:00'],
  ['14点5分', '14:05'],
  ['24:00', null],
  ['9:60', null],
  ['9', null],
  ['', null],
])('%s is %s', (typed, time) => {
  expect(timeIn(typed)).toBe(time);
});

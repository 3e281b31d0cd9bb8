import { expect, test } from 'vitest';
import { spanOf } from './format.ts';

test.each([
  [1, '1 秒', '1 second'],
  [59, '59 秒', '59 seconds'],
  [60, '1 分钟', '1 minute'],
  [827, '14 分钟', '14 minutes'],
  [3540, '59 分钟', '59 minutes'],
  [3541, '1 小时', '1 hour'],
  [3601, '2 小时', '2 hours'],
])('%d seconds are %s', (seconds, zh, en) => {
  expect(spanOf(seconds)).toEqual({ zh, en });
});

import { expect, test } from 'vitest';
import { dueOf } from './due.ts';

const now = '2026-11-21T02:00:00Z';

test.each([
  ['2026-11-25T02:00:00Z', 'quiet', false, 'days', 4],
  ['2026-11-22T03:30:00Z', 'quiet', false, 'hours', 25],
  ['2026-11-22T01:30:00Z', 'warn', false, 'hours', 23],
  ['2026-11-21T02:20:30Z', 'warn', false, 'minutes', 20],
  ['2026-11-21T01:58:30Z', 'bad', true, 'minutes', 2],
  ['2026-11-18T01:00:00Z', 'bad', true, 'days', 4],
] as const)('due %s is %s', (dueAt, tone, overdue, unit, count) => {
  expect(dueOf(dueAt, now)).toEqual({ tone, overdue, span: { unit, count } });
});

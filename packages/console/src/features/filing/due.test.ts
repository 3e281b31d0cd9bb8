import { expect, test } from 'vitest';
import { byDue, dueOf } from './due.ts';

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

test('the queue has the nearest deadline first, and what has none last, oldest first', () => {
  const rows = [
    { id: 'c', dueAt: null, startedAt: '2026-11-02T00:00:00Z' },
    { id: 'b', dueAt: '2026-11-24T00:00:00Z', startedAt: '2026-11-03T00:00:00Z' },
    { id: 'd', dueAt: null, startedAt: '2026-11-05T00:00:00Z' },
    { id: 'a', dueAt: '2026-11-20T00:00:00Z', startedAt: '2026-11-04T00:00:00Z' },
  ];
  expect(byDue(rows).map((row) => row.id)).toEqual(['a', 'b', 'c', 'd']);
});

import { expect, test } from 'vitest';
import { handOverViewOf } from './hand-over-view.ts';

type Job = NonNullable<Parameters<typeof handOverViewOf>[0]>;
type Actor = Parameters<typeof handOverViewOf>[1];

test.each([
  ['begins', '2026-11-30T02:00:00.000Z', null],
  ['goes on', '2026-11-30T02:00:00.000Z', 'unreachable'],
  ['waits for staff', null, 'unreachable'],
])('a hand-over that %s claims no review: a cancellation has none', (_what, nextAt, lastError) => {
  const job = { id: 'job_1', attempts: 1, nextAt, lastError } as object as Job; // what is read of it
  const view = handOverViewOf(job, { role: 'customer' } as Partial<Actor> as Actor); // as above
  expect(view?.text.zh).not.toContain('初审');
  expect(view?.text.en).not.toContain('review');
});

import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';

const nextFirst: ListOrder<{ readonly runAt: string; readonly id: string }> = {
  name: 'jobs',
  columns: ['instant', 'text'],
  positionOf: ({ runAt, id }) => [runAt, id],
};

/** Waiting and failing jobs, the next to run first; never what they carry. */
export const listJobs = query({ id: 'listJobs', faults: [] }, async ({ tx }, input: PageInput) => {
  const { rows, next } = await pageOf(nextFirst, input, async (page) =>
    (await tx.jobs.list(page)).map(({ payload: _payload, ...job }) => job),
  );
  return { jobs: rows, next };
});

export const countJobs = query({ id: 'countJobs', faults: [] }, ({ tx }) => tx.jobs.count());

import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';

const limit = 200;

/** Waiting and failing jobs, without their payloads. */
export const listJobs = query({ id: 'listJobs', faults: [] }, async ({ tx }: Step) => {
  const jobs = await tx.jobs.list(limit);
  return { jobs: jobs.map(({ payload: _payload, ...job }) => job) };
});

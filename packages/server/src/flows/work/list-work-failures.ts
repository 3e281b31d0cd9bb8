import { query } from '../command/operation.ts';

const listLimit = 200;

/** Items of background work that failed: parked ones first, then those that are tried again soonest. */
export const listWorkFailures = query({ id: 'listWorkFailures', faults: [] }, async ({ tx }) => ({
  failures: await tx.workFailures.list(listLimit),
}));

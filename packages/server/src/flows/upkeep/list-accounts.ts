import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';

/** All accounts. */
export const listAccounts = query({ id: 'listAccounts', faults: [] }, async ({ tx }: Step) => ({
  accounts: await tx.accounts.list(),
}));

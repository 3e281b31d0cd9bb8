import { query } from '../command/operation.ts';
import { requireVisible } from '../command/permission.ts';
import { verificationViewOf } from './verification-view.ts';

/** Whose identity is verified for a filing, how, and how far each of them is. */
export const getVerification = query(
  { id: 'getVerification', faults: ['object.not_found'] },
  async (step, { filingId }: { readonly filingId: string }) => {
    const filing = requireVisible(step, await step.tx.filings.find(filingId), (one) => [one.accountId]);
    return verificationViewOf(step, filing);
  },
);

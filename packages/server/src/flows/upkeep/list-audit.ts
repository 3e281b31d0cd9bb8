import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';

/** Who did what, newest first. */
export const listAudit = query(
  { id: 'listAudit', faults: [] },
  async ({ tx }: Step, { objectId, limit }: { readonly objectId?: string | undefined; readonly limit: number }) => {
    const rows = await tx.audit.list({ limit, ...(objectId !== undefined && { objectId }) });
    return { rows: rows.map(({ accountId: _accountId, ...row }) => row) };
  },
);

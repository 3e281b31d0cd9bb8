import type { AuditRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf } from '../command/page.ts';

const newestFirst: ListOrder<AuditRow> = {
  name: 'audit',
  columns: ['instant', 'text'],
  positionOf: ({ at, id }) => [at, id],
};

/** Audit rows, of one object or of all, newest first. */
export const listAudit = query(
  { id: 'listAudit', faults: [] },
  async ({ tx }, input: { readonly objectId?: string | undefined } & PageInput) => {
    const { objectId } = input;
    const { rows, next } = await pageOf(newestFirst, input, (page) => tx.audit.list({ objectId, ...page }));
    return { rows: rows.map(({ accountId: _accountId, ...row }) => row), next };
  },
);

import type { SupportAccessRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { byId, type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';
import { supportViewOf } from './support-view.ts';

const newestFirst: ListOrder<SupportAccessRow> = byId('support accesses');

/** A customer's own account, or everybody's for the provider's people; the newest first. */
export const listSupportAccesses = query(
  { id: 'listSupportAccesses', faults: [] },
  async (step, input: PageInput & { readonly accountId?: string | undefined }) => {
    const { tx, actor } = step;
    const accountId = actor.role === 'customer' ? ownAccount(actor) : (input.accountId ?? null);
    const { rows, next } = await pageOf(newestFirst, input, (page) => tx.supportAccesses.list({ accountId, ...page }));
    return { accesses: rows.map((row) => supportViewOf(step, row)), next };
  },
);

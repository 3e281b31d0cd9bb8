import type { AccountRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { byId, type ListOrder, type PageInput, pageOf } from '../command/page.ts';

interface Filter {
  readonly search?: string | undefined;
}

const order: ListOrder<AccountRow> = byId('accounts');

/** The provider's accounts by id. */
export const listAccounts = query(
  { id: 'listAccounts', faults: [], mayLag: true },
  async ({ tx }, input: Filter & PageInput) => {
    const { rows, next } = await pageOf(order, input, (page) => tx.accounts.list({ search: input.search, ...page }));
    return { accounts: rows, next };
  },
);

/** As many as a person chooses from; that more have one name is no matter. */
const mostNamed = 5;

/** Accounts with that id or whole name: customers find those whose name they know, and learn of no other. */
export const findAccounts = query(
  { id: 'findAccounts', faults: [] },
  async ({ tx }, { name }: { readonly name: string }) => {
    const accounts = await tx.accounts.listNamed(name, mostNamed);
    return { accounts: accounts.map(({ id, displayName }) => ({ id, displayName })) };
  },
);

export const countAccounts = query(
  { id: 'countAccounts', faults: [], mayLag: true },
  async ({ tx }, input: Filter) => ({
    total: await tx.accounts.count(input),
  }),
);

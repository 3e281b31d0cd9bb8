import type { AccountInStore } from '../../ports/index.ts';
import { recordAudit } from '../command/audit.ts';
import { command, query } from '../command/operation.ts';
import { byId, type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import type { Step } from '../command/step.ts';

interface Filter {
  readonly search?: string | undefined;
}

interface AgencyInput {
  readonly accountId: string;
  readonly mayFileForOthers: boolean;
}

const order: ListOrder<AccountInStore> = byId('accounts');

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

/** What people call accounts whose ids they see. */
export const nameAccounts = query(
  { id: 'nameAccounts', faults: [], mayLag: true },
  async ({ tx, actor }, { ids }: { readonly ids: readonly string[] }) => {
    const { accountId } = actor;
    const others = ids.filter((id) => id !== accountId);
    const known =
      accountId === null
        ? ids
        : [
            ...ids.filter((id) => id === accountId),
            ...(others.length === 0 ? [] : await tx.accounts.listAcquainted(accountId, others)),
          ];
    const accounts = known.length === 0 ? [] : await tx.accounts.listByIds(known);
    return { accounts: accounts.map(({ id, displayName }) => ({ id, displayName })) };
  },
);

/** Filings that are submitted already go on; others are checked again at their submission. */
export const setAccountAgency = command(
  { id: 'setAccountAgency', faults: ['object.not_found'] },
  async (step: Step<'object.not_found'>, { accountId, mayFileForOthers }: AgencyInput) => {
    const account = await step.tx.accounts.setAgency(accountId, mayFileForOthers, step.at);
    if (account === null) throw step.fault('object.not_found');
    await recordAudit(step, 'AccountAgencySet', { kind: 'account', id: accountId }, { mayFileForOthers });
    return account;
  },
);

export const countAccounts = query(
  { id: 'countAccounts', faults: [], mayLag: true },
  async ({ tx }, input: Filter) => ({
    total: await tx.accounts.count(input),
  }),
);

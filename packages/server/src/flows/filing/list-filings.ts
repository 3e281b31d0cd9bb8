import type { FilingRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import { filingViewOf } from './filing-view.ts';

const listLimit = 200;

/** A customer's filings, or everybody's for the provider's people. */
export const listFilings = query(
  { id: 'listFilings', faults: [] },
  async ({ deps, tx, actor }, input: { readonly state?: FilingRow['state'] | undefined }) => {
    const filings = await tx.filings.list({
      ...(actor.role === 'customer' ? { accountId: ownAccount(actor) } : {}),
      ...(input.state === undefined ? {} : { states: [input.state] }),
      limit: listLimit,
    });
    return { filings: filings.map((filing) => filingViewOf(deps, filing, actor)) };
  },
);

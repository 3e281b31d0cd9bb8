import type { ContestRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { byId, type ListOrder, type PageInput, pageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';
import { contestViewsOf } from './contest-view.ts';

const newestFirst: ListOrder<ContestRow> = byId('contests');

/** A customer's own contests, everybody's for the provider's people; the newest first. */
export const listContests = query(
  { id: 'listContests', faults: [], mayLag: true },
  async (step, input: PageInput & { readonly undecided: 'true' | 'false' }) => {
    const { tx, actor } = step;
    const accountId = actor.role === 'customer' ? ownAccount(actor) : undefined;
    const undecided = input.undecided === 'true';
    const { rows, next } = await pageOf(newestFirst, input, (page) =>
      tx.contests.list({ accountId, undecided, ...page }),
    );
    return { contests: await contestViewsOf(step, rows), next };
  },
);

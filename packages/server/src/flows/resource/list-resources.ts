import { dayOf } from '@openbeian/model/calendar';
import type { PolicySet } from '@openbeian/model/eligibility';
import type { PageRequest, ResourceRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf, scannedPageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';
import { openEvaluators } from './account-evaluator.ts';
import { isShown, type Shown } from './is-shown.ts';
import { resourceViewOf } from './resource-view.ts';

const byAccount: ListOrder<ResourceRow> = {
  name: 'resources',
  columns: ['text', 'text'],
  positionOf: ({ accountId, id }) => [accountId, id],
};

interface ResourcesFilter {
  readonly accountId?: string | undefined;
  /** A part of id, product, product's name, region or account. */
  readonly search?: string | undefined;
  readonly show?: Shown | undefined;
}

/**
 * A customer's own resources, or one account's, or all; each with today's result of `check`. By account and id.
 * What may be filed or issued on is decided, not stored, so a page of such may be shorter than `limit` though more follow.
 */
export const listResources = query(
  { id: 'listResources', faults: [] },
  async (step, input: ResourcesFilter & PageInput) => {
    const { tx, actor, at, deps } = step;
    const { search, show = 'all' } = input;
    const accountId = actor.role === 'customer' ? ownAccount(actor) : input.accountId;
    const products = search === undefined ? undefined : productsNamed(deps.policies, search);
    const read = (page: PageRequest) => tx.resources.listPage({ accountId, search, products, ...page });
    const shown = async (rows: readonly ResourceRow[]) => {
      const evaluators = await openEvaluators(step, rows);
      return rows.map((row) => {
        const evaluator = evaluators.get(row.accountId);
        if (evaluator === undefined || !isShown[show](evaluator.outcomes(row, row.accountId))) return null;
        return resourceViewOf(evaluator, row);
      });
    };
    if (show !== 'all') {
      const { rows, next } = await scannedPageOf(byAccount, input, read, shown);
      return { at: dayOf(at), resources: rows, next };
    }
    const { rows, next } = await pageOf(byAccount, input, read);
    return { at: dayOf(at), resources: (await shown(rows)).filter((view) => view !== null), next };
  },
);

/** Products whose name has this text in it, as `provider/product`. */
function productsNamed(policies: PolicySet, search: string): string[] {
  const wanted = search.toLowerCase();
  return [...policies.values()].flatMap(({ products }) =>
    [...products].flatMap(([, versions]) =>
      versions.filter(({ name }) => `${name.zh} ${name.en}`.toLowerCase().includes(wanted)).map(({ id }) => id),
    ),
  );
}

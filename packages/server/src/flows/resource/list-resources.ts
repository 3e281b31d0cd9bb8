import { dayOf } from '@openbeian/model/calendar';
import type { PolicySet } from '@openbeian/model/eligibility';
import type { PageRequest, ResourceRow } from '../../ports/index.ts';
import { query } from '../command/operation.ts';
import { type ListOrder, type PageInput, pageOf, scannedPageOf } from '../command/page.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { canBeEvaluated, openEvaluators } from './account-evaluator.ts';
import { requireAsking } from './asking-filing.ts';
import { isShown, type Shown } from './is-shown.ts';
import { type ResourceView, resourceViewOf } from './resource-view.ts';

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
  /** The filing that would be on one of them: what it holds is not counted against it. */
  readonly filingId?: string | undefined;
}

/**
 * A customer's own resources, or one account's, or all; each with today's result of `check`. By account and id.
 * What may be filed or issued on is decided, not stored, so a page of such may be shorter than `limit` though more follow.
 */
export const listResources = query(
  { id: 'listResources', faults: ['object.not_found'], mayLag: true },
  async (step, input: ResourcesFilter & PageInput) => {
    const { tx, actor, at, deps } = step;
    const { search, show = 'all' } = input;
    const accountId = actor.role === 'customer' ? ownAccount(actor) : input.accountId;
    const products = search === undefined ? undefined : productsNamed(deps.policies, search);
    const read = (page: PageRequest) => tx.resources.listPage({ accountId, search, products, ...page });
    const heldBy = input.filingId === undefined ? null : (await requireAsking(step, input.filingId)).id;
    const shown = (rows: readonly ResourceRow[]) => viewsOf(step, rows, { show, heldBy });
    if (show !== 'all') {
      const { rows, next } = await scannedPageOf(byAccount, input, read, shown);
      return { at: dayOf(at), resources: rows, next };
    }
    const { rows, next } = await pageOf(byAccount, input, read);
    return { at: dayOf(at), resources: (await shown(rows)).filter((view) => view !== null), next };
  },
);

/**
 * Null for what is not asked for. One that cannot be evaluated, or whose account has one that cannot be read and counts in its quotas, has
 * no view but its id, which the contract refuses: it is left out of the page and logged, and the others are shown.
 */
async function viewsOf(
  step: Step,
  rows: readonly ResourceRow[],
  { show, heldBy }: { readonly show: Shown; readonly heldBy: string | null },
): Promise<(ResourceView | null)[]> {
  const views = async (only: (row: ResourceRow) => boolean = () => true) => {
    const evaluators = await openEvaluators(step, rows, { only, heldBy });
    return rows.map((row) => {
      const evaluator = evaluators.get(row.accountId);
      // No view, so that it is told of as every row that cannot be shown.
      if (!only(row) || evaluator === undefined) return { id: row.id } as ResourceView;
      if (!isShown[show](evaluator.outcomes(row, row.accountId))) return null;
      return resourceViewOf(evaluator, row);
    });
  };
  try {
    return await views();
  } catch (error) {
    // What deciding throws; anything else is no matter of one row. Only now is each looked at by itself.
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
    return views((row) => canBeEvaluated(step, row));
  }
}

/** Products whose name has this text in it, as `provider/product`. */
function productsNamed(policies: PolicySet, search: string): string[] {
  const wanted = search.toLowerCase();
  return [...policies.values()].flatMap(({ products }) =>
    [...products].flatMap(([, versions]) =>
      versions.filter(({ name }) => `${name.zh} ${name.en}`.toLowerCase().includes(wanted)).map(({ id }) => id),
    ),
  );
}

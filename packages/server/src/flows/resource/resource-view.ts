import type { Decision } from '@openbeian/model/eligibility';
import type { ResourceRow } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { type AccountEvaluator, openEvaluator } from './account-evaluator.ts';

export interface ResourceView {
  readonly id: string;
  readonly accountId: string;
  readonly provider: string;
  readonly product: string;
  readonly productName: { readonly zh: string; readonly en: string };
  readonly facts: Readonly<Record<string, unknown>>;
  readonly version: number;
  readonly check: Decision;
}

/** Shapes a resource with everything `check` says of it today. */
export const resourceViewOf = (evaluator: AccountEvaluator, row: ResourceRow): ResourceView => ({
  id: row.id,
  accountId: row.accountId,
  provider: row.provider,
  product: row.product,
  productName: evaluator.policyOf(row)?.name ?? { zh: row.product, en: row.product },
  facts: { ...row.facts },
  version: row.version,
  // The provider's people look at it on the owner's behalf: being another account is no reason then.
  check: evaluator.check(row, row.accountId),
});

/** Shapes these resources, in their order. Nothing is evaluated but them. */
export async function resourceViewsOf(step: Step, rows: readonly ResourceRow[]): Promise<ResourceView[]> {
  const views = new Map<string, ResourceView>();
  for (const [accountId, own] of Map.groupBy(rows, (row) => row.accountId)) {
    const ids = own.map((row) => row.id);
    const evaluator = await openEvaluator(step, accountId, ids);
    for (const row of own) views.set(row.id, resourceViewOf(evaluator, row));
  }
  return rows.flatMap((row) => views.get(row.id) ?? []);
}

import type { Decision, UseDecision } from '@openbeian/model/eligibility';
import type { ResourceRow } from '../../ports/index.ts';
import type { CodeReason } from '../code/code-reasons.ts';
import type { AccountEvaluator } from './account-evaluator.ts';

export interface ResourceView {
  readonly id: string;
  readonly accountId: string;
  readonly provider: string;
  readonly product: string;
  readonly productName: { readonly zh: string; readonly en: string };
  readonly facts: Readonly<Record<string, unknown>>;
  readonly version: number;
  /** To a filing by a code, `file` gives what speaks against that code. */
  readonly check: Omit<Decision, 'file'> & {
    readonly file: Omit<UseDecision, 'reasons'> & { readonly reasons: readonly CodeReason[] };
  };
}

export const productNameOf = (evaluator: AccountEvaluator, row: ResourceRow): ResourceView['productName'] =>
  evaluator.policyOf(row)?.name ?? { zh: row.product, en: row.product };

/** The view of a resource with today's result of `check`. */
export const resourceViewOf = (evaluator: AccountEvaluator, row: ResourceRow): ResourceView => ({
  id: row.id,
  accountId: row.accountId,
  provider: row.provider,
  product: row.product,
  productName: productNameOf(evaluator, row),
  facts: { ...row.facts },
  version: row.version,
  // The provider's people look at it on the owner's behalf: being another account is no reason then.
  check: evaluator.check(row, row.accountId),
});

import type { Day } from '@openbeian/model/calendar';
import type { Quota } from '@openbeian/model/quota';
import { goodUntil } from './clock/clock.ts';
import { type InventoryContext, inventoryContext } from './decide/context.ts';
import { evaluate, findBound, type UseEvaluation } from './decide/evaluate.ts';
import { findPolicy, type Policy, type PolicySet } from './decide/policy-set.ts';
import { explain, type Reason } from './explain/explain.ts';
import type { Inventory, Resource } from './inventory.ts';
import type { Outcome } from './reason.ts';

/** One use of a resource, decided (contract §2). */
export interface UseDecision {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly quota: Quota | null;
}

/** One row of `openbeian check` (contract §2). */
export interface Decision {
  readonly resource: string;
  readonly provider: string;
  readonly product: string;
  /** Null: no rule of that day is known for the product. */
  readonly policy: { readonly id: string; readonly validFrom: Day | null; readonly source: readonly string[] } | null;
  readonly file: UseDecision;
  readonly issue: UseDecision;
  readonly goodUntil: Day | null;
}

export interface CheckReport {
  readonly at: Day;
  readonly results: readonly Decision[];
}

/** Decides one resource of the context's inventory on a day, with all reasons in words. */
export function decide(resource: Resource, context: InventoryContext, at: Day): Decision {
  const { policy, file, issue } = evaluate(resource, context, at);
  return {
    resource: resource.id,
    provider: resource.provider,
    product: resource.product,
    policy: namesOf(policy),
    file: inWords(file),
    issue: inWords(issue),
    goodUntil: policy === null ? null : lastGoodDay(resource, context, policy, at),
  };
}

/** How a decision names the policy that it was made by. */
export function namesOf(policy: Policy | null): Decision['policy'] {
  return policy && { id: policy.id, validFrom: policy.version.validFrom, source: [...policy.version.source] };
}

/** Decides every resource of an inventory, in its order. */
export function check(inventory: Inventory, policies: PolicySet, at: Day): CheckReport {
  const context = inventoryContext(inventory, policies);
  return { at, results: inventory.resources.map((resource) => decide(resource, context, at)) };
}

function inWords({ outcome, findings, quota }: UseEvaluation): UseDecision {
  return { outcome, reasons: findings.map(explain), quota };
}

/** `goodUntil` of the resource under `policy`, its policy of that day; a load balancer's is that of the resource behind it. */
export function lastGoodDay(resource: Resource, context: InventoryContext, policy: Policy, at: Day): Day | null {
  if (policy.version.file.mode !== 'through_bound') return goodUntil(resource, policy);
  const bound = findBound(resource, context, policy);
  const behind = bound && findPolicy(context.policies, bound.provider, bound.product, at);
  return bound && behind ? goodUntil(bound, behind) : null;
}

import type { Day } from '@openbeian/model/calendar';
import type { Quota } from '@openbeian/model/quota';
import { goodUntil } from './clock/clock.ts';
import { type InventoryContext, inventoryContext } from './decide/context.ts';
import { type Evaluation, evaluate, findBound } from './decide/evaluate.ts';
import { explain, type Reason } from './explain/explain.ts';
import type { Inventory, Resource } from './inventory.ts';
import { findPolicy, type Policy, type PolicySet } from './policy/policy-set.ts';
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

/** What `decide` puts into words. */
export interface Weighed {
  readonly policy: Policy | null;
  readonly file: Evaluation;
  readonly issue: Evaluation;
  readonly goodUntil: Day | null;
}

/** Decides one resource of the context's inventory on a day, with all reasons, without words. */
export function weigh(resource: Resource, context: InventoryContext, at: Day): Weighed {
  const policy = findPolicy(context.policies, resource.provider, resource.product, at);
  return {
    policy,
    file: evaluate('file', resource, context, policy, at),
    issue: evaluate('issue', resource, context, policy, at),
    goodUntil: policy === null ? null : lastGoodDay(resource, context, policy, at),
  };
}

/** Decides one resource of the context's inventory on a day, with all reasons in words. */
export function decide(resource: Resource, context: InventoryContext, at: Day): Decision {
  const { policy, file, issue, goodUntil: until } = weigh(resource, context, at);
  return {
    resource: resource.id,
    provider: resource.provider,
    product: resource.product,
    policy: namesOf(policy),
    file: inWords(file),
    issue: inWords(issue),
    goodUntil: until,
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

function inWords({ outcome, findings, quota }: Evaluation): UseDecision {
  return { outcome, reasons: findings.map(explain), quota };
}

/** A load balancer lives by the clock of the resource behind it. */
function lastGoodDay(resource: Resource, context: InventoryContext, policy: Policy, at: Day): Day | null {
  if (policy.version.file.mode !== 'through_bound') return goodUntil(resource, policy);
  const bound = findBound(resource, context, policy);
  const behind = bound && findPolicy(context.policies, bound.provider, bound.product, at);
  return bound && behind ? goodUntil(bound, behind) : null;
}

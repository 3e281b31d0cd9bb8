import type { Day } from '@openbeian/model/calendar';
import { limitFor, type Quota, type QuotaUse } from '@openbeian/model/quota';
import type { Resource } from '../inventory.ts';
import { findPolicy, type Policy } from '../policy/policy-set.ts';
import { type Finding, type Outcome, reasonCodes } from '../reason.ts';
import { againstBoth, againstShared, againstUnbound, againstUse, onward, preparedFor } from './against.ts';
import type { InventoryContext } from './context.ts';
import { findingsIn } from './findings.ts';
import { bitOf, concluded, outcomeOfSet } from './reason-set.ts';

/** What was found about one use of a resource: codes and values, no texts yet (see `explain`). */
export interface Evaluation {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly quota: Quota | null;
}

/**
 * May a site be filed on this resource by its own account (`file`), may it issue a code (`issue`), on that day?
 * Finds all reasons, in the fixed order of `reasonCodes`, and the quota. `policy` is `findPolicy` of the resource and day.
 */
export function evaluate(
  use: QuotaUse,
  resource: Resource,
  context: InventoryContext,
  policy: Policy | null,
  at: Day,
): Evaluation {
  const prepared = preparedFor(context.policies.get(resource.provider), policy, at);
  const lacks = { keys: 0 };
  const before = againstBoth(resource, prepared, context.viewer, lacks);
  const shared = againstShared(resource, prepared, before, context, lacks);
  let set = againstUse(use, resource, prepared, before, shared, context, lacks);

  const bound = (set & onward.behind) === 0 || policy === null ? undefined : findBound(resource, context, policy);
  if ((set & onward.behind) !== 0 && bound === undefined) set |= againstUnbound(lacks);
  const quota = (set & onward.counted) === 0 || policy === null ? null : quotaOf(use, resource, context, policy);
  const own = concluded(set & ~(onward.behind | onward.counted));
  const findings = findingsIn(own, lacks.keys, { use, resource, policy, at, context, quota });
  if (bound === undefined) return { outcome: outcomeOfSet(own), findings, quota };

  // A load balancer files through the resource behind it: that one's reasons and quota decide.
  const behind = evaluate('file', bound, context, findPolicy(context.policies, bound.provider, bound.product, at), at);
  const all = concluded(setOf(findings) | setOf(behind.findings));
  const told = [...findings, ...behind.findings.filter((found) => !findings.some((other) => isSame(found, other)))];
  return {
    outcome: outcomeOfSet(all),
    findings: told.filter(({ code }) => (all & bitOf(code)) !== 0).sort(byOrder),
    quota: behind.quota,
  };
}

/** The resource behind a load balancer, if the inventory holds it. */
export function findBound(resource: Resource, context: InventoryContext, policy: Policy): Resource | undefined {
  const { file } = policy.version;
  if (file.mode !== 'through_bound' || resource.boundTo === undefined) return undefined;
  return context.findResource(resource.provider, file.products, resource.boundTo);
}

function quotaOf(use: QuotaUse, resource: Resource, context: InventoryContext, policy: Policy): Quota | null {
  const rule = policy.version.quotaOf[use];
  if (rule === null) return null;
  const limit = limitFor(rule, resource);
  const used = context.drawn(use, rule, resource);
  return { scope: rule.scope, limit, used, remaining: Math.max(0, limit - used) };
}

function setOf(findings: readonly Finding[]): number {
  return findings.reduce((set, { code }) => set | bitOf(code), 0);
}

/** One reason once; facts that are missing are told apart by their key. */
function isSame(one: Finding, other: Finding): boolean {
  if (one.code !== 'resource.fact_missing') return one.code === other.code;
  return other.code === 'resource.fact_missing' && one.detail.key === other.detail.key;
}

function byOrder(one: Finding, other: Finding): number {
  if (one.code === 'resource.fact_missing' && other.code === 'resource.fact_missing') {
    return one.detail.key < other.detail.key ? -1 : 1;
  }
  return reasonCodes.indexOf(one.code) - reasonCodes.indexOf(other.code);
}

import type { Day } from '@openbeian/model/calendar';
import { limitFor, type Quota, type QuotaUse } from '@openbeian/model/quota';
import type { Resource } from '../inventory.ts';
import { type Finding, type Outcome, reasonCodes } from '../reason.ts';
import { againstUnbound, againstUse, type Examination, examinationIn, examine, preparedFor } from './against.ts';
import type { InventoryContext } from './context.ts';
import { findingsIn } from './findings.ts';
import { findPolicy, type Policy } from './policy-set.ts';
import { concluded, followUp, hasReason, outcomeOfSet, reasonsOnly, setOfReasons } from './reason-set.ts';

/** What was found about one use of a resource: codes and values, no texts yet (see `explain`). */
export interface UseEvaluation {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly quota: Quota | null;
}

/** What was found about a resource on a day: see `decide` for the words. */
export interface Evaluation {
  /** Null: no rule of that day is known for the product. */
  readonly policy: Policy | null;
  readonly file: UseEvaluation;
  readonly issue: UseEvaluation;
}

/**
 * May a site be filed on this resource by its own account (`file`), may it issue a code (`issue`), on that day?
 * Finds all reasons, in the fixed order of `reasonCodes`, and the quotas.
 */
export function evaluate(resource: Resource, context: InventoryContext, at: Day): Evaluation {
  const policy = findPolicy(context.policies, resource.provider, resource.product, at);
  const examination = examined(resource, context, policy, at);
  return {
    policy,
    file: evaluateExamined('file', examination, policy, at),
    issue: evaluateExamined('issue', examination, policy, at),
  };
}

/** `evaluate` for one of the two uses. */
export function evaluateUse(use: QuotaUse, resource: Resource, context: InventoryContext, at: Day): UseEvaluation {
  const policy = findPolicy(context.policies, resource.provider, resource.product, at);
  return evaluateExamined(use, examined(resource, context, policy, at), policy, at);
}

function examined(resource: Resource, context: InventoryContext, policy: Policy | null, at: Day): Examination {
  const examination = examinationIn(context);
  examine(examination, resource, preparedFor(context.policies.get(resource.provider), policy, at));
  return examination;
}

function evaluateExamined(use: QuotaUse, examination: Examination, policy: Policy | null, at: Day): UseEvaluation {
  const { resource, context, missing } = examination;
  let set = againstUse(examination, use);
  const throughBound = (set & followUp.behind) !== 0;
  const bound = !throughBound || policy === null ? undefined : findBound(resource, context, policy);
  if (throughBound && bound === undefined) set |= againstUnbound(missing);
  const quota = (set & followUp.counted) === 0 || policy === null ? null : quotaOf(use, resource, context, policy);
  const own = concluded(reasonsOnly(set));
  const findings = findingsIn(own, missing.keys, { use, resource, policy, at, context, quota });
  if (bound === undefined) return { outcome: outcomeOfSet(own), findings, quota };
  return withBehind(findings, evaluateUse('file', bound, context, at));
}

/** A load balancer files through the resource behind it: that one's reasons and quota decide. */
function withBehind(findings: readonly Finding[], behind: UseEvaluation): UseEvaluation {
  const all = concluded(setOfReasons([...findings, ...behind.findings].map(({ code }) => code)));
  const both = [...findings, ...behind.findings.filter((found) => !findings.some((other) => isSame(found, other)))];
  return {
    outcome: outcomeOfSet(all),
    findings: both.filter(({ code }) => hasReason(all, code)).sort(byOrder),
    quota: behind.quota,
  };
}

/** The resource behind a load balancer, if the inventory holds it. */
export function findBound(resource: Resource, context: InventoryContext, policy: Policy): Resource | undefined {
  const { file } = policy.version;
  if (file.mode !== 'through_bound' || resource.boundTo === undefined) return undefined;
  return context.findResource(resource.provider, file.products, resource.boundTo);
}

/** The quota of a use, and what was drawn on it; null where no source states one. */
export function quotaOf(use: QuotaUse, resource: Resource, context: InventoryContext, policy: Policy): Quota | null {
  const rule = policy.version.quotaOf[use];
  if (rule === null) return null;
  const limit = limitFor(rule, resource);
  const used = context.drawn(use, rule, resource);
  return { scope: rule.scope, limit, used, remaining: Math.max(0, limit - used) };
}

/** Each reason once; missing facts are distinguished by their key. */
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

import type { Day } from '@openbeian/model/calendar';
import { limitFor, type Quota, type QuotaUse } from '@openbeian/model/quota';
import type { Resource } from '../inventory.ts';
import { type Finding, type Outcome, reasonCodes } from '../reason.ts';
import type { Surroundings } from './conditions/condition.ts';
import type { RuleSheet } from './conditions/conditions.ts';
import { foundByNetwork } from './conditions/network.ts';
import { foundByPurchase } from './conditions/purchase.ts';
import { foundByTerm } from './conditions/terms.ts';
import type { InventoryContext } from './context.ts';
import type { DayRules, UseRules } from './day-rules.ts';
import { findingsIn } from './findings.ts';
import { factBitOf, type MissingFacts } from './missing-facts.ts';
import { commonRegions, findPolicy, type Policy, type ProviderPolicies, type RegionPlace } from './policy-set.ts';
import {
  bitOf,
  concluded,
  followUp,
  hasReason,
  outcomeOfSet,
  type ReasonSet,
  reasonsOnly,
  setOfReasons,
} from './reason-set.ts';

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

/*
 * What is against a use of a resource, as a set of reasons: the one statement of the order in which the owner, the region,
 * the product, its conditions and its quota are asked, and of what makes the rest moot. Both `survey` and `evaluate` are
 * made of it, so a fleet and a single resource cannot be decided differently.
 */

/** What is asked of a product on a day, made ready for its resources. */
export interface Prepared {
  readonly policy: Policy | null;
  /** Null: no rule of that day is known. */
  readonly rules: DayRules | null;
  readonly regions: ReadonlyMap<string, RegionPlace>;
}

/** `policy` is `findPolicy` of the product and day; `provider` its provider, where that is known. */
export function preparedFor(provider: ProviderPolicies | undefined, policy: Policy | null, at: Day): Prepared {
  return { policy, rules: policy?.version.onDay(at) ?? null, regions: provider?.regions ?? commonRegions };
}

const bits = {
  notOwner: bitOf('resource.not_owner'),
  outside: bitOf('resource.region_not_mainland'),
  noPolicy: bitOf('resource.no_policy'),
  missing: bitOf('resource.fact_missing'),
};

/**
 * One resource under examination, with what both its uses share; changed in place and used again for the next one, since a
 * fleet must not make an object for each of its resources.
 */
export interface Examination {
  readonly context: InventoryContext;
  resource: Resource;
  prepared: Prepared;
  /** Reasons against both uses before any condition: the viewer's account and the region. */
  before: ReasonSet;
  /** What the conditions of both uses found. */
  shared: ReasonSet;
  /** Facts that both uses miss. */
  missingForBoth: number;
  /** Facts that the use asked last misses. */
  readonly missing: MissingFacts;
}

const nothing: Prepared = { policy: null, rules: null, regions: commonRegions };

/** An examination without a resource yet: see `examine`. */
export function examinationIn(context: InventoryContext): Examination {
  // Replaced before anything looks at it.
  const resource = {} as Resource;
  return { context, resource, prepared: nothing, before: 0, shared: 0, missingForBoth: 0, missing: { keys: 0 } };
}

/** Takes up a resource and asks what both its uses share. */
export function examine(examination: Examination, resource: Resource, prepared: Prepared): void {
  const { context, missing } = examination;
  const { rules } = prepared;
  missing.keys = 0;
  const before = againstBoth(resource, prepared, context.viewer, missing);
  const moot = rules === null || rules.settled || (before & bits.outside) !== 0;
  examination.resource = resource;
  examination.prepared = prepared;
  examination.before = before;
  // Nothing needs the conditions where what came before them settles both uses.
  examination.shared = moot ? 0 : foundAgainst(resource, rules.shared, missing, context);
  examination.missingForBoth = missing.keys;
}

/**
 * What is against one use of the resource under examination. Also holds the bits of `followUp`, and where `behind` is set
 * what is found there is to be added. `missing` holds the facts that this use misses.
 */
export function againstUse(examination: Examination, use: QuotaUse): ReasonSet {
  const { resource, prepared, before, context, missing } = examination;
  const { rules } = prepared;
  missing.keys = examination.missingForBoth;
  if (rules === null || (before & bits.outside) !== 0) return concluded(before);
  const mine = use === 'file' ? rules.file : rules.issue;
  if (mine.notApplicable) return (before & ~bits.missing) | mine.fixed;
  if (mine.unstated) return concluded(before | mine.fixed | bits.noPolicy);
  let set = before | examination.shared | mine.fixed;
  if (mine.own !== null) set |= foundAgainst(resource, mine.own, missing, context);
  if (use === 'file' && rules.behind !== null) return set | followUp.behind;
  return mine.quota === null ? set : set | againstQuota(examination, use, mine);
}

/** Where a load balancer names no resource that is known, the fact that is missing. */
export function againstUnbound(missing: MissingFacts): ReasonSet {
  return missingBit(missing, factBitOf('boundTo'));
}

function againstBoth(resource: Resource, prepared: Prepared, viewer: string | null, missing: MissingFacts): ReasonSet {
  let set = viewer === null ? 0 : againstViewer(resource, viewer, missing);
  const { region } = resource;
  const { rules } = prepared;
  if (region === undefined) {
    if (rules === null) return set | bits.noPolicy;
    return rules.regionless ? set : set | missingBit(missing, regionBit);
  }
  const place = prepared.regions.get(region);
  if (place === 'outside') set |= bits.outside;
  if (rules === null) return set | bits.noPolicy;
  return place === undefined ? set | missingBit(missing, regionBit) : set;
}

function againstQuota({ resource, context, missing }: Examination, use: QuotaUse, rules: UseRules): ReasonSet {
  const { quota } = rules;
  if (quota === null) return 0;
  if (rules.ownLedger && context.bare) {
    const { codes, sites } = resource.used;
    const drawn = rules.oneLedger ? codes + sites : use === 'file' ? sites : codes;
    return drawn >= quota.limit ? rules.exhausted | followUp.counted : followUp.counted;
  }
  if (rules.quotaNeedsAccount && resource.account === undefined) return missingBit(missing, accountBit);
  const drawn = context.drawn(use, quota, resource);
  return drawn >= limitFor(quota, resource) ? rules.exhausted | followUp.counted : followUp.counted;
}

function againstViewer({ account }: Resource, viewer: string, missing: MissingFacts): ReasonSet {
  if (account === undefined) return missingBit(missing, accountBit);
  return account === viewer ? 0 : bits.notOwner;
}

/**
 * What is against the resource itself where a code was issued on it: its buyer's account, its quota and who looks do not
 * matter once the code is out.
 */
export function againstValidity(
  resource: Resource,
  { issue, shared, regionless }: DayRules,
  regions: Prepared['regions'],
  missing: MissingFacts,
): ReasonSet {
  const { region } = resource;
  const place = region === undefined ? undefined : regions.get(region);
  const nobody = { realNameOf: () => undefined };
  let set = issue.fixed | foundAgainst(resource, shared, missing, nobody);
  if (issue.own !== null) set |= foundAgainst(resource, issue.own, missing, nobody);
  if (place === 'outside') set |= bits.outside;
  if (place === undefined && !regionless) set |= missingBit(missing, regionBit);
  missing.keys &= ~(accountBit | factBitOf('realName'));
  return missing.keys === 0 ? set & ~bits.missing : set;
}

const accountBit = factBitOf('account');
const regionBit = factBitOf('region');

function missingBit(missing: MissingFacts, bit: number): ReasonSet {
  missing.keys |= bit;
  return bits.missing;
}

const released = bitOf('resource.not_running');

/**
 * All that the conditions of a sheet find against a resource; the facts they miss go to `missing`. Written out line by line:
 * a loop over the records would be calls that the engine cannot predict, and it is these calls that cost. A released
 * resource is gone at every provider, whatever its policy says of stopped ones.
 */
export function foundAgainst(
  resource: Resource,
  sheet: RuleSheet | null,
  missing: MissingFacts,
  surroundings: Surroundings,
): ReasonSet {
  const set = resource.state === 'released' ? released : 0;
  if (sheet === null) return set;
  return (
    set |
    foundByPurchase(resource, sheet, missing, surroundings) |
    foundByTerm(resource, sheet, missing, surroundings) |
    foundByNetwork(resource, sheet, missing, surroundings)
  );
}

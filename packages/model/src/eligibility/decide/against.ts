import type { Day } from '@openbeian/model/calendar';
import { limitFor, type QuotaUse } from '@openbeian/model/quota';
import type { Resource } from '../inventory.ts';
import { foundAgainst } from './conditions/conditions.ts';
import type { InventoryContext } from './context.ts';
import type { DayRules, UseRules } from './day-rules.ts';
import { factBitOf, type MissingFacts } from './missing-facts.ts';
import { commonRegions, type Policy, type ProviderPolicies, type RegionPlace } from './policy-set.ts';
import { bitOf, concluded, followUp, type ReasonSet } from './reason-set.ts';

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

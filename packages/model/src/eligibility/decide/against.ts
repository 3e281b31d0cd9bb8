import type { Day } from '@openbeian/model/calendar';
import { limitFor, type QuotaUse } from '@openbeian/model/quota';
import type { Resource } from '../inventory.ts';
import { commonRegions, type Policy, type ProviderPolicies, type RegionPlace } from '../policy/policy-set.ts';
import type { DayRules, UseRules } from './compile.ts';
import type { InventoryContext } from './context.ts';
import { factBitOf, type Lacks } from './fact-key.ts';
import { bitOf, concluded, type ReasonSet } from './reason-set.ts';
import { foundAgainst, type Surroundings } from './rule-sheet.ts';

/*
 * What is against a use of a resource, as a set of reasons: the one statement of the order in which the owner, the region,
 * the product, its conditions and its quota are asked, and of what makes the rest moot. Both `survey` and `evaluate` are
 * made of it, so a fleet and a single resource cannot be decided differently.
 */

/** What is asked of a product on a day, made ready for its resources. */
export interface Prepared {
  /** Null: no rule of that day is known. */
  readonly rules: DayRules | null;
  readonly regions: ReadonlyMap<string, RegionPlace>;
}

/** `policy` is `findPolicy` of the product and day; `provider` its provider, where that is known. */
export function preparedFor(provider: ProviderPolicies | undefined, policy: Policy | null, at: Day): Prepared {
  return { rules: policy?.version.onDay(at) ?? null, regions: provider?.regions ?? commonRegions };
}

const bits = {
  notOwner: bitOf('resource.not_owner'),
  outside: bitOf('resource.region_not_mainland'),
  noPolicy: bitOf('resource.no_policy'),
  missing: bitOf('resource.fact_missing'),
};

/** Beside the reasons in a set of `againstUse`: what the caller goes on with. */
export const onward = {
  /** The quota was asked; it is to be shown. */
  counted: 1 << 29,
  /** The resource behind this load balancer decides as well. */
  behind: 1 << 30,
};

/** What is against both uses before any condition: who looks, and where it lies. */
export function againstBoth(resource: Resource, prepared: Prepared, viewer: string | null, lacks: Lacks): ReasonSet {
  let set = viewer === null ? 0 : againstViewer(resource, viewer, lacks);
  const { region } = resource;
  const { rules } = prepared;
  if (region === undefined) {
    if (rules === null) return set | bits.noPolicy;
    return rules.regionless ? set : set | missing(lacks, regionBit);
  }
  const place = prepared.regions.get(region);
  if (place === 'outside') set |= bits.outside;
  if (rules === null) return set | bits.noPolicy;
  return place === undefined ? set | missing(lacks, regionBit) : set;
}

/** Conditions of both uses; nothing where what was found `before` them settles both. */
export function againstShared(
  resource: Resource,
  { rules }: Prepared,
  before: ReasonSet,
  context: Surroundings,
  lacks: Lacks,
): ReasonSet {
  if (rules === null || rules.settled || (before & bits.outside) !== 0) return 0;
  return foundAgainst(resource, rules.shared, context, lacks);
}

/**
 * What is against one use; `before` and `shared` come from `againstBoth` and `againstShared`. Also holds the bits of
 * `onward`, and where `behind` is set what is found there is to be added.
 */
export function againstUse(
  use: QuotaUse,
  resource: Resource,
  { rules }: Prepared,
  before: ReasonSet,
  shared: ReasonSet,
  context: InventoryContext,
  lacks: Lacks,
): ReasonSet {
  if (rules === null || (before & bits.outside) !== 0) return concluded(before);
  const mine = use === 'file' ? rules.file : rules.issue;
  if (mine.notApplicable) return (before & ~bits.missing) | mine.fixed;
  if (mine.unstated) return concluded(before | mine.fixed | bits.noPolicy);
  let set = before | shared | mine.fixed;
  if (mine.own !== null) set |= foundAgainst(resource, mine.own, context, lacks);
  if (use === 'file' && rules.behind !== null) return set | onward.behind;
  return mine.quota === null ? set : set | againstQuota(use, resource, mine, context, lacks);
}

/** Where a load balancer names no resource that is known, the fact that it lacks. */
export function againstUnbound(lacks: Lacks): ReasonSet {
  return missing(lacks, factBitOf('boundTo'));
}

function againstQuota(
  use: QuotaUse,
  resource: Resource,
  rules: UseRules,
  context: InventoryContext,
  lacks: Lacks,
): ReasonSet {
  const { quota } = rules;
  if (quota === null) return 0;
  if (rules.ownLedger && context.bare) {
    const { codes, sites } = resource.used;
    const drawn = rules.oneLedger ? codes + sites : use === 'file' ? sites : codes;
    return drawn >= quota.limit ? rules.exhausted | onward.counted : onward.counted;
  }
  if (rules.quotaNeedsAccount && resource.account === undefined) return missing(lacks, accountBit);
  const drawn = context.drawn(use, quota, resource);
  return drawn >= limitFor(quota, resource) ? rules.exhausted | onward.counted : onward.counted;
}

function againstViewer({ account }: Resource, viewer: string, lacks: Lacks): ReasonSet {
  if (account === undefined) return missing(lacks, accountBit);
  return account === viewer ? 0 : bits.notOwner;
}

/**
 * What is against the resource itself where a code was issued on it: its buyer's account, its quota and who looks do not
 * matter once the code is out.
 */
export function againstStanding(
  resource: Resource,
  { issue, shared, regionless }: DayRules,
  regions: Prepared['regions'],
  lacks: Lacks,
): ReasonSet {
  const { region } = resource;
  const place = region === undefined ? undefined : regions.get(region);
  const nobody = { realNameOf: () => undefined };
  let set = issue.fixed | foundAgainst(resource, shared, nobody, lacks);
  if (issue.own !== null) set |= foundAgainst(resource, issue.own, nobody, lacks);
  if (place === 'outside') set |= bits.outside;
  if (place === undefined && !regionless) set |= missing(lacks, regionBit);
  lacks.keys &= ~(accountBit | factBitOf('realName'));
  return lacks.keys === 0 ? set & ~bits.missing : set;
}

const accountBit = factBitOf('account');
const regionBit = factBitOf('region');

function missing(lacks: Lacks, bit: number): ReasonSet {
  lacks.keys |= bit;
  return bits.missing;
}

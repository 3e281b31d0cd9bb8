import type { Day } from '@openbeian/model/calendar';
import { isShared, limitFor, type QuotaUse } from '@openbeian/model/quota';
import type { InventoryContext } from './evaluate.ts';
import type { Resource } from './inventory.ts';
import { findPolicy, type Policy, type ProviderPolicies } from './policy-set.ts';
import type { Outcome } from './reason.ts';
import { bitOf, concluded, outcomeOfSet, type ReasonSet } from './reason-set.ts';
import { foundAgainst, type RuleSheet, sheetOf } from './rule-sheet.ts';

/**
 * Decides many resources of one context on one day: all reasons as a set of bits, no values and no texts. `evaluate` says
 * the same about one resource with the values that texts and remedies are made of; a property test holds the two together.
 */
export interface Survey {
  /** Reasons against the use; ask `reasonsIn` for the codes, `outcomeOfSet` for the outcome, `decide` for the words. */
  file(resource: Resource): ReasonSet;
  issue(resource: Resource): ReasonSet;
  /** Both at once, for fewer look-ups: `sets[position]` becomes file, `sets[position + 1]` issue. */
  both(resource: Resource, sets: Uint32Array, position: number): void;
}

/** Makes the rules of one day ready; each product is prepared when its first resource comes. */
export function survey(context: InventoryContext, at: Day): Survey {
  const products = new Map<string, Map<string, Prepared>>();
  const prepare = (resource: Resource): Prepared => {
    const { provider, product } = resource;
    let known = products.get(provider);
    if (known === undefined) products.set(provider, (known = new Map()));
    let prepared = known.get(product);
    if (prepared === undefined) {
      prepared = preparedFor(context.policies.get(provider), findPolicy(context.policies, provider, product, at), at);
      known.set(product, prepared);
    }
    return prepared;
  };

  /** What is against both uses before any condition; `stop` says that nothing more is asked. */
  const first = (resource: Resource, prepared: Prepared): number => {
    let set = 0;
    const { viewer } = context;
    if (viewer !== null) {
      if (resource.account === undefined) set |= bits.missing;
      else if (resource.account !== viewer) set |= bits.notOwner;
    }
    const { region } = resource;
    const place = region === undefined ? undefined : prepared.regions?.get(region);
    if (region !== undefined && place === undefined && prepared.regions === null && commonOutside(region)) {
      return set | bits.outside | bits.noPolicy;
    }
    if (place === 'outside') set |= bits.outside;
    if (prepared.policy === null) return set | bits.noPolicy;
    if (place === undefined && (region !== undefined || !prepared.regionless)) set |= bits.missing;
    return set;
  };

  const use = (which: QuotaUse, resource: Resource, prepared: Prepared, before: number, shared: number): number => {
    const { policy } = prepared;
    if (policy === null || (before & bits.outside) !== 0) return concluded(before);
    const rules = which === 'file' ? prepared.file : prepared.issue;
    if (rules.notApplicable) return concluded((before & ~bits.missing) | rules.fixed);
    let set = before | rules.fixed;
    if (rules.unstated) return concluded(set | bits.noPolicy);
    set |= shared;
    if (rules.own !== null) set |= foundAgainst(resource, rules.own, context);
    if (which === 'file' && prepared.behind !== null) {
      const { behind } = prepared;
      const bound =
        resource.boundTo === undefined ? undefined : context.findResource(resource.provider, behind, resource.boundTo);
      if (bound === undefined) return concluded(set | bits.missing);
      // What was left out of the bound one's reasons as moot stays out.
      return concluded(set | fileOf(bound));
    }
    const { quota } = rules;
    if (quota === null) return concluded(set);
    if (rules.ownLedger && context.bare) {
      const { codes, sites } = resource.used;
      const drawn = rules.oneLedger ? codes + sites : which === 'file' ? sites : codes;
      return concluded(drawn >= quota.limit ? set | rules.exhausted : set);
    }
    if (rules.quotaNeedsAccount && resource.account === undefined) return concluded(set | bits.missing);
    if (context.drawn(which, quota, resource) >= limitFor(quota, resource)) set |= rules.exhausted;
    return concluded(set);
  };

  const sharedOf = (resource: Resource, prepared: Prepared, before: number): number =>
    prepared.shared === null || (before & bits.outside) !== 0 ? 0 : foundAgainst(resource, prepared.shared, context);
  const fileOf = (resource: Resource): number => {
    const prepared = prepare(resource);
    const before = first(resource, prepared);
    return use('file', resource, prepared, before, sharedOf(resource, prepared, before));
  };
  return {
    file: fileOf,
    issue: (resource) => {
      const prepared = prepare(resource);
      const before = first(resource, prepared);
      return use('issue', resource, prepared, before, sharedOf(resource, prepared, before));
    },
    both: (resource, sets, position) => {
      const prepared = prepare(resource);
      const before = first(resource, prepared);
      const shared = sharedOf(resource, prepared, before);
      sets[position] = use('file', resource, prepared, before, shared);
      sets[position + 1] = use('issue', resource, prepared, before, shared);
    },
  };
}

const bits = {
  notOwner: bitOf('resource.not_owner'),
  outside: bitOf('resource.region_not_mainland'),
  noPolicy: bitOf('resource.no_policy'),
  missing: bitOf('resource.fact_missing'),
};

interface UseRules {
  readonly fixed: number;
  readonly notApplicable: boolean;
  readonly unstated: boolean;
  /** Conditions of this use alone; null: none. */
  readonly own: RuleSheet | null;
  readonly quota: Policy['version']['quotas'][number] | null;
  readonly quotaNeedsAccount: boolean;
  /** The quota is the resource's own, and the same whatever addresses it has. */
  readonly ownLedger: boolean;
  readonly oneLedger: boolean;
  readonly exhausted: number;
}

interface Prepared {
  readonly policy: Policy | null;
  readonly regions: ProviderPolicies['regions'] | null;
  readonly regionless: boolean;
  /** Products behind a load balancer; null: it is none. */
  readonly behind: readonly string[] | null;
  /** Conditions of both uses; null where neither use asks any. */
  readonly shared: RuleSheet | null;
  readonly file: UseRules;
  readonly issue: UseRules;
}

function preparedFor(provider: ProviderPolicies | undefined, policy: Policy | null, at: Day): Prepared {
  const file = useRules(policy, 'file', at);
  const issue = useRules(policy, 'issue', at);
  const settled = ({ notApplicable, unstated }: UseRules) => notApplicable || unstated;
  return {
    policy,
    regions: provider?.regions ?? null,
    behind: policy?.version.file.mode === 'through_bound' ? policy.version.file.products : null,
    regionless: policy?.version.regionless === true,
    shared: policy === null || (settled(file) && settled(issue)) ? null : sheetOf(policy.version.conditions, null, at),
    file,
    issue,
  };
}

function useRules(policy: Policy | null, use: QuotaUse, at: Day): UseRules {
  const quota = policy?.version.quotaOf[use] ?? null;
  const codes = policy?.version.fixed[use].map(({ code }) => code) ?? [];
  const fixed = codes.reduce((set, code) => set | bitOf(code), 0);
  return {
    fixed,
    notApplicable: codes.some((code) => outcomeOfSet(bitOf(code)) === ('not_applicable' satisfies Outcome)),
    unstated: policy?.version[use].mode === 'unstated',
    own: policy === null ? null : sheetOf(policy.version.conditions, use, at),
    quota,
    quotaNeedsAccount: quota !== null && (quota.scope === 'account' || quota.scope === 'package'),
    ownLedger: quota !== null && (quota.scope === 'instance' || quota.scope === 'order'),
    oneLedger: quota !== null && isShared(quota),
    exhausted: bitOf(use === 'file' ? 'resource.quota_exhausted' : 'code.limit_reached'),
  };
}

/** An unknown provider knows only the common names of regions (`placeOfRegion`). */
function commonOutside(region: string): boolean {
  return region === 'hk' || region === 'overseas';
}

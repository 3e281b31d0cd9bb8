/** What a quota is counted for. `subject`: decided in the filing, where the subject is known; not by a resource alone. */
export const quotaScopes = ['instance', 'ip', 'order', 'package', 'account', 'subject'] as const;
export type QuotaScope = (typeof quotaScopes)[number];

/** The quota as `check` shows it (contract §2). `used` may exceed `limit`; `remaining` is never negative. */
export interface Quota {
  readonly scope: QuotaScope;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
}

/** `file`: a site filed directly; `issue`: a code issued. */
export type QuotaUse = 'file' | 'issue';

/** Where a use of a resource is counted. Two uses with the same `ledgerKey` draw on one ledger. */
export interface Ledger {
  readonly kind: QuotaUse;
  /** A plain string such as `tencent/cvm:instance:ins-1:code`; ends in `site`, `code` or `shared`. */
  readonly ledgerKey: string;
  readonly scope: QuotaScope;
  readonly shared: boolean;
  /** Null: no source states a limit, nothing is refused. */
  readonly limit: number | null;
}

/** A quota as a policy states it; `of` with both uses is one shared ledger. */
export interface QuotaRule {
  readonly of: readonly QuotaUse[];
  readonly scope: QuotaScope;
  readonly limit: number;
}

/** What of a resource says which ledger it draws on (contract §1). */
export interface LedgerFacts {
  readonly id: string;
  readonly account?: string | undefined;
  readonly environment?: { readonly id?: string | undefined } | undefined;
  readonly publicIps?: readonly unknown[] | undefined;
}

/** The quota rule of one use; quotas by subject are not a resource's to decide. */
export function quotaRuleOf<Q extends QuotaRule>(use: QuotaUse, quotas: readonly Q[]): Q | undefined {
  return quotas.find((quota) => quota.scope !== 'subject' && quota.of.includes(use));
}

/**
 * The ledger of one use of a resource. `policyId` is `provider/product`.
 * Quotas by account or package add up over the account's resources of the product, by IP over the resources of one
 * container environment (it has one filing IP), others belong to the resource itself.
 */
export function ledgerOf(use: QuotaUse, resource: LedgerFacts, policyId: string, quotas: readonly QuotaRule[]): Ledger {
  const rule = quotaRuleOf(use, quotas);
  const scope = rule?.scope ?? 'instance';
  const shared = rule !== undefined && isShared(rule);
  const content = use === 'file' ? 'site' : 'code';
  return {
    kind: use,
    ledgerKey: `${holderKeyOf(scope, resource, policyId)}:${shared ? 'shared' : content}`,
    scope,
    shared,
    limit: rule === undefined ? null : limitFor(rule, resource),
  };
}

/**
 * The ledger that counts one use by its subject, or null where no rule does. `holder` names the subject. It comes on top
 * of the resource's own ledger, and is spent when a filing takes hold of resource or code, since only then the subject is
 * known: filings by code too, where the rule says that codes count.
 */
export function subjectLedgerOf<Q extends QuotaRule>(
  use: QuotaUse,
  holder: string,
  policyId: string,
  quotas: readonly Q[],
): { readonly ledgerKey: string; readonly rule: Q } | null {
  const rule = quotas.find((quota) => quota.scope === 'subject' && quota.of.includes(use));
  if (rule === undefined) return null;
  const content = use === 'file' ? 'site' : 'code';
  return { ledgerKey: `${policyId}:subject:${holder}:${isShared(rule) ? 'shared' : content}`, rule };
}

/** Counts what a provider accesses for one subject that is filed elsewhere, or uses again on further resources. */
export const accessLedgerKey = (provider: string, holder: string): string => `${provider}:subject:${holder}:accesses`;
export const isAccessLedger = (ledgerKey: string): boolean => ledgerKey.endsWith(':accesses');

/** Whom a quota of a scope belongs to, as the beginning of a `ledgerKey`. */
export function holderKeyOf(scope: QuotaScope, resource: LedgerFacts, policyId: string): string {
  const byAccount = scope === 'account' || scope === 'package';
  const holder = byAccount ? resource.account : scope === 'ip' ? resource.environment?.id : resource.id;
  // Without the account or environment the resource counts for itself; its id cannot collide with theirs.
  return `${policyId}:${scope}:${holder ?? `resource=${resource.id}`}`;
}

/** Whose quota of a scope adds up over several resources, as `usageOf` adds it; null: the resource's own. */
export function sharedBy(scope: QuotaScope): 'account' | 'environment' | null {
  if (scope === 'account' || scope === 'package') return 'account';
  return scope === 'ip' ? 'environment' : null;
}

/** One ledger for filings and codes? */
export function isShared(rule: QuotaRule): boolean {
  return rule.of.length > 1;
}

/** A quota per IP grows with the resource's addresses; a container environment has one filing IP, whatever it lists. */
export function limitFor(rule: QuotaRule, resource: LedgerFacts): number {
  if (rule.scope !== 'ip' || resource.environment !== undefined) return rule.limit;
  return rule.limit * Math.max(1, resource.publicIps?.length ?? 1);
}

/** A resource with what it has used (contract §1, `used`). */
export interface CountedResource extends LedgerFacts {
  readonly provider: string;
  readonly product: string;
  readonly used: Used;
}

export interface Used {
  readonly codes: number;
  readonly sites: number;
}

/**
 * Adds `used` up over the resources that share a quota of a scope. The answer is for resources of this list (the very
 * objects); any other counts for itself.
 */
export function usageOf(resources: readonly CountedResource[]): (scope: QuotaScope, resource: CountedResource) => Used {
  const sums = new Map<string, { codes: number; sites: number }>();
  const summed = new Map<CountedResource, { account: Used; ip: Used }>();
  const sumOf = (scope: 'account' | 'ip', resource: CountedResource): Used => {
    const key = holderKeyOf(scope, resource, `${resource.provider}/${resource.product}`);
    const { codes, sites } = resource.used;
    const sum = sums.get(key);
    if (sum === undefined) {
      const first = { codes, sites };
      sums.set(key, first);
      return first;
    }
    sum.codes += codes;
    sum.sites += sites;
    return sum;
  };
  for (const resource of resources) {
    summed.set(resource, { account: sumOf('account', resource), ip: sumOf('ip', resource) });
  }
  return (scope, resource) => {
    if (scope === 'account' || scope === 'package') return summed.get(resource)?.account ?? resource.used;
    if (scope === 'ip') return summed.get(resource)?.ip ?? resource.used;
    return resource.used;
  };
}

/** What a use has drawn: a shared ledger counts sites and codes together. */
export function drawnOn(use: QuotaUse, shared: boolean, { codes, sites }: Used): number {
  if (shared) return codes + sites;
  return use === 'file' ? sites : codes;
}

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
  /** `ledgerKey` without its last part: who holds the quota. */
  readonly holderKey: string;
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
  const shared = rule !== undefined && rule.of.length > 1;
  const holderKey = holderKeyOf(scope, resource, policyId);
  const content = use === 'file' ? 'site' : 'code';
  return {
    kind: use,
    ledgerKey: `${holderKey}:${shared ? 'shared' : content}`,
    holderKey,
    scope,
    shared,
    limit: rule === undefined ? null : rule.limit * addressesOf(scope, resource),
  };
}

function holderKeyOf(scope: QuotaScope, resource: LedgerFacts, policyId: string): string {
  const byAccount = scope === 'account' || scope === 'package';
  const holder = byAccount ? resource.account : scope === 'ip' ? resource.environment?.id : resource.id;
  // Without the account or environment the resource stands alone; its id cannot collide with theirs.
  return `${policyId}:${scope}:${holder ?? `resource=${resource.id}`}`;
}

/** A quota per IP grows with the resource's addresses; a container environment has one filing IP, whatever it lists. */
function addressesOf(scope: QuotaScope, resource: LedgerFacts): number {
  if (scope !== 'ip' || resource.environment !== undefined) return 1;
  return Math.max(1, resource.publicIps?.length ?? 1);
}

interface CountedResource extends LedgerFacts {
  readonly provider: string;
  readonly product: string;
  readonly used: { readonly codes: number; readonly sites: number };
}

/** Sums `used` over the resources that share a holder (contract §1, `used`); gives what a ledger has spent so far. */
export function usageOf(resources: readonly CountedResource[]): (ledger: Ledger, resource: CountedResource) => number {
  const sums = new Map<string, { codes: number; sites: number }>();
  for (const resource of resources) {
    const { codes, sites } = resource.used;
    for (const scope of ['account', 'package', 'ip'] as const) {
      const key = holderKeyOf(scope, resource, `${resource.provider}/${resource.product}`);
      const sum = sums.get(key);
      if (sum === undefined) sums.set(key, { codes, sites });
      else {
        sum.codes += codes;
        sum.sites += sites;
      }
    }
  }
  return (ledger, resource) => {
    const used = sums.get(ledger.holderKey) ?? resource.used;
    if (ledger.shared) return used.codes + used.sites;
    return ledger.kind === 'file' ? used.sites : used.codes;
  };
}

import type { Day } from '@openbeian/model/calendar';
import {
  drawnOn,
  isShared,
  type Ledger,
  ledgerOf,
  limitFor,
  type Quota,
  type QuotaRule,
  type QuotaScope,
  type QuotaUse,
  type Used,
  usageOf,
} from '@openbeian/model/quota';
import { missing, type Surroundings } from './conditions.ts';
import type { Inventory, RealName, Resource } from './inventory.ts';
import { findPolicy, type Policy, type PolicySet, placeOfRegion } from './policy-set.ts';
import {
  type Finding,
  finding,
  type Outcome,
  outcomeOf,
  outcomes,
  ownSource,
  type ReasonCode,
  reasonCodes,
} from './reason.ts';

/** An inventory made ready for many decisions: look-ups and sums, nothing decided yet. */
export interface InventoryContext extends Surroundings {
  readonly policies: PolicySet;
  readonly viewer: string | null;
  /** Nothing was spent beyond the inventory's own `used`. */
  readonly bare: boolean;
  /** The resource of a provider with this id, of one of these products. */
  findResource(provider: string, products: readonly string[], id: string): Resource | undefined;
  /** Spent so far on a ledger of a resource. */
  usedOf(ledger: Ledger, resource: Resource): number;
  /** The same by rule, for the decision itself: it names no ledger where nothing was spent beyond the inventory. */
  drawn(use: QuotaUse, rule: QuotaRule, resource: Resource): number;
}

/** What was found about one use of a resource: codes and values, no texts yet (see `explain`). */
export interface Evaluation {
  readonly outcome: Outcome;
  readonly findings: readonly Finding[];
  readonly quota: Quota | null;
}

/** What a context is made of; `inventoryContext` finds it in an inventory, a stream of resources brings its own. */
export interface ContextParts {
  readonly policies: PolicySet;
  readonly viewer: string | null;
  realNameOf(accountId: string): RealName | undefined;
  findResource(provider: string, products: readonly string[], id: string): Resource | undefined;
  /** `used`, added up over the resources that share a quota of that scope. */
  counted(scope: QuotaScope, resource: Resource): Used;
  /** Per `ledgerKey`, what was spent beyond the inventory's own `used` (the store's ledgers). */
  readonly spent: ReadonlyMap<string, number>;
}

/** Makes a context of its parts. */
export function contextOf({ counted, spent, ...parts }: ContextParts): InventoryContext {
  return {
    ...parts,
    bare: spent.size === 0,
    usedOf: (ledger, resource) =>
      drawnOn(ledger.kind, ledger.shared, counted(ledger.scope, resource)) + (spent.get(ledger.ledgerKey) ?? 0),
    drawn: (use, rule, resource) => {
      const drawn = drawnOn(use, isShared(rule), counted(rule.scope, resource));
      if (spent.size === 0) return drawn;
      const { ledgerKey } = ledgerOf(use, resource, `${resource.provider}/${resource.product}`, [rule]);
      return drawn + (spent.get(ledgerKey) ?? 0);
    },
  };
}

/**
 * Prepares an inventory for `evaluate` and `decide`; every resource asked about later must be in it.
 * `spent` adds, per `ledgerKey`, what was spent beyond the inventory's own `used` (the store's ledgers).
 */
export function inventoryContext(
  inventory: Inventory,
  policies: PolicySet,
  spent: ReadonlyMap<string, number> = new Map(),
): InventoryContext {
  const realNames = new Map(inventory.accounts.map((account) => [account.id, account.realName]));
  const byId = new Map(inventory.resources.map((it) => [`${it.provider}/${it.product}/${it.id}`, it]));
  return contextOf({
    policies,
    viewer: inventory.viewer ?? null,
    realNameOf: (accountId) => realNames.get(accountId),
    findResource: (provider, products, id) =>
      products.map((product) => byId.get(`${provider}/${product}/${id}`)).find((found) => found !== undefined),
    counted: usageOf(inventory.resources),
    spent,
  });
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
  const provider = context.policies.get(resource.provider);
  const findings: Finding[] = [];
  const report = (found: Finding) => add(findings, found);

  checkOwner(resource, context, provider?.ownerSource ?? ownSource, report);
  const { region } = resource;
  const place = region === undefined ? null : placeOfRegion(context.policies, resource.provider, region);
  if (region !== undefined && place === 'outside') {
    report(finding('resource.region_not_mainland', { region }, 'none_needed', provider?.regionSource ?? ownSource));
  }
  if (policy === null) {
    report(unknownPolicy(resource, context.policies, at));
    return conclude(findings, null);
  }
  if (place === 'outside') return conclude(findings, null);

  const { version } = policy;
  const fixed = version.fixed[use];
  for (const found of fixed) report(found);
  if (fixed.some((found) => outcomeOf[found.code] === 'not_applicable')) return conclude(findings, null);
  if (place === null && (region !== undefined || version.regionless !== true)) {
    report(missing('region', provider?.regionSource ?? ownSource, region ?? null));
  }
  if (version[use].mode === 'unstated') {
    report(
      finding('resource.no_policy', { unknown: 'rule', id: policy.id, at }, 'contact_support', mainSource(policy)),
    );
    return conclude(findings, null);
  }
  for (const check of version.checks[use]) check(resource, at, context, report);
  if (use === 'file' && version.file.mode === 'through_bound') {
    return conclude(findings, fileThroughBound(resource, context, policy, at, report));
  }
  return conclude(findings, checkQuota(use, resource, context, policy, report));
}

/** The ledgers of a resource under its policy: `file` first, then `issue`. The store's quota is keyed by them. */
export function ledgersOf(resource: Resource, policy: Policy): readonly [file: Ledger, issue: Ledger] {
  const { quotas } = policy.version;
  return [ledgerOf('file', resource, policy.id, quotas), ledgerOf('issue', resource, policy.id, quotas)];
}

function checkOwner(resource: Resource, context: InventoryContext, source: string, report: (found: Finding) => void) {
  const { viewer } = context;
  const { account } = resource;
  if (viewer === null) return;
  if (account === undefined) report(missing('account', source));
  else if (account !== viewer) {
    report(finding('resource.not_owner', { account, viewer }, 'sign_in_as_owner', source));
  }
}

function unknownPolicy(resource: Resource, policies: PolicySet, at: Day): Finding {
  const provider = policies.get(resource.provider);
  const versions = provider?.products.get(resource.product);
  const unknown = provider === undefined ? 'provider' : versions === undefined ? 'product' : 'day';
  const id = unknown === 'provider' ? resource.provider : `${resource.provider}/${resource.product}`;
  return finding('resource.no_policy', { unknown, id, at }, 'contact_support', ownSource);
}

/** The resource behind a load balancer, if the inventory holds it. */
export function findBound(resource: Resource, context: InventoryContext, policy: Policy): Resource | undefined {
  const { file } = policy.version;
  if (file.mode !== 'through_bound' || resource.boundTo === undefined) return undefined;
  return context.findResource(resource.provider, file.products, resource.boundTo);
}

/** A load balancer files through the resource behind it: that one's reasons and quota decide. */
function fileThroughBound(
  resource: Resource,
  context: InventoryContext,
  policy: Policy,
  at: Day,
  report: (found: Finding) => void,
): Quota | null {
  const bound = findBound(resource, context, policy);
  if (bound === undefined) {
    report(missing('boundTo', mainSource(policy), resource.boundTo ?? null));
    return null;
  }
  const behind = evaluate('file', bound, context, findPolicy(context.policies, bound.provider, bound.product, at), at);
  for (const found of behind.findings) report(found);
  return behind.quota;
}

function checkQuota(
  use: QuotaUse,
  resource: Resource,
  context: InventoryContext,
  policy: Policy,
  report: (found: Finding) => void,
): Quota | null {
  const rule = policy.version.quotaOf[use];
  if (rule === null) return null;
  if ((rule.scope === 'account' || rule.scope === 'package') && resource.account === undefined) {
    report(missing('account', rule.source ?? mainSource(policy)));
    return null;
  }
  const limit = limitFor(rule, resource);
  const used = context.drawn(use, rule, resource);
  const quota = { scope: rule.scope, limit, used, remaining: Math.max(0, limit - used) };
  if (quota.remaining === 0) {
    const code = use === 'file' ? 'resource.quota_exhausted' : 'code.limit_reached';
    report(finding(code, quota, 'use_other_resource', rule.source ?? mainSource(policy)));
  }
  return quota;
}

function mainSource(policy: Policy): string {
  return policy.version.source[0] ?? ownSource;
}

/** One reason once: two rules may miss the same fact, and a bound resource may repeat a reason. */
function add(findings: Finding[], found: Finding): void {
  const repeated = findings.some(
    (other) =>
      other.code === found.code &&
      (found.code !== 'resource.fact_missing' ||
        (other.code === 'resource.fact_missing' && other.detail.key === found.detail.key)),
  );
  if (!repeated) findings.push(found);
}

const rank = Object.fromEntries(reasonCodes.map((code, index) => [code, index])) as Readonly<
  Record<ReasonCode, number>
>;
const strength = Object.fromEntries(reasonCodes.map((code) => [code, outcomes.indexOf(outcomeOf[code])])) as Readonly<
  Record<ReasonCode, number>
>;

function conclude(findings: Finding[], quota: Quota | null): Evaluation {
  let strongest = 0;
  let unknownRule = false;
  for (const { code } of findings) {
    if (strength[code] > strongest) strongest = strength[code];
    if (code === 'resource.no_policy') unknownRule = true;
  }
  const outcome = outcomes[strongest] ?? 'eligible';
  if (findings.length === 0) return { outcome, findings, quota };
  // Where no filing or code is in question, or no rule is known, nothing needs the fact that is missing.
  const moot = unknownRule || outcome === 'not_required' || outcome === 'not_applicable';
  const listed = moot ? findings.filter(({ code }) => code !== 'resource.fact_missing') : findings;
  return { outcome, findings: listed.length > 1 ? listed.sort(byOrder) : listed, quota };
}

function byOrder(a: Finding, b: Finding): number {
  if (a.code !== 'resource.fact_missing' || b.code !== 'resource.fact_missing') return rank[a.code] - rank[b.code];
  return a.detail.key < b.detail.key ? -1 : 1;
}

import type { Day } from '@openbeian/model/calendar';
import {
  evaluateUse,
  explain,
  type Finding,
  type InventoryContext,
  type ReasonCode,
  type Resource,
} from '@openbeian/model/eligibility';
import type { QuotaUse } from '@openbeian/model/quota';

/** What a plan may do to a resource, each with a weight of its own; `new` buys another one. */
export const changeKinds = ['renew', 'convert', 'ip', 'bandwidth', 'package', 'new'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** Weight of one change of each kind; null: never do it. */
export type ChangeWeights = Readonly<Record<ChangeKind, number | null>>;

/** What makes a use of a resource possible: the changes, and the resource as it is after them. */
export interface Fixed {
  readonly kinds: readonly ChangeKind[];
  readonly resource: Resource;
}

/** Why no allowed change makes a use possible. */
export interface Unfixable {
  readonly blockers: readonly ReasonCode[];
}

/** By what changes are looked for. `fresh`: the resource is yet to be bought, so its order may be whatever the rules ask for. */
interface FixRules {
  readonly at: Day;
  readonly weights: ChangeWeights;
  readonly fresh?: boolean;
}

/**
 * Finds the changes that clear every reason against a use except its quota, by doing what the computed remedies say and
 * deciding again.
 */
export function fixesFor(
  use: QuotaUse,
  resource: Resource,
  context: InventoryContext,
  { at, weights, fresh = false }: FixRules,
): Fixed | Unfixable {
  const kinds = new Set<ChangeKind>();
  let fixed = resource;
  // Each round clears what it found; only a rule that shows behind another one needs a further round.
  for (let round = 0; round < 6; round += 1) {
    const { outcome, findings } = evaluateUse(use, fixed, context, at);
    // The quota of a changed copy is not its own: the ledgers of the plan count it.
    const against = findings.filter(({ code }) => isNoQuota(code));
    if (against.length === 0) return { kinds: [...kinds].sort(byKind), resource: fixed };
    if (outcome === 'not_required' || outcome === 'not_applicable') return { blockers: codesOf(against) };
    const stuck: ReasonCode[] = [];
    const converting = against.some(({ code }) => code === 'resource.billing_not_prepaid');
    for (const found of against) {
      // A conversion starts a new term, by which the clocks are then evaluated.
      if (converting && termCodes.has(found.code)) continue;
      const change = changeFor(found, fixed, at, fresh);
      if (change === null || (!fresh && change.kind !== null && weights[change.kind] === null)) stuck.push(found.code);
      else {
        if (change.kind !== null) kinds.add(change.kind);
        fixed = { ...fixed, ...change.facts };
      }
    }
    if (stuck.length > 0) return { blockers: stuck };
  }
  return { blockers: codesOf(evaluateUse(use, fixed, context, at).findings) };
}

/** The ledgers of a plan count quotas themselves. */
export function isNoQuota(code: ReasonCode): boolean {
  return code !== 'resource.quota_exhausted' && code !== 'code.limit_reached';
}

const termCodes: ReadonlySet<ReasonCode> = new Set([
  'resource.purchased_term_too_short',
  'resource.remaining_term_too_short',
  'resource.expired',
]);

interface Change {
  /** Null: part of the order of a resource that is yet to be bought. */
  readonly kind: ChangeKind | null;
  readonly facts: Partial<Resource>;
}

function changeFor(found: Finding, resource: Resource, at: Day, fresh: boolean): Change | null {
  switch (found.code) {
    case 'resource.billing_not_prepaid': {
      const { allowed } = found.detail;
      const billing = allowed.includes('prepaid') ? 'prepaid' : fresh ? allowed[0] : undefined;
      if (billing === undefined) return null;
      return { kind: 'convert', facts: { billing, boughtAt: at, expiresAt: dayNeeded(found) ?? at } };
    }
    case 'resource.purchased_term_too_short':
    case 'resource.remaining_term_too_short':
    case 'resource.expired': {
      const needed = dayNeeded(found);
      if (needed === null || found.remedy !== 'renew') return null;
      const { expiresAt } = resource;
      return {
        kind: 'renew',
        facts: { expiresAt: expiresAt === undefined || expiresAt < needed ? needed : expiresAt },
      };
    }
    case 'resource.no_public_ip': {
      const kind = found.remedy === 'buy_bandwidth' ? 'bandwidth' : 'ip';
      const bandwidth = kind === 'bandwidth' ? { bandwidthMbps: Math.max(1, resource.bandwidthMbps ?? 1) } : {};
      return { kind, facts: { publicIps: [{ kind: 'instance' }], ...bandwidth } };
    }
    case 'resource.no_public_bandwidth':
      return { kind: 'bandwidth', facts: { bandwidthMbps: 1 } };
    case 'resource.package_missing':
    case 'resource.package_too_small': {
      const { invocations, gbSeconds } = found.detail.needed;
      const bought = { ...resource.package };
      if (invocations !== null) bought.invocations = Math.max(invocations, bought.invocations ?? 0);
      if (gbSeconds !== null) bought.gbSeconds = Math.max(gbSeconds, bought.gbSeconds ?? 0);
      return { kind: 'package', facts: { package: bought } };
    }
    case 'resource.first_term_too_short': {
      const { months, days } = found.detail.term.period;
      const more = found.detail.term.strict ? 1 : 0;
      const firstTerm = days > 0 || months === 0 ? `P${months * 31 + days + more}D` : `P${months + more}M`;
      return fresh ? { kind: null, facts: { firstTerm } } : null;
    }
    case 'resource.order_amount_too_low':
      return fresh ? { kind: null, facts: { orderAmountCny: found.detail.neededCny } } : null;
    default:
      return noChange(found.code);
  }
}

/**
 * Reasons that nothing clears which a customer changes about the resource or buys for it: another account, product, region or
 * time does, and quotas are the plan's to count. A new reason is a type error until it is here or has its change above.
 */
const noChanges = [
  'resource.not_owner',
  'resource.load_balancer_ip',
  'resource.region_not_mainland',
  'resource.trial',
  'resource.not_running',
  'resource.product_not_fileable',
  'resource.product_closed',
  'resource.not_initialised',
  'resource.quota_exhausted',
  'resource.no_policy',
  'resource.fact_missing',
  'code.product_cannot_issue',
  'code.issuer_not_enterprise',
  'code.limit_reached',
  'code.not_needed',
] as const satisfies readonly ReasonCode[];

const noChange = (_code: (typeof noChanges)[number]): null => null;

function dayNeeded(found: Finding): Day | null {
  return explain(found).remedy.before;
}

function codesOf(findings: readonly Finding[]): ReasonCode[] {
  return findings.map(({ code }) => code);
}

function byKind(a: ChangeKind, b: ChangeKind): number {
  return changeKinds.indexOf(a) - changeKinds.indexOf(b);
}

import type { Day, Period } from '@openbeian/model/calendar';
import type { Quota } from '@openbeian/model/quota';
import type { Billing, FilingServiceState, RealName, ResourceState } from './inventory.ts';

/** Every reason of `file` and `issue` (contract §2), in the fixed order in which they are listed. */
export const reasonCodes = [
  'resource.not_owner',
  'resource.billing_not_prepaid',
  'resource.purchased_term_too_short',
  'resource.remaining_term_too_short',
  'resource.expired',
  'resource.first_term_too_short',
  'resource.order_amount_too_low',
  'resource.package_missing',
  'resource.package_too_small',
  'resource.no_public_ip',
  'resource.no_public_bandwidth',
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
] as const;
export type ReasonCode = (typeof reasonCodes)[number];

/** What can be done about a reason (contract §2). */
export const remedyActions = [
  'sign_in_as_owner',
  'convert_to_prepaid',
  'renew',
  'buy_public_ip',
  'buy_bandwidth',
  'use_instance_ip',
  'buy_package',
  'change_account_real_name',
  'wait',
  'contact_support',
  'use_other_resource',
  'use_code_from_other_account',
  'file_directly',
  'none_needed',
] as const;
export type RemedyAction = (typeof remedyActions)[number];

/** Outcomes, weakest first: of several reasons the strongest decides (contract §2). */
export const outcomes = ['eligible', 'indeterminate', 'ineligible', 'not_applicable', 'not_required'] as const;
export type Outcome = (typeof outcomes)[number];

/** The outcome that a reason alone would give. */
export const outcomeOf: Readonly<Record<ReasonCode, Outcome>> = {
  'resource.not_owner': 'ineligible',
  'resource.billing_not_prepaid': 'ineligible',
  'resource.purchased_term_too_short': 'ineligible',
  'resource.remaining_term_too_short': 'ineligible',
  'resource.expired': 'ineligible',
  'resource.first_term_too_short': 'ineligible',
  'resource.order_amount_too_low': 'ineligible',
  'resource.package_missing': 'ineligible',
  'resource.package_too_small': 'ineligible',
  'resource.no_public_ip': 'ineligible',
  'resource.no_public_bandwidth': 'ineligible',
  'resource.load_balancer_ip': 'ineligible',
  'resource.region_not_mainland': 'not_required',
  'resource.trial': 'ineligible',
  'resource.not_running': 'ineligible',
  'resource.product_not_fileable': 'not_applicable',
  'resource.product_closed': 'ineligible',
  'resource.not_initialised': 'ineligible',
  'resource.quota_exhausted': 'ineligible',
  'resource.no_policy': 'indeterminate',
  'resource.fact_missing': 'indeterminate',
  'code.product_cannot_issue': 'not_applicable',
  'code.issuer_not_enterprise': 'ineligible',
  'code.limit_reached': 'ineligible',
  'code.not_needed': 'not_applicable',
};

/** The number of each reason at the partner interface; see `partner/partner-numbers.ts`. Once given, it never changes its meaning. */
export const reasonNumbers = {
  'resource.not_owner': 412,
  'resource.billing_not_prepaid': 1101,
  'resource.purchased_term_too_short': 1102,
  'resource.remaining_term_too_short': 1103,
  'resource.expired': 1104,
  'resource.first_term_too_short': 1105,
  'resource.order_amount_too_low': 1106,
  'resource.package_missing': 1107,
  'resource.package_too_small': 1108,
  'resource.no_public_ip': 403,
  'resource.no_public_bandwidth': 1109,
  'resource.load_balancer_ip': 1110,
  'resource.region_not_mainland': 1111,
  'resource.trial': 410,
  'resource.not_running': 413,
  'resource.product_not_fileable': 600,
  'resource.product_closed': 1112,
  'resource.not_initialised': 1113,
  'resource.quota_exhausted': 609,
  'resource.no_policy': 1114,
  'resource.fact_missing': 1115,
  'code.product_cannot_issue': 411,
  'code.issuer_not_enterprise': 1209,
  'code.limit_reached': 609,
  'code.not_needed': 1210,
} as const satisfies Readonly<Record<ReasonCode, number>>;

/** A term that a rule asks for. `strict`: more than the period; otherwise at least the period. */
export interface Term {
  readonly period: Period;
  readonly strict: boolean;
}

/**
 * The day that a new expiry must reach: the latest of `terms` counted from `from`, and not before `notBefore`.
 * Kept as values; `explain` works out the day.
 */
export interface Deadline {
  readonly from: Day;
  readonly terms: readonly Term[];
  readonly notBefore: Day;
}

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

/** What each reason found: the values its text is made of. */
export interface ReasonDetails {
  'resource.not_owner': { readonly account: string; readonly viewer: string };
  'resource.billing_not_prepaid': { readonly billing: Billing; readonly allowed: readonly Billing[] };
  'resource.purchased_term_too_short': {
    readonly term: Term;
    readonly boughtAt: Day;
    readonly expiresAt: Day;
    /** How many, in digits. */
    readonly days: string;
  };
  'resource.remaining_term_too_short': {
    readonly term: Term;
    readonly expiresAt: Day;
    readonly at: Day;
    /** How many are left, in digits; 0 where it has expired. */
    readonly days: string;
  };
  'resource.expired': { readonly expiresAt: Day; readonly at: Day };
  'resource.first_term_too_short': { readonly term: Term; readonly firstTerm: Period };
  'resource.order_amount_too_low': {
    readonly neededCny: number;
    /** In yuan with two decimals. */
    readonly amount: string;
  };
  'resource.package_missing': { readonly needed: PackageAmounts };
  'resource.package_too_small': { readonly needed: PackageAmounts; readonly actual: PackageAmounts };
  'resource.no_public_ip': null;
  'resource.no_public_bandwidth': null;
  'resource.load_balancer_ip': null;
  'resource.region_not_mainland': { readonly region: string };
  'resource.trial': null;
  'resource.not_running': { readonly state: ResourceState };
  'resource.product_not_fileable': { readonly product: Bilingual };
  'resource.product_closed': { readonly product: Bilingual; readonly since: Day | null };
  'resource.not_initialised': { readonly state: FilingServiceState };
  'resource.quota_exhausted': Quota;
  'resource.no_policy': {
    /** What is unknown: the provider, its product, the rule of that day, or (product known) what its source leaves open. */
    readonly unknown: 'provider' | 'product' | 'day' | 'rule';
    readonly id: string;
    readonly at: Day;
  };
  /** `given` is a value that is present but unknown to the policy, such as a region id that is not listed. */
  'resource.fact_missing': { readonly key: string; readonly given: string | null };
  'code.product_cannot_issue': { readonly product: Bilingual };
  'code.issuer_not_enterprise': { readonly realName: RealName };
  'code.limit_reached': Quota;
  'code.not_needed': { readonly product: Bilingual };
}

export interface PackageAmounts {
  readonly invocations: number | null;
  readonly gbSeconds: number | null;
}

/** One reason before it is put into words: codes and values only, so that deciding stays cheap. */
export type Finding = {
  readonly [C in ReasonCode]: {
    readonly code: C;
    readonly detail: ReasonDetails[C];
    readonly remedy: RemedyAction;
    /** For `renew` and `convert_to_prepaid`: how far the new expiry must reach. Null otherwise. */
    readonly until: Deadline | null;
    /** Label of docs/sources.md. */
    readonly source: string;
  };
}[ReasonCode];

/** Label of the rules that OpenBeian itself sets. */
export const ownSource = 'openbeian';

/** The details of a finding besides its code. */
interface FindingParts<C extends ReasonCode> extends Pick<Finding, 'remedy' | 'source'> {
  readonly detail: ReasonDetails[C];
  readonly until?: Deadline | null;
}

/** Builds a finding; keeps code and detail of one kind. */
export function finding<C extends ReasonCode>(
  code: C,
  { detail, remedy, source, until = null }: FindingParts<C>,
): Finding {
  // Code and detail are of one kind: `C` expresses this, the union of all kinds does not.
  return { code, detail, remedy, until, source } as Finding;
}

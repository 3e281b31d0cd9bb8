import { type Day, parsePeriod } from '@openbeian/model/calendar';
import type { Quota, QuotaUse } from '@openbeian/model/quota';
import type { Resource } from '../inventory.ts';
import type { Condition } from '../policy/policy-schema.ts';
import type { Policy } from '../policy/policy-set.ts';
import { termOf } from '../policy/term.ts';
import {
  type Bilingual,
  type Deadline,
  type Finding,
  finding,
  ownSource,
  type PackageAmounts,
  type ReasonCode,
  type Term,
} from '../reason.ts';
import { type ConditionOf, conditionOf } from './compile.ts';
import type { InventoryContext } from './context.ts';
import { type FactKey, type FactSet, factsIn } from './fact-key.ts';
import { type ReasonSet, reasonsIn } from './reason-set.ts';

/** A decision whose reasons are to be told: what was decided, by which rules. */
export interface Decided {
  readonly use: QuotaUse;
  readonly resource: Resource;
  readonly policy: Policy | null;
  readonly at: Day;
  readonly context: Pick<InventoryContext, 'policies' | 'viewer' | 'realNameOf'>;
  readonly quota: Quota | null;
}

/**
 * Reasons with the values that their texts and remedies are made of, in the fixed order of `reasonCodes`. Nothing is
 * decided here: a reason is told because it is in the set, a fact because its key is.
 */
export function findingsIn(set: ReasonSet, keys: FactSet, decided: Decided): Finding[] {
  const findings: Finding[] = [];
  for (const code of reasonsIn(set)) {
    if (code !== 'resource.fact_missing') findings.push(tellers[code](decided));
    else for (const key of factsIn(keys)) findings.push(missing(key, decided));
  }
  return findings;
}

type Teller = (decided: Decided) => Finding;
type Rule = Condition['rule'];

const tellers: { readonly [C in Exclude<ReasonCode, 'resource.fact_missing'>]: Teller } = {
  'resource.not_owner': ({ resource, context }) =>
    finding(
      'resource.not_owner',
      { account: resource.account ?? '', viewer: context.viewer ?? '' },
      'sign_in_as_owner',
      ownerSource(resource, context),
    ),

  'resource.billing_not_prepaid': (decided) => {
    const { condition, source } = ruleOf(decided, 'billing');
    const { billing = 'pay_as_you_go' } = decided.resource;
    const detail = { billing, allowed: condition.allowed };
    // Bought anew on the day of conversion, the term must satisfy both clocks.
    const terms = (['boughtTerm', 'remainingTerm'] as const).flatMap((rule) => termsOf(decided, rule));
    const until = terms.length === 0 ? null : deadline(decided.at, terms, decided.at);
    return finding('resource.billing_not_prepaid', detail, 'convert_to_prepaid', source, until);
  },

  'resource.purchased_term_too_short': (decided) => {
    const { condition, source } = ruleOf(decided, 'boughtTerm');
    const { boughtAt = '', expiresAt = '' } = decided.resource;
    const term = termOf(condition);
    const until = deadline(boughtAt, [term], decided.at);
    return finding('resource.purchased_term_too_short', { term, boughtAt, expiresAt }, 'renew', source, until);
  },

  'resource.remaining_term_too_short': (decided) => {
    const { condition, source } = ruleOf(decided, 'remainingTerm');
    const { at, resource } = decided;
    const term = termOf(condition);
    const detail = { term, expiresAt: resource.expiresAt ?? '', at };
    return finding('resource.remaining_term_too_short', detail, 'renew', source, deadline(at, [term], at));
  },

  'resource.expired': (decided) => {
    const { source } = ruleOf(decided, 'notExpired');
    const { at, resource } = decided;
    const until = deadline(at, termsOf(decided, 'remainingTerm'), at);
    return finding('resource.expired', { expiresAt: resource.expiresAt ?? '', at }, 'renew', source, until);
  },

  'resource.first_term_too_short': (decided) => {
    const { condition, source } = ruleOf(decided, 'firstTerm');
    const detail = { term: termOf(condition), firstTerm: parsePeriod(decided.resource.firstTerm ?? 'P0D') };
    return finding('resource.first_term_too_short', detail, 'use_other_resource', source);
  },

  'resource.order_amount_too_low': (decided) => {
    const { condition, source } = ruleOf(decided, 'orderAmount');
    const detail = { neededCny: condition.atLeastCny, actualCny: decided.resource.orderAmountCny ?? 0 };
    return finding('resource.order_amount_too_low', detail, 'use_other_resource', source);
  },

  'resource.package_missing': (decided) => {
    const { condition, source } = ruleOf(decided, 'package');
    return finding('resource.package_missing', { needed: amountsOf(condition) }, 'buy_package', source);
  },

  'resource.package_too_small': (decided) => {
    const { condition, source } = ruleOf(decided, 'package');
    const detail = { needed: amountsOf(condition), actual: amountsOf(decided.resource.package ?? {}) };
    return finding('resource.package_too_small', detail, 'buy_package', source);
  },

  'resource.no_public_ip': (decided) => {
    const { condition, source } = ruleOf(decided, 'publicIp');
    const remedy = condition.comesWith === 'bandwidth' ? 'buy_bandwidth' : 'buy_public_ip';
    return finding('resource.no_public_ip', null, remedy, source);
  },

  'resource.no_public_bandwidth': (decided) =>
    finding('resource.no_public_bandwidth', null, 'buy_bandwidth', ruleOf(decided, 'publicBandwidth').source),

  'resource.load_balancer_ip': (decided) =>
    finding('resource.load_balancer_ip', null, 'use_instance_ip', ruleOf(decided, 'ownIp').source),

  'resource.region_not_mainland': (decided) => {
    const detail = { region: decided.resource.region ?? '' };
    return finding('resource.region_not_mainland', detail, 'none_needed', regionSource(decided));
  },

  'resource.trial': (decided) =>
    finding('resource.trial', null, 'use_other_resource', ruleOf(decided, 'notTrial').source),

  'resource.not_running': (decided) => {
    const { state } = decided.resource;
    // Gone at every provider, whatever its policy says about stopped ones.
    if (state === 'released') return finding('resource.not_running', { state }, 'use_other_resource', ownSource);
    return finding('resource.not_running', { state }, 'wait', ruleOf(decided, 'running').source);
  },

  'resource.product_not_fileable': (decided) =>
    finding('resource.product_not_fileable', productOf(decided), 'use_other_resource', mainSource(decided)),

  'resource.product_closed': (decided) => {
    const detail = { ...productOf(decided), since: decided.policy?.version.validFrom ?? null };
    return finding('resource.product_closed', detail, 'use_other_resource', mainSource(decided));
  },

  'resource.not_initialised': (decided) => {
    const { source } = ruleOf(decided, 'environment');
    const state = decided.resource.environment?.filingService ?? 'missing';
    const remedy = state === 'initialising' ? 'wait' : 'contact_support';
    return finding('resource.not_initialised', { state }, remedy, source);
  },

  'resource.quota_exhausted': (decided) => {
    const { quota, source } = quotaOf(decided);
    return finding('resource.quota_exhausted', quota, 'use_other_resource', source);
  },

  'resource.no_policy': ({ resource, policy, context, at }) => {
    const provider = context.policies.get(resource.provider);
    const known = provider?.products.has(resource.product) === true;
    const unknown = policy !== null ? 'rule' : provider === undefined ? 'provider' : known ? 'day' : 'product';
    const id = unknown === 'provider' ? resource.provider : `${resource.provider}/${resource.product}`;
    const source = policy === null ? ownSource : mainSource({ policy });
    return finding('resource.no_policy', { unknown, id, at }, 'contact_support', source);
  },

  'code.product_cannot_issue': (decided) => {
    const { mode } = decided.policy?.version.file ?? {};
    const instead = mode === 'through_bound' ? 'use_instance_ip' : 'file_directly';
    const remedy = mode === 'not_fileable' || mode === 'closed' ? 'use_code_from_other_account' : instead;
    return finding('code.product_cannot_issue', productOf(decided), remedy, mainSource(decided));
  },

  'code.issuer_not_enterprise': (decided) => {
    const { source } = ruleOf(decided, 'issuer');
    const realName = decided.context.realNameOf(decided.resource.account ?? '') ?? 'none';
    return finding('code.issuer_not_enterprise', { realName }, 'change_account_real_name', source);
  },

  'code.limit_reached': (decided) => {
    const { quota, source } = quotaOf(decided);
    return finding('code.limit_reached', quota, 'use_other_resource', source);
  },

  'code.not_needed': (decided) => finding('code.not_needed', productOf(decided), 'file_directly', mainSource(decided)),
};

/** The rules that ask for a fact; the first that its policy states for the use is the one that is named. */
const rulesAsking: { readonly [K in FactKey]?: readonly Rule[] } = {
  account: ['issuer'],
  bandwidthMbps: ['publicBandwidth'],
  billing: ['billing'],
  boughtAt: ['boughtTerm'],
  environment: ['environment'],
  'environment.filingService': ['environment'],
  expiresAt: ['boughtTerm', 'remainingTerm', 'notExpired'],
  firstTerm: ['firstTerm'],
  orderAmountCny: ['orderAmount'],
  'package.gbSeconds': ['package'],
  'package.invocations': ['package'],
  publicIps: ['publicIp'],
  'publicIps[].kind': ['ownIp'],
  realName: ['issuer'],
};

function missing(key: FactKey, decided: Decided): Finding {
  const { resource } = decided;
  // A value that is there may still be one that nobody knows.
  const given = key === 'region' ? resource.region : key === 'boundTo' ? resource.boundTo : undefined;
  const detail = { key: placeOf(key, resource), given: given ?? null };
  return finding('resource.fact_missing', detail, 'contact_support', sourceAsking(key, decided));
}

function placeOf(key: FactKey, resource: Resource): string {
  if (key !== 'publicIps[].kind') return key;
  return `publicIps[${resource.publicIps?.findIndex(({ kind }) => kind === undefined) ?? 0}].kind`;
}

function sourceAsking(key: FactKey, decided: Decided): string {
  const { resource, policy, use, context } = decided;
  if (key === 'region') return regionSource(decided);
  if (key === 'account' && context.viewer !== null) return ownerSource(resource, context);
  const rules = rulesAsking[key] ?? [];
  const asking = policy?.version.conditions.find(
    (it) => rules.includes(it.rule) && (it.for === undefined || it.for.includes(use)) && !isContent(it),
  );
  if (asking !== undefined) return asking.source ?? mainSource(decided);
  return (key === 'account' ? policy?.version.quotaOf[use]?.source : undefined) ?? mainSource(decided);
}

/** Does the rule do without a fact that is not known? */
function isContent(condition: Condition): boolean {
  return 'whereKnown' in condition && condition.whereKnown === true;
}

/** The condition behind a reason. @throws Error where no rule of the policy can have given it: a fault of ours. */
function ruleOf<R extends Rule>({ policy, use }: Decided, rule: R): { condition: ConditionOf<R>; source: string } {
  const condition = policy === null ? undefined : conditionOf(policy.version, use, rule);
  if (policy === null || condition === undefined) throw new Error(`no rule ${rule} for ${use}`);
  return { condition, source: condition.source ?? mainSource({ policy }) };
}

function termsOf({ policy, use }: Decided, rule: 'boughtTerm' | 'remainingTerm'): Term[] {
  const condition = policy === null ? undefined : conditionOf(policy.version, use, rule);
  return condition === undefined ? [] : [termOf(condition)];
}

function quotaOf({ policy, use, quota }: Decided): { quota: Quota; source: string } {
  if (quota === null) throw new Error(`no quota for ${use}`);
  return { quota, source: policy?.version.quotaOf[use]?.source ?? mainSource({ policy }) };
}

function deadline(from: Day, terms: readonly Term[], notBefore: Day): Deadline {
  return { from, terms, notBefore };
}

function productOf({ policy, resource }: Decided): { product: Bilingual } {
  return { product: policy?.name ?? { zh: resource.product, en: resource.product } };
}

function amountsOf({
  invocations,
  gbSeconds,
}: {
  readonly invocations?: number | undefined;
  readonly gbSeconds?: number | undefined;
}): PackageAmounts {
  return { invocations: invocations ?? null, gbSeconds: gbSeconds ?? null };
}

function ownerSource({ provider }: Resource, { policies }: Decided['context']): string {
  return policies.get(provider)?.ownerSource ?? ownSource;
}

function regionSource({ policy, resource, context }: Decided): string {
  return policy?.regionSource ?? context.policies.get(resource.provider)?.regionSource ?? ownSource;
}

function mainSource({ policy }: Pick<Decided, 'policy'>): string {
  return policy?.version.source[0] ?? ownSource;
}

import type { Day } from '@openbeian/model/calendar';
import type { Quota, QuotaUse } from '@openbeian/model/quota';
import type { Resource } from '../inventory.ts';
import { termOf } from '../policy/term.ts';
import { type Bilingual, type Finding, finding, ownSource, type ReasonCode, type Term } from '../reason.ts';
import type { Asked, NamedFact } from './conditions/condition.ts';
import { type Condition, type ConditionOf, conditions, type Rule, ruleOfReason } from './conditions/conditions.ts';
import type { InventoryContext } from './context.ts';
import { conditionOf } from './day-rules.ts';
import { type FactKey, type FactSet, factsIn } from './missing-facts.ts';
import type { Policy } from './policy-set.ts';
import { type ReasonSet, reasonsIn } from './reason-set.ts';

/** A decision whose reasons are to be explained: what was decided, by which rules. */
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
 * decided here: a reason is listed because it is in the set, a fact because its key is.
 */
export function findingsIn(set: ReasonSet, keys: FactSet, decided: Decided): Finding[] {
  const findings: Finding[] = [];
  for (const code of reasonsIn(set)) {
    if (code === 'resource.fact_missing') for (const key of factsIn(keys)) findings.push(missing(key, decided));
    else findings.push(isReleased(code, decided) ? releasedFinding : findingOf(code, decided));
  }
  return findings;
}

/** Gone at every provider, whatever its policy says about stopped ones. */
const releasedFinding = finding('resource.not_running', {
  detail: { state: 'released' },
  remedy: 'use_other_resource',
  source: ownSource,
});

function isReleased(code: ReasonCode, { resource }: Decided): boolean {
  return code === 'resource.not_running' && resource.state === 'released';
}

function findingOf(code: Exclude<ReasonCode, 'resource.fact_missing'>, decided: Decided): Finding {
  const rule = ruleOfReason.get(code);
  if (rule !== undefined) return conditionFinding(code, rule, decided);
  const build = findingBuilders[code];
  if (build === undefined) throw new Error(`no condition and no builder gives ${code}`);
  return build(decided);
}

/** The reason of a condition: by its own record, with the terms that its remedy must satisfy as well. */
function conditionFinding(code: ReasonCode, rule: Rule, decided: Decided): Finding {
  const { condition, source } = ruleOf(decided, rule);
  const { resource, at, context } = decided;
  const terms = { bought: termOfRule(decided, 'boughtTerm'), remaining: termOfRule(decided, 'remainingTerm') };
  // Records are kept by rule, so each gets the condition of its own rule.
  const explain = conditions[rule].explain as Readonly<
    Record<string, (asked: Asked<Condition>) => Pick<Finding, 'detail' | 'remedy'> & { until?: Finding['until'] }>
  >;
  const parts = explain[code]?.({ condition, resource, at, source, terms, surroundings: context });
  if (parts === undefined) throw new Error(`the condition ${rule} does not explain ${code}`);
  return finding(code, { ...parts, source });
}

/**
 * The facts that the words of a reason name, of a product whose policy is known: resources with equal values are given the
 * same by that policy, for that use and day.
 */
export function namedFactsOf(code: ReasonCode, missing: FactSet): readonly NamedFact[] {
  const rule = ruleOfReason.get(code);
  if (rule !== undefined) return conditions[rule].namedFacts;
  if (code !== 'resource.fact_missing') return namedFacts[code] ?? [];
  return factsIn(missing).filter((key) => key === 'region' || key === 'boundTo' || key === 'publicIps[].kind');
}

/** Of the reasons that no condition gives. */
const namedFacts: { readonly [C in ReasonCode]?: readonly NamedFact[] } = {
  'resource.not_owner': ['account'],
  'resource.region_not_mainland': ['region'],
  'resource.quota_exhausted': ['quota'],
  'code.limit_reached': ['quota'],
};

type FindingBuilder = (decided: Decided) => Finding;

/** Reasons that come before any condition or after all: the owner, the region, the product, the quota. */
const findingBuilders: { readonly [C in ReasonCode]?: FindingBuilder } = {
  'resource.not_owner': ({ resource, context }) =>
    finding('resource.not_owner', {
      detail: { account: resource.account ?? '', viewer: context.viewer ?? '' },
      remedy: 'sign_in_as_owner',
      source: ownerSource(resource, context),
    }),

  'resource.region_not_mainland': (decided) => {
    const detail = { region: decided.resource.region ?? '' };
    return finding('resource.region_not_mainland', { detail, remedy: 'none_needed', source: regionSource(decided) });
  },

  'resource.product_not_fileable': (decided) =>
    finding('resource.product_not_fileable', {
      detail: productOf(decided),
      remedy: 'use_other_resource',
      source: mainSource(decided),
    }),

  'resource.product_closed': (decided) => {
    const detail = { ...productOf(decided), since: decided.policy?.version.validFrom ?? null };
    return finding('resource.product_closed', { detail, remedy: 'use_other_resource', source: mainSource(decided) });
  },

  'resource.quota_exhausted': (decided) => {
    const { quota, source } = quotaOf(decided);
    return finding('resource.quota_exhausted', { detail: quota, remedy: 'use_other_resource', source });
  },

  'resource.no_policy': ({ resource, policy, context, at }) => {
    const provider = context.policies.get(resource.provider);
    const known = provider?.products.has(resource.product) === true;
    const unknown = policy !== null ? 'rule' : provider === undefined ? 'provider' : known ? 'day' : 'product';
    const id = unknown === 'provider' ? resource.provider : `${resource.provider}/${resource.product}`;
    const source = policy === null ? ownSource : mainSource({ policy });
    return finding('resource.no_policy', { detail: { unknown, id, at }, remedy: 'contact_support', source });
  },

  'code.product_cannot_issue': (decided) => {
    const { mode } = decided.policy?.version.file ?? {};
    const instead = mode === 'through_bound' ? 'use_instance_ip' : 'file_directly';
    const remedy = mode === 'not_fileable' || mode === 'closed' ? 'use_code_from_other_account' : instead;
    return finding('code.product_cannot_issue', { detail: productOf(decided), remedy, source: mainSource(decided) });
  },

  'code.limit_reached': (decided) => {
    const { quota, source } = quotaOf(decided);
    return finding('code.limit_reached', { detail: quota, remedy: 'use_other_resource', source });
  },

  'code.not_needed': (decided) =>
    finding('code.not_needed', { detail: productOf(decided), remedy: 'file_directly', source: mainSource(decided) }),
};

function missing(key: FactKey, decided: Decided): Finding {
  const { resource } = decided;
  // A value may be present and still not be recognised.
  const given = key === 'region' ? resource.region : key === 'boundTo' ? resource.boundTo : undefined;
  const detail = { key: placeOf(key, resource), given: given ?? null };
  return finding('resource.fact_missing', { detail, remedy: 'contact_support', source: sourceAsking(key, decided) });
}

/** The source of the first condition that its policy states for the use and that needs the fact. */
function sourceAsking(key: FactKey, decided: Decided): string {
  const { resource, policy, use, context } = decided;
  if (key === 'region') return regionSource(decided);
  if (key === 'account' && context.viewer !== null) return ownerSource(resource, context);
  const asking = policy?.version.conditions.find(
    (it) =>
      conditions[it.rule].factKeys.some((needed) => needed === key) &&
      (it.for === undefined || it.for.includes(use)) &&
      !doesWithout(it),
  );
  if (asking !== undefined) return asking.source ?? mainSource(decided);
  return (key === 'account' ? policy?.version.quotaOf[use]?.source : undefined) ?? mainSource(decided);
}

/** Does the condition do without a fact that is not known? */
function doesWithout(condition: Condition): boolean {
  return 'whereKnown' in condition && condition.whereKnown === true;
}

/** The condition behind a reason. @throws Error where no rule of the policy can have given it: a fault of ours. */
function ruleOf<R extends Rule>({ policy, use }: Decided, rule: R): { condition: ConditionOf<R>; source: string } {
  const condition = policy === null ? undefined : conditionOf(policy.version, use, rule);
  if (policy === null || condition === undefined) throw new Error(`no rule ${rule} for ${use}`);
  return { condition, source: condition.source ?? mainSource({ policy }) };
}

function termOfRule({ policy, use }: Decided, rule: 'boughtTerm' | 'remainingTerm'): Term | null {
  const condition = policy === null ? undefined : conditionOf(policy.version, use, rule);
  return condition === undefined ? null : termOf(condition);
}

function placeOf(key: FactKey, resource: Resource): string {
  if (key !== 'publicIps[].kind') return key;
  return `publicIps[${resource.publicIps?.findIndex(({ kind }) => kind === undefined) ?? 0}].kind`;
}

function quotaOf({ policy, use, quota }: Decided): { quota: Quota; source: string } {
  if (quota === null) throw new Error(`no quota for ${use}`);
  return { quota, source: policy?.version.quotaOf[use]?.source ?? mainSource({ policy }) };
}

function productOf({ policy, resource }: Decided): { product: Bilingual } {
  return { product: policy?.name ?? { zh: resource.product, en: resource.product } };
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

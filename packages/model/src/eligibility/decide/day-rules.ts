import type { Day } from '@openbeian/model/calendar';
import { isShared, type QuotaUse, quotaRuleOf } from '@openbeian/model/quota';
import type { PolicyVersion } from '../policy/policy-schema.ts';
import { rememberingStarts, termOf } from '../policy/term.ts';
import { outcomeOf, type ReasonCode, type Term } from '../reason.ts';
import { type ConditionOf, type Rule, type RuleSheet, sheetOf } from './conditions/conditions.ts';
import { bitOf, type ReasonSet, setOfReasons } from './reason-set.ts';

/** One dated version of a product's rules made ready for deciding; everything else as the policy file states it. */
export interface CompiledVersion extends PolicyVersion {
  readonly terms: VersionTerms;
  readonly expires: boolean;
  /** The last day on which the remaining term is long enough, by the day of expiry; null: no remaining term is asked for. */
  readonly lastDayBefore: ((expiresAt: Day) => Day) | null;
  /** The quota rule of each use; null where no source states one. */
  readonly quotaOf: Readonly<Record<QuotaUse, PolicyVersion['quotas'][number] | null>>;
  /** The rules as they are asked on a day. The last day's are kept, since a fleet is decided for one day. */
  onDay(at: Day): DayRules;
}

/** The term rules of a version, by which the clocks run. */
interface VersionTerms {
  readonly bought: Term | null;
  readonly remaining: Term | null;
}

/** A version's rules with everything worked out that does not depend on the resource. */
export interface DayRules {
  readonly at: Day;
  readonly regionless: boolean;
  /** Products behind a load balancer; null: it is none. */
  readonly behind: readonly string[] | null;
  /** Conditions of both uses; null: none. */
  readonly shared: RuleSheet | null;
  /** Neither use asks any condition. */
  readonly settled: boolean;
  readonly file: UseRules;
  readonly issue: UseRules;
}

export interface UseRules {
  /** What decides the use without any condition: the product carries none, issues none, needs none. */
  readonly fixed: ReasonSet;
  readonly notApplicable: boolean;
  readonly unstated: boolean;
  /** Conditions of this use alone; null: none. */
  readonly own: RuleSheet | null;
  readonly quota: PolicyVersion['quotas'][number] | null;
  readonly quotaNeedsAccount: boolean;
  /** The quota is the resource's own, and the same whatever addresses it has. */
  readonly ownLedger: boolean;
  readonly oneLedger: boolean;
  readonly exhausted: ReasonSet;
}

/** Compiles a version. */
export function compileVersion(version: PolicyVersion): CompiledVersion {
  const quotaOf = {
    file: quotaRuleOf('file', version.quotas) ?? null,
    issue: quotaRuleOf('issue', version.quotas) ?? null,
  };
  let last: DayRules | null = null;
  const terms = { bought: termRule(version, 'boughtTerm'), remaining: termRule(version, 'remainingTerm') };
  return {
    ...version,
    terms,
    lastDayBefore: terms.remaining === null ? null : rememberingStarts(terms.remaining),
    expires: version.conditions.some((condition) => condition.rule === 'notExpired'),
    quotaOf,
    onDay: (at) => {
      if (last === null || last.at !== at) last = dayRules(version, quotaOf, at);
      return last;
    },
  };
}

/** The condition of a rule that holds for a use, as its policy states it. */
export function conditionOf<R extends Rule>(
  version: PolicyVersion,
  use: QuotaUse,
  rule: R,
): ConditionOf<R> | undefined {
  return version.conditions.find(
    (it): it is ConditionOf<R> => it.rule === rule && (it.for === undefined || it.for.includes(use)),
  );
}

function dayRules(version: PolicyVersion, quotaOf: CompiledVersion['quotaOf'], at: Day): DayRules {
  const file = useRules(version, 'file', quotaOf.file, at);
  const issue = useRules(version, 'issue', quotaOf.issue, at);
  const settled = ({ notApplicable, unstated }: UseRules) => notApplicable || unstated;
  return {
    at,
    regionless: version.regionless === true,
    behind: version.file.mode === 'through_bound' ? version.file.products : null,
    shared: sheetOf(version.conditions, null, at),
    settled: settled(file) && settled(issue),
    file,
    issue,
  };
}

function useRules(version: PolicyVersion, use: QuotaUse, quota: UseRules['quota'], at: Day): UseRules {
  const fixed = use === 'file' ? fixedFile(version) : [...fixedFile(version), ...fixedIssue(version)];
  return {
    fixed: setOfReasons(fixed),
    notApplicable: fixed.some((code) => outcomeOf[code] === 'not_applicable'),
    unstated: version[use].mode === 'unstated',
    own: sheetOf(version.conditions, use, at),
    quota,
    quotaNeedsAccount: quota !== null && (quota.scope === 'account' || quota.scope === 'package'),
    ownLedger: quota !== null && (quota.scope === 'instance' || quota.scope === 'order'),
    oneLedger: quota !== null && isShared(quota),
    exhausted: bitOf(use === 'file' ? 'resource.quota_exhausted' : 'code.limit_reached'),
  };
}

function fixedFile({ file: { mode } }: PolicyVersion): ReasonCode[] {
  if (mode === 'not_fileable') return ['resource.product_not_fileable'];
  return mode === 'closed' ? ['resource.product_closed'] : [];
}

function fixedIssue({ issue: { mode } }: PolicyVersion): ReasonCode[] {
  if (mode === 'cannot') return ['code.product_cannot_issue'];
  return mode === 'not_needed' ? ['code.not_needed'] : [];
}

function termRule(version: PolicyVersion, rule: 'boughtTerm' | 'remainingTerm') {
  const condition = version.conditions.find((it): it is ConditionOf<typeof rule> => it.rule === rule);
  return condition === undefined ? null : termOf(condition);
}

import { type QuotaUse, quotaRuleOf } from '@openbeian/model/quota';
import { type Check, compileCondition, type VersionTerms } from './conditions.ts';
import type { Condition, PolicyVersion } from './policy-schema.ts';
import { type Bilingual, type Finding, finding, ownSource } from './reason.ts';
import { termOf } from './term.ts';

/** One dated version of a product's rules with its conditions compiled; everything else as the policy file states it. */
export interface CompiledVersion extends PolicyVersion {
  readonly terms: VersionTerms;
  readonly expires: boolean;
  readonly checks: Readonly<Record<QuotaUse, readonly Check[]>>;
  /** Checks of the resource itself, without its buyer's account: a code stands as long as these hold. */
  readonly standingChecks: readonly Check[];
  /** The quota rule of each use; null where no source states one. */
  readonly quotaOf: Readonly<Record<QuotaUse, PolicyVersion['quotas'][number] | null>>;
  /** What decides a use without any condition: the product carries none, issues none, needs none. */
  readonly fixed: Readonly<Record<QuotaUse, readonly Finding[]>>;
}

/** Compiles a version of the product called `name`. */
export function compileVersion(version: PolicyVersion, name: Bilingual): CompiledVersion {
  const mainSource = version.source[0] ?? ownSource;
  const terms = { bought: termRule(version, 'boughtTerm'), remaining: termRule(version, 'remainingTerm') };
  const compiled = version.conditions.map((condition) => ({
    condition,
    check: compileCondition(condition, mainSource, terms),
  }));
  const checksFor = (use: QuotaUse) =>
    compiled.filter(({ condition }) => holdsFor(condition, use)).map(({ check }) => check);
  return {
    ...version,
    terms,
    expires: version.conditions.some((condition) => condition.rule === 'notExpired'),
    checks: { file: [released, ...checksFor('file')], issue: [released, ...checksFor('issue')] },
    standingChecks: [
      released,
      ...compiled
        .filter(({ condition }) => condition.rule !== 'issuer' && holdsFor(condition, 'issue'))
        .map(({ check }) => check),
    ],
    quotaOf: {
      file: quotaRuleOf('file', version.quotas) ?? null,
      issue: quotaRuleOf('issue', version.quotas) ?? null,
    },
    fixed: { file: fixedFile(version, name, mainSource), issue: fixedIssue(version, name, mainSource) },
  };
}

/** A released resource is gone at every provider, whatever a policy says about stopped ones. */
const released: Check = (resource, _at, _, report) => {
  if (resource.state === 'released') {
    report(finding('resource.not_running', { state: 'released' }, 'use_other_resource', ownSource));
  }
};

function fixedFile(version: PolicyVersion, product: Bilingual, source: string): Finding[] {
  const { mode } = version.file;
  if (mode === 'not_fileable') {
    return [finding('resource.product_not_fileable', { product }, 'use_other_resource', source)];
  }
  if (mode === 'closed') {
    const detail = { product, since: version.validFrom };
    return [finding('resource.product_closed', detail, 'use_other_resource', source)];
  }
  return [];
}

function fixedIssue(version: PolicyVersion, product: Bilingual, source: string): Finding[] {
  const found = fixedFile(version, product, source);
  const carriesFilings = found.length === 0;
  switch (version.issue.mode) {
    case 'cannot': {
      const instead = version.file.mode === 'through_bound' ? 'use_instance_ip' : 'file_directly';
      const remedy = carriesFilings ? instead : 'use_code_from_other_account';
      found.push(finding('code.product_cannot_issue', { product }, remedy, source));
      break;
    }
    case 'not_needed':
      found.push(finding('code.not_needed', { product }, 'file_directly', source));
      break;
    case 'codes':
    case 'unstated':
      break;
  }
  return found;
}

function termRule(version: PolicyVersion, rule: 'boughtTerm' | 'remainingTerm') {
  const condition = version.conditions.find((it): it is Extract<Condition, { rule: typeof rule }> => it.rule === rule);
  return condition === undefined ? null : termOf(condition);
}

function holdsFor(condition: Condition, use: QuotaUse): boolean {
  return condition.for === undefined || condition.for.includes(use);
}

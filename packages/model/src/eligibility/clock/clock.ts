import { addPeriod, type Day, parsePeriod } from '@openbeian/model/calendar';
import { againstValidity } from '../decide/evaluate.ts';
import { findingsIn } from '../decide/findings.ts';
import type { Policy } from '../decide/policy-set.ts';
import { explain, type Reason } from '../explain/explain.ts';
import type { Resource } from '../inventory.ts';
import { type Bilingual, type Finding, finding, ownSource } from '../reason.ts';

/**
 * The last day on which, with nothing renewed, the clocks of the policy still let the resource pass; it may lie in the past.
 * Null where no clock applies: pay-as-you-go, outside the mainland, no expiry known, or a product without a term rule.
 */
export function goodUntil(resource: Resource, policy: Policy): Day | null {
  const { version } = policy;
  const { expiresAt, region } = resource;
  if (expiresAt === undefined || resource.billing === 'pay_as_you_go') return null;
  if (version.file.mode === 'not_fileable') return null;
  if (region !== undefined && policy.regions.get(region) === 'outside') return null;
  if (version.lastDayBefore !== null) return version.lastDayBefore(expiresAt);
  return version.expires ? expiresAt : null;
}

/** Why a code that was issued is not valid (contract §8); the rest of that list is about the code itself. */
export type SuspensionReasonCode =
  | 'code.not_revived'
  | 'code.lifetime_over'
  | 'code.resource_expired'
  | 'code.remaining_term_too_short'
  | 'code.resource_ineligible';

export interface CodeValidity {
  /** False: the code is suspended; it is valid again as soon as the causes are fixed (not with `code.not_revived` and `code.lifetime_over`). */
  readonly valid: boolean;
  readonly reasons: readonly { readonly code: SuspensionReasonCode; readonly message: Bilingual }[];
  /** What is against the resource, with computed remedies, in the order of contract §2. */
  readonly causes: readonly Reason[];
}

/** What of a code itself decides whether it is valid. */
export interface CodeDates {
  readonly issuedOn: Day;
  /** It stopped once, and its policy revives nothing (`codes.revivesOnRenewal: false`). */
  readonly stoppedForGood: boolean;
}

/** The last day of a code's own validity (policy `codes.ownLifetime`); null where a code is valid as long as its resource. */
export function lastDayOfCode(policy: Policy | null, issuedOn: Day): Day | null {
  const lifetime = policy?.version.codes?.ownLifetime ?? null;
  return lifetime === null ? null : addPeriod(issuedOn, parsePeriod(lifetime));
}

/**
 * Is a code issued on this resource valid on that day? Derived, never stored: the server's term and facts decide.
 * The issuer's account, its quota and who looks do not matter once a code is out. A fact that is missing, or a day
 * whose rule is not known (`policy` null), suspends it, since its validity cannot be determined.
 * Given the code's own dates, its own life counts as well, by the rules of the day of the decision, and that it stopped
 * for good; no renewal changes these.
 */
export function codeValidity(
  resource: Resource,
  policy: Policy | null,
  at: Day,
  own: CodeDates | null = null,
): CodeValidity {
  const findings = policy === null ? [unknownRule(resource, at)] : againstCode(resource, policy, at);
  const codes = new Set(findings.map(suspensionReason));
  const lastDay = own === null ? null : lastDayOfCode(policy, own.issuedOn);
  if (own?.stoppedForGood === true) codes.add('code.not_revived');
  if (lastDay !== null && at > lastDay) codes.add('code.lifetime_over');
  const reasons = codeSuspensionReasons.filter((code) => codes.has(code));
  return {
    valid: reasons.length === 0,
    reasons: reasons.map((code) => ({ code, message: suspensionTexts[code] })),
    causes: findings.map(explain),
  };
}

function unknownRule({ provider, product }: Resource, at: Day): Finding {
  const detail = { unknown: 'day', id: `${provider}/${product}`, at } as const;
  return finding('resource.no_policy', { detail, remedy: 'contact_support', source: ownSource });
}

function againstCode(resource: Resource, policy: Policy, at: Day): Finding[] {
  const lacks = { keys: 0 };
  const set = againstValidity(resource, policy.version.onDay(at), policy.regions, lacks);
  const context = { policies: new Map(), viewer: null, realNameOf: () => undefined };
  return findingsIn(set, lacks.keys, { use: 'issue', resource, policy, at, context, quota: null });
}

/** In the order in which they are listed. */
export const codeSuspensionReasons = [
  'code.not_revived',
  'code.lifetime_over',
  'code.resource_expired',
  'code.remaining_term_too_short',
  'code.resource_ineligible',
] as const satisfies readonly SuspensionReasonCode[];

function suspensionReason({ code }: Finding): SuspensionReasonCode {
  if (code === 'resource.expired') return 'code.resource_expired';
  if (code === 'resource.remaining_term_too_short') return 'code.remaining_term_too_short';
  return 'code.resource_ineligible';
}

const suspensionTexts: Readonly<Record<SuspensionReasonCode, Bilingual>> = {
  'code.not_revived': {
    zh: '该授权码曾因云资源不符合条件而暂停，按该产品的规则不再恢复；请其所有者重新生成一个授权码。',
    en: 'This code stopped when its resource failed the conditions, and this product’s rules revive no code. Its owner issues a new one.',
  },
  'code.lifetime_over': {
    zh: '该授权码已超过自身有效期，续费资源也不能恢复；请其所有者重新生成一个授权码。',
    en: 'This code has outlived its own term, and renewing the resource does not revive it. Its owner issues a new one.',
  },
  'code.resource_expired': {
    zh: '生成该授权码的云资源已到期；请其所有者续费，续费后授权码自动恢复可用。',
    en: 'The resource behind this code has expired. Its owner renews it, and the code works again by itself.',
  },
  'code.remaining_term_too_short': {
    zh: '生成该授权码的云资源剩余有效期不足；请其所有者续费，续费后授权码自动恢复可用。',
    en: 'The remaining term of the resource of this code is too short. After its owner renews it, the code works again automatically.',
  },
  'code.resource_ineligible': {
    zh: '生成该授权码的云资源目前不符合备案条件；请其所有者按资源页所列原因处理，或换用其他授权码。',
    en: 'The resource behind this code does not meet the conditions now. Ask its owner to fix the reasons shown on the resource’s page, or use another code.',
  },
};

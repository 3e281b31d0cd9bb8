import { reasonNumbers } from '../eligibility/reason.ts';
import type { FaultCode } from '../fault/catalogue.ts';

/**
 * The number that the partner interface gives for each fault and reason, so that programs written for other providers'
 * interfaces need no table of names. Three digits: the number that a cloud's filing-code interface uses for the same
 * (docs/sources.md `alibaba-bsn-api`); four digits: ours. A number, once given, never changes its meaning.
 */
export const partnerNumbers = {
  ...reasonNumbers,
  // Used elsewhere for the same thing.
  'account.unknown': 401,
  'resource.unknown': 402,
  'code.unknown': 406,
  'input.invalid': 506,
  internal: 507,
  'input.count': 603,
  'quota.exhausted': 609,
  'code.not_grantee': 616,
  // The caller and its request.
  'auth.required': 1001,
  'auth.key_refused': 1002,
  'auth.scope_missing': 1003,
  'auth.forbidden': 1004,
  'auth.rate_limited': 1005,
  'auth.too_many_attempts': 1006,
  'auth.second_factor_due': 1007,
  'auth.right_missing': 1008,
  'idempotency.key_missing': 1011,
  'idempotency.key_reused': 1012,
  'request.wrong_content_type': 1013,
  'request.too_large': 1014,
  'request.foreign_origin': 1015,
  'request.unknown_route': 1016,
  'store.unavailable': 1021,
  'object.changed': 1022,
  'object.not_found': 1023,
  'store.unreadable': 1024,
  // The resource.
  'resource.not_eligible': 1100,
  // The code.
  'code.not_usable': 1200,
  'code.mistyped': 1201,
  'code.bound': 1202,
  'code.used': 1203,
  'code.revoked': 1204,
  'code.resource_expired': 1205,
  'code.remaining_term_too_short': 1206,
  'code.resource_ineligible': 1207,
  'code.lifetime_over': 1208,
  'code.wrong_state': 1211,
  'code.not_revived': 1212,
} as const;

/** The number of a fault or reason; null where the partner interface cannot give it. */
export function partnerNumberOf(code: string): number | null {
  return (partnerNumbers as Readonly<Record<string, number>>)[code] ?? null;
}

/** What the number of a refusal is read from. */
interface Refusal {
  readonly code: FaultCode;
  readonly places?: readonly { readonly path: string }[] | undefined;
  readonly reasons?: readonly unknown[] | undefined;
}

/**
 * The number of a refusal. Decisions carry the number of their first reason; a place that has a number of its own gives
 * that one when it is the only mistake.
 */
export function partnerNumberOfRefusal({ code, places = [], reasons = [] }: Refusal): number | null {
  if (code === 'input.invalid' && places.length > 0) {
    if (places.every(({ path }) => /(^|\.)granteeAccountId$/.test(path))) return partnerNumbers['account.unknown'];
    if (places.every(({ path }) => countedPlaces.includes(path))) return partnerNumbers['input.count'];
  }
  if (code === 'resource.not_eligible' || code === 'code.not_usable') {
    for (const reason of reasons) {
      const number = partnerNumberOf(String((reason as { code?: unknown } | null)?.code));
      if (number !== null) return number;
    }
  }
  return partnerNumberOf(code);
}

/** Where the request says how many: a batch takes 1 to 20. */
const countedPlaces = ['count', 'body.count', 'body.codes', 'body.grants', 'body.resourceIds'];

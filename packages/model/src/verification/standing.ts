import type { Finding } from '../forms/index.ts';
import type { VerifiedPerson } from './persons.ts';
import { type VerificationReason, verificationReasons } from './reasons.ts';
import { type VerificationWay, type VerifiedRole, verificationWays, verifiedRoles } from './rules.ts';

/** One try to verify somebody, as far as it decides the standing of the person. Times are ISO 8601. */
export interface VerificationTry {
  readonly way: VerificationWay;
  readonly state: 'waiting' | 'passed' | 'failed';
  readonly startedAt: string;
  /** Until when its link is good; null: it has none. */
  readonly linkUntil: string | null;
  /** When the outside, or the reviewer, came to the result; null: there is none. */
  readonly resultAt: string | null;
  /** Of one that passed. */
  readonly validUntil: string | null;
  readonly reason: VerificationReason | null;
}

/** `changed`: somebody else, or another certificate, was verified for this role; `link_expired`: nobody followed the link in time. */
export const verificationStates = {
  not_started: { zh: '未核验', en: 'Not verified yet' },
  waiting: { zh: '等待本人核验', en: 'Waiting for the person' },
  link_expired: { zh: '链接已过期，未核验', en: 'The link has expired unused' },
  passed: { zh: '已核验', en: 'Verified' },
  failed: { zh: '核验未通过', en: 'Verification failed' },
  expired: { zh: '核验已过有效期', en: 'The verification has expired' },
  changed: { zh: '人员或证件已变，须重新核验', en: 'Person or certificate changed; verify again' },
} as const;
export type VerificationState = keyof typeof verificationStates;

/** The standing of somebody, and the try that says so. */
export interface VerificationStand<Try extends VerificationTry = VerificationTry> {
  readonly state: VerificationState;
  readonly by: Try | null;
}

/**
 * The standing of somebody at an instant: the newest result decides, and a try without one where there is no result that still counts.
 * @param own tries that are bound to this very person, certificate and filing, the oldest first
 * @param wasOther somebody or something else was verified in this role before
 */
export function standOf<Try extends VerificationTry>(
  own: readonly Try[],
  { wasOther, at }: { readonly wasOther: boolean; readonly at: string },
): VerificationStand<Try> {
  // Of two of one instant the later try decides.
  const decided = own.filter(({ resultAt }) => resultAt !== null).toReversed();
  const newest = decided.toSorted((one, other) => compare(other.resultAt ?? '', one.resultAt ?? ''))[0];
  if (newest?.state === 'passed' && !isOver(newest.validUntil, at)) return { state: 'passed', by: newest };
  const waiting = own
    .filter(({ state }) => state === 'waiting')
    .toSorted((one, other) => compare(other.startedAt, one.startedAt))[0];
  if (waiting !== undefined && !isOver(waiting.linkUntil, at)) return { state: 'waiting', by: waiting };
  if (newest !== undefined) return { state: newest.state === 'passed' ? 'expired' : 'failed', by: newest };
  if (waiting !== undefined) return { state: 'link_expired', by: waiting };
  return { state: wasOther ? 'changed' : 'not_started', by: null };
}

const compare = (one: string, other: string): number => Date.parse(one) - Date.parse(other);
const isOver = (until: string | null, at: string): boolean => until !== null && Date.parse(until) <= Date.parse(at);

/** Where findings about somebody's verification are shown. */
const verificationField = (role: VerifiedRole): string => `verification.${role}`;

/** What that place is called; null: it is no verification's. */
export function verificationNameAt(field: string): { readonly zh: string; readonly en: string } | null {
  const [, role] = /^verification\.(\w+)$/.exec(field) ?? [];
  const known = Object.entries(verifiedRoles).find(([one]) => one === role)?.[1];
  return known === undefined ? null : { zh: `核验：${known.zh}`, en: `Verification: ${known.en}` };
}

/** What keeps a filing from being submitted because of somebody whom a service outside verifies; null: nothing does. */
export function findVerification(person: VerifiedPerson, { state, by }: VerificationStand): Finding | null {
  if (state === 'passed') return null;
  const reason = state === 'failed' && by?.reason ? verificationReasons[by.reason] : null;
  const told = verificationStates[state];
  return {
    field: verificationField(person.role),
    rule: `verification.${state}`,
    message: reason === null ? told : { zh: `核验未通过：${reason.zh}`, en: `Verification failed: ${reason.en}` },
    remedy: reason?.remedy ?? remedies[state],
    source: person.source,
    ...(person.asOf !== null && { asOf: person.asOf }),
    from: 'pre_check',
  };
}

const again = {
  zh: '请重新开始电子化核验，由本人打开链接完成。',
  en: 'Start the verification again; the person follows the link.',
};
const remedies = {
  not_started: {
    zh: '请开始电子化核验，由本人打开链接完成。',
    en: 'Start the verification; the person follows the link.',
  },
  waiting: {
    zh: '请由本人打开链接完成核验，结果返回后即可提交。',
    en: 'The person follows the link; the filing can be submitted once the result is here.',
  },
  link_expired: again,
  failed: again,
  expired: again,
  changed: again,
} as const;

/** What the customer prepares where a reviewer decides about somebody. */
export const fallbackTexts = {
  sheet: {
    zh: `${verificationWays.sheet.zh}：下载核验单，签字盖章后上传；审核员据此核验。`,
    en: 'Download the verification sheet, sign and seal it, and upload it; the reviewer decides by it.',
  },
  in_person: {
    zh: `${verificationWays.in_person.zh}：与客服约定时间，由本人携带证件原件到核验点；审核员据此核验。`,
    en: 'Make an appointment with support; the person comes to the verification point with the original certificate, and the reviewer decides by it.',
  },
} as const;

import type { AuthorityCore, SmsAnswer } from './authority-core.ts';
import { certificateKey } from './normal-form.ts';
import type { SubmissionCase } from './sim-state.ts';

/**
 * What the ministry's page for SMS verification answers (`validStatus`, docs/sources.md `FILING-DESK`), with words of our own. 0 try
 * again, 3 all have confirmed, 31 this person has and others have not, 21 over, 102 asked for too often: it goes back.
 */
export const portalTexts = {
  0: { zh: '核验失败，请检查填写内容后重试', en: 'Verification failed; check what you entered and try again' },
  2: { zh: '手机号与证件号码后六位不符', en: 'The mobile number and the last six characters do not belong together' },
  3: { zh: '全部负责人已核验，已提交管局审核', en: 'All have confirmed; the filing is with the authority now' },
  4: { zh: '验证码不存在或已核验', en: 'There is no such code, or it was used already' },
  20: { zh: '您已完成核验，无需重复操作', en: 'You have confirmed already' },
  21: { zh: '核验失败，请联系接入服务商', en: 'Verification failed; ask your provider' },
  31: { zh: '您已核验成功，其他负责人尚未核验', en: 'You have confirmed; others have not yet' },
  100: { zh: '没有待核验的信息', en: 'Nothing waits for this number' },
  101: { zh: '短信已重新发送', en: 'The SMS was sent again' },
  102: { zh: '重发次数已达上限，订单将退回', en: 'It was sent too often; the filing goes back to the provider' },
} as const;
export type PortalStatus = keyof typeof portalTexts;

/** One try on the page: the code counts, then the last six characters of the certificate. */
export function verifyOnPortal(core: AuthorityCore, mobile: string, code: string, lastSix: string): PortalStatus {
  core.tick();
  if (!/^1\d{10}$/.test(mobile) || !/^\d{6}$/.test(code) || lastSix.trim() === '') return 0;
  const all = casesOf(core, mobile);
  const waiting = all.filter((found) => found.status === 'sms_waiting' && !found.confirmed.has(mobile));
  if (waiting.length === 0) {
    if (all.some((found) => found.confirmed.has(mobile))) return 20;
    return all.some(({ status }) => status === 'sms_failed') ? 21 : 100;
  }
  const isKnown = waiting.some((found) => challengeFor(found, mobile)?.code === code);
  const isUsed = all.some((found) => found.confirmed.has(mobile) && challengeFor(found, mobile)?.code === code);
  if (!isKnown && isUsed) return 20;
  const answer = core.confirmSms(mobile, code, lastSix);
  return answer.outcome === 'wrong' && !isKnown ? 4 : portalStatusOf(answer);
}

/** The code for what came of a try, or of asking for the SMS again. */
export function portalStatusOf(answer: SmsAnswer | { readonly outcome: `resend_${Resent}` }): PortalStatus {
  if (answer.outcome === 'confirmed') return answer.othersWaiting === 0 ? 3 : 31;
  const others = { wrong: 2, too_many_attempts: 21, nothing_waiting: 100, ...pageResends } as const;
  return others[answer.outcome];
}

type Resent = ReturnType<AuthorityCore['resendSms']>;
const pageResends = { resend_sent: 101, resend_limit: 102, resend_wrong: 2, resend_nothing_waiting: 100 } as const;

const resendStatus = { sent: 101, limit: 102, wrong: 2 } as const;

/** Asks for the SMS once more. */
export function resendOnPortal(core: AuthorityCore, mobile: string, lastSix: string): PortalStatus {
  const answer = core.resendSms(mobile, lastSix);
  if (answer !== 'nothing_waiting') return resendStatus[answer];
  return casesOf(core, mobile).some((found) => found.confirmed.has(mobile)) ? 20 : 100;
}

/** How far each person of a filing is, in the order in which the SMS went out. */
export function peopleOfSms({ challenges, confirmed, resent, wrongTries, submission }: SubmissionCase) {
  const isSubject = (lastSix: readonly string[]) =>
    lastSix.includes(certificateKey(submission.subject.principal.certificateNumber).slice(-6));
  return challenges.map(({ mobile, lastSix }) => ({
    person: isSubject(lastSix) ? 'subject_principal' : 'service_principal',
    confirmed: confirmed.has(mobile),
    wrongTries: wrongTries.get(mobile) ?? 0,
    resent: resent.get(mobile) ?? 0,
  }));
}

const challengeFor = ({ challenges }: SubmissionCase, mobile: string) =>
  challenges.find((challenge) => challenge.mobile === mobile);

const casesOf = ({ state }: AuthorityCore, mobile: string): readonly SubmissionCase[] =>
  [...state.cases.values()].filter((found) => challengeFor(found, mobile) !== undefined);

import { smsTexts } from './course-texts.ts';

/** Whose phone confirms. */
export type SmsPerson = keyof typeof smsTexts;
/** Object.keys forgets which keys there are, and that there is one. */
export const smsPeople = Object.keys(smsTexts) as [SmsPerson, ...SmsPerson[]];

/** How far one person is with the SMS; each gives way to those behind it, in whatever order messages come. */
export const smsStates = {
  sent: { zh: '已发送，待核验', en: 'Sent, not confirmed yet' },
  expired: { zh: '未核验，已失效', en: 'Not confirmed; void' },
  failed: { zh: '核验失败', en: 'Failed' },
  confirmed: { zh: '已核验', en: 'Confirmed' },
} as const;
export type SmsState = keyof typeof smsStates;
/** As `smsPeople`; in the order in which they give way. */
export const smsStateOrder = Object.keys(smsStates) as [SmsState, ...SmsState[]];

/**
 * What the portal's SMS page answers, by its code (docs/sources.md `TC-SMS`).
 */
export const smsCodeTexts = {
  '0': { zh: '核验未成功，请重新核验', en: 'Not verified; try again' },
  '2': { zh: '验证码、手机号码或证件号码后六位不正确', en: 'Code, mobile or last six of the certificate are wrong' },
  '3': { zh: '全部人员已核验，已提交管局审核', en: 'Everybody has confirmed; the authority reviews it now' },
  '4': { zh: '验证码不存在或已核验', en: 'No such code, or confirmed already' },
  '20': { zh: '已经核验过', en: 'Confirmed already' },
  '21': { zh: '核验失败，请联系接入商', en: 'Failed; ask the provider' },
  '31': { zh: '本人已核验，还有其他人员未核验', en: 'This person has confirmed, others have not' },
  '100': { zh: '没有待核验的短信', en: 'No SMS waits to be confirmed' },
  '101': { zh: '短信已重新发送', en: 'The SMS was sent again' },
  '102': {
    zh: '重发次数已达上限，订单将被退回，退回后可重新提交',
    en: 'No more SMS can be sent; the filing will be returned and can be submitted again',
  },
} as const;

/** The text of a code; null where it is not one that is known. */
export const smsCodeText = (code: string | null): { readonly zh: string; readonly en: string } | null =>
  code !== null && code in smsCodeTexts ? smsCodeTexts[code as keyof typeof smsCodeTexts] : null;

import { addMonths, addWorkingDays, type Day, type WorkingCalendar } from '../calendar/index.ts';
import type { MaterialKey } from '../filing/index.ts';
import type { Finding } from '../forms/index.ts';
import type { MaterialRules } from './material-rules.ts';

/** Papers that are signed by hand on a day, which they bear. */
const signedKeys: readonly MaterialKey[] = [
  'agency_letter',
  'principal_letter',
  'pledge',
  'verification',
  'construction_plan',
];
export const isSignedPaper = (key: MaterialKey): boolean => signedKeys.includes(key);

/** What says for how long a signed paper is good. */
export interface SigningTerms {
  readonly rules: MaterialRules;
  /** Six digits. */
  readonly provinceCode: string;
  readonly calendar: WorkingCalendar;
  /** A day in Asia/Shanghai. */
  readonly at: Day;
}

/** The last day on which a paper of that day may be handed in: as the province counts it (Guangdong: working days), else in months. */
export function goodUntilOf(signedOn: Day, { rules: { letters }, provinceCode, calendar }: SigningTerms): Day {
  const workingDays = letters.workingDaysGood[provinceCode];
  return workingDays === undefined
    ? addMonths(signedOn, letters.monthsGood)
    : addWorkingDays(signedOn, workingDays, calendar).day;
}

/** For how long, counted from its day. */
function goodForText({ rules: { letters }, provinceCode }: SigningTerms): { readonly zh: string; readonly en: string } {
  const workingDays = letters.workingDaysGood[provinceCode];
  return workingDays === undefined
    ? { zh: `${letters.monthsGood} 个月`, en: `${letters.monthsGood} months` }
    : { zh: `${workingDays} 个工作日`, en: `${workingDays} working days` };
}

/** The rule that found a signed paper of which nobody said the day. */
export const undatedRule = 'material.undated';

/** What is wrong with the day that a paper bears; `signedOn` null: nobody said it. Null: nothing is wrong. */
export function findSignedOn(signedOn: Day | null, field: string, terms: SigningTerms): Finding | null {
  const { source, asOf } = terms.rules.letters;
  const of = (rule: string, message: Finding['message'], remedy: Finding['remedy']): Finding => ({
    field,
    rule,
    message,
    remedy,
    source,
    ...(asOf !== null && { asOf }),
    from: 'pre_check',
  });
  if (signedOn === null) {
    const { zh, en } = goodForText(terms);
    return of(
      undatedRule,
      {
        zh: `没有填写落款日期；材料自落款之日起${zh}内有效。`,
        en: `The day of signing is missing; the paper is good for ${en}.`,
      },
      {
        zh: '请填写材料上的落款日期，再上传图片。',
        en: 'Enter the day that the paper bears, then upload its picture.',
      },
    );
  }
  if (signedOn > terms.at) {
    return of(
      'material.signed_in_future',
      { zh: `落款日期 ${signedOn} 晚于今天。`, en: `The paper is dated ${signedOn}, which is later than today.` },
      {
        zh: '请按实际签署日期重新签署，或更正填写的日期。',
        en: 'Sign it with the day of signing, or correct the date entered.',
      },
    );
  }
  const goodUntil = goodUntilOf(signedOn, terms);
  if (goodUntil >= terms.at) return null;
  return of(
    'material.signed_too_long_ago',
    {
      zh: `落款日期 ${signedOn}，已于 ${goodUntil} 过期。`,
      en: `The paper is dated ${signedOn} and was good until ${goodUntil}.`,
    },
    { zh: '请重新签署后上传。', en: 'Sign a new one and upload it.' },
  );
}

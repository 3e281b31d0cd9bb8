import { certificateNumberProblem } from '../certificate-numbers.ts';
import type { Text } from '../engine/definition.ts';
import { subjectCertificates } from '../fields/certificates.ts';
import { creditCodeProblem, residentIdProblem } from '../identifiers.ts';
import { breach, type FormRule } from './check-context.ts';

const idMessages: Record<NonNullable<ReturnType<typeof residentIdProblem>>, Text> = {
  fifteen_digits: { zh: '15 位的旧身份证号不再受理', en: '15-digit ID numbers are no longer accepted' },
  form: { zh: '身份证号应为 18 位，末位可为 X', en: 'An ID number has 18 digits; the last may be X' },
  region: { zh: '身份证号前两位不是有效的地区代码', en: 'The first two digits are not a valid region code' },
  birth_date: {
    zh: '身份证号中的出生日期不存在或晚于今天',
    en: 'The date of birth in the number does not exist or is in the future',
  },
  check_digit: {
    zh: '身份证号校验位不符，可能输错了数字',
    en: 'The check digit is wrong; a digit may be mistyped',
  },
};
const creditMessages: Record<NonNullable<ReturnType<typeof creditCodeProblem>>, Text> = {
  form: {
    zh: '统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）',
    en: 'A unified social credit code has 18 digits or capital letters, without I, O, S, V and Z',
  },
  check_character: {
    zh: '统一社会信用代码校验位不符，可能输错',
    en: 'The check character is wrong; the code may be mistyped',
  },
  organisation_check: {
    zh: '其中的组织机构代码校验位不符，可能输错',
    en: 'The check character of the organisation code is wrong; it may be mistyped',
  },
};
const copyFromCertificate: Text = {
  zh: '请对照证件原件核对后重新填写。',
  en: 'Check it against the certificate and enter it again.',
};

/** Travel documents by their number in the authority's table of certificates. */
const permitNumbers = { passport: 7, taiwan_permit: 11, hk_macau_permit: 14 } as const;

/** Names, certificates and addresses of people and organisations. */
export const identityRules = {
  'name.not_blank': (value) =>
    /[\p{L}]/u.test(value)
      ? null
      : breach(
          'name.not_blank',
          'TC-SUBJECT',
          { zh: '名称不能只有符号或数字', en: 'A name cannot consist of symbols or digits only' },
          { zh: '按证件上的写法填写。', en: 'Enter it as on the certificate.' },
        ),

  'certificate.fits_subject': (value, _field, _values, context) =>
    (subjectCertificates[context.subjectKind] as readonly string[]).includes(value)
      ? null
      : breach(
          'certificate.fits_subject',
          'TC-MATERIALS',
          { zh: '证件类型与主办单位性质不符', en: 'This certificate type does not match the organiser type' },
          {
            zh: '请放弃备案，选择对应的证件类型重新发起。',
            en: 'Discard this filing and start again with a matching certificate type.',
          },
        ),

  'certificate.number': (value, field, values, context) => {
    const type = values[field.path.replace(/Number$/, 'Type')];
    if (type === 'resident_id') {
      const problem = residentIdProblem(value, context.at);
      return problem && breach(`id_number.${problem}`, 'GB11643', idMessages[problem], copyFromCertificate);
    }
    if (type === 'passport' || type === 'hk_macau_permit' || type === 'taiwan_permit') {
      return certificateNumberProblem(permitNumbers[type], value, context.at) === null
        ? null
        : breach(
            'certificate.form',
            'STD-4',
            { zh: '证件号码的形式与证件类型不符', en: 'The number does not match the certificate type' },
            copyFromCertificate,
          );
    }
    if (type === undefined || type === '') return null;
    const problem = creditCodeProblem(value);
    return problem && breach(`credit_code.${problem}`, 'GB32100', creditMessages[problem], copyFromCertificate);
  },

  'address.complete': (value) =>
    [...value].length >= 8 && /\d|号|室|栋|楼|村|组/.test(value)
      ? null
      : breach(
          'address.complete',
          'TC-SUBJECT',
          { zh: '地址不完整，看不出门牌', en: 'The address is incomplete: the house number is missing' },
          {
            zh: '请填写至门牌号；如无门牌号，请补充楼、室或村组。',
            en: 'Include street and house number; if there is none, add the building, room or village group.',
          },
        ),
} satisfies Record<string, FormRule>;

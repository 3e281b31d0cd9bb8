import { certificateRow, naturesOf, rowOf } from '../../code-tables/index.ts';
import { publicBodyNatures } from '../../province/index.ts';
import { type CertificateNumberProblem, certificateNumberProblem, numberKindOf } from '../certificate-numbers.ts';
import type { Text } from '../engine/definition.ts';
import type { CreditCodeProblem, ResidentIdProblem } from '../identifiers.ts';
import { breach, type FormRule } from './check-context.ts';
import { natureIn } from './nature-in.ts';

const idMessages: Record<ResidentIdProblem, Text> = {
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
const creditMessages: Record<CreditCodeProblem, Text> = {
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

/** The rule, its source and what to say, by the certificate's number in the authority's table. */
function numberBreach(certificate: number, number: string, problem: CertificateNumberProblem) {
  const kind = numberKindOf(certificate, number);
  if (kind === 'resident_identity') {
    const of = problem in idMessages ? (problem as ResidentIdProblem) : 'region'; // those of other regions say so
    return breach(`id_number.${of}`, 'GB11643', idMessages[of], copyFromCertificate);
  }
  if (kind === 'credit_code' && problem in creditMessages) {
    const of = problem as CreditCodeProblem; // it is one of them, as the line above asked
    return breach(`credit_code.${of}`, 'GB32100', creditMessages[of], copyFromCertificate);
  }
  if (problem === 'organisation_code_form' || problem === 'organisation_check') {
    return breach(
      `organisation_code.${problem === 'organisation_check' ? 'check' : 'form'}`,
      'STD-4',
      organisationCode,
      copyFromCertificate,
    );
  }
  return breach(
    'certificate.form',
    'STD-4',
    { zh: '证件号码的形式与证件类型不符', en: 'The number does not match the certificate type' },
    copyFromCertificate,
  );
}

const organisationCode: Text = {
  zh: '组织机构代码应为 8 位数字或大写字母加 1 位校验码，且校验码相符',
  en: 'An organisation code has 8 digits or capital letters and the check character that belongs to them',
};

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

  'name.full': (value, _field, _values, context) =>
    value.toLowerCase().includes(context.domainName.toLowerCase()) && context.domainName !== ''
      ? breach(
          'name.full',
          'NORM-2009',
          { zh: '名称不能用域名代替', en: 'A domain is not the organiser’s name' },
          { zh: '按证件上的全称填写。', en: 'Enter the full name on the certificate.' },
        )
      : null,

  'name.person': (value) =>
    /\d|(先生|女士|小姐|经理|老师)$/.test(value)
      ? breach(
          'name.person',
          'NORM-2009',
          { zh: '姓名不能带称谓或数字', en: 'A name has no title and no digits' },
          { zh: '按证件上的姓名填写。', en: 'Enter the name on the certificate.' },
        )
      : null,

  'superior.fits_nature': (value, _field, values, context) =>
    publicBodyNatures.includes(natureIn(values, context)) && looksLikePerson(value)
      ? breach(
          'superior.fits_nature',
          'NORM-2009',
          { zh: '机关、事业单位的上级主管单位不能是个人', en: 'The superior of a public body is not a person' },
          {
            zh: '填写上级主管单位全称；没有的不填。',
            en: 'Enter the superior body’s full name, or nothing if there is none.',
          },
        )
      : null,

  'nature.fits_subject': (value, _field, _values, context) =>
    naturesOf(context.tables, context.subjectKind, context.at).some(({ key }) => key === value)
      ? null
      : breach(
          'nature.fits_subject',
          'WX-FILING-LISTS',
          { zh: '单位性质与备案主体类型不符', en: 'The nature does not go with the organiser type' },
          {
            zh: '请放弃备案，选择对应的单位性质重新发起。',
            en: 'Discard this filing and start again with a matching nature.',
          },
        ),

  'certificate.fits_subject': (value, _field, values, context) => {
    const row = certificateRow(context.tables, natureIn(values, context), value, context.at);
    const nature = rowOf(context.tables.natures, natureIn(values, context), context.at);
    return row !== undefined && nature?.certificates.includes(row.id)
      ? null
      : breach(
          'certificate.fits_subject',
          'TC-MATERIALS',
          { zh: '证件类型与主办单位性质不符', en: 'This certificate type does not match the organiser type' },
          {
            zh: '请放弃备案，选择对应的证件类型重新发起。',
            en: 'Discard this filing and start again with a matching certificate type.',
          },
        );
  },

  'certificate.number': (value, field, values, context) => {
    const type = values[field.path.replace(/Number$/, 'Type')];
    if (type === undefined || type === '') return null;
    const nature = field.path === 'subject.certificateNumber' ? natureIn(values, context) : 'individual';
    const certificate = certificateRow(context.tables, nature, type, context.at);
    if (certificate === undefined) return null;
    const problem = certificateNumberProblem(certificate.id, value, context.at);
    return problem && numberBreach(certificate.id, value, problem);
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

/** Two to four characters without a word for a body: 张三, not 省教育厅. */
const looksLikePerson = (text: string): boolean =>
  /^\p{Script=Han}{2,4}$/u.test(text) && !/[省市县区乡镇厅局委办部院校所会社团馆站处]$/.test(text);

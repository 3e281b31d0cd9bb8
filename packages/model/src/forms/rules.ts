import { subjectCertificates } from './certificates.ts';
import type { CheckContext, FieldDefinition, FormValues, Text } from './definition.ts';
import { creditCodeProblem, isEmail, isFixedLine, isMobile, residentIdProblem } from './identifiers.ts';

interface RuleBreach {
  /** The finding's rule id; more exact than the rule's own where it can be. */
  readonly rule: string;
  readonly message: Text;
  readonly remedy: Text;
  readonly source: string;
}

/** A rule looks at one non-empty value in its form; null: it passes. */
export type Rule = (
  value: string,
  field: FieldDefinition,
  values: FormValues,
  context: CheckContext,
) => RuleBreach | null;

const breach = (rule: string, source: string, message: Text, remedy: Text): RuleBreach => ({
  rule,
  source,
  message,
  remedy,
});

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

export const rules: Record<string, Rule> = {
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
          { zh: '证件类型与主办者性质不符', en: 'This certificate type does not match the organiser type' },
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
      const form =
        type === 'hk_macau_permit'
          ? /^[HM]\d{8}(\d{2})?$/
          : type === 'taiwan_permit'
            ? /^\d{8}$|^\d{10}[A-Z]?$/
            : /^[A-Z0-9]{5,18}$/;
      return form.test(value.toUpperCase())
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

  'mobile.form': (value) =>
    isMobile(value)
      ? null
      : breach(
          'mobile.form',
          'STD-4',
          { zh: '手机号码应为 11 位，以 13–19 开头', en: 'A mobile number has 11 digits and starts with 13 to 19' },
          { zh: '填写本人在用的大陆手机号。', en: 'Enter a mainland mobile number that you use.' },
        ),

  'phone.form': (value) =>
    isMobile(value) || isFixedLine(value)
      ? null
      : breach(
          'phone.form',
          'STD-4',
          {
            zh: '电话应为手机号，或“区号-号码”形式的固定电话',
            en: 'Enter a mobile number, or a landline as area code-number',
          },
          { zh: '例如 010-88888888。', en: 'For example 010-88888888.' },
        ),

  'emergency.differs': (value, field, values) =>
    value === values[field.path.replace(/emergencyMobile$/, 'mobile')]
      ? breach(
          'emergency.differs',
          'QC-GENERAL',
          { zh: '应急电话与手机号码相同', en: 'The emergency number is the same as the mobile number' },
          { zh: '请填写其他可联系的号码。', en: 'Enter another number at which someone can be reached.' },
        )
      : null,

  'email.form': (value) =>
    isEmail(value)
      ? null
      : breach(
          'email.form',
          'ISP-V3',
          { zh: '邮箱格式不正确', en: 'Invalid email address' },
          { zh: '例如 name@example.cn，长度 6–128。', en: 'For example name@example.cn, 6 to 128 characters.' },
        ),

  'url.of_domain_name': (value, _field, _values, context) => {
    const host = /^(?:https?:\/\/)?([^/:?#\s]+)(?::\d+)?(?:[/?#]\S*)?$/i.exec(value)?.[1]?.toLowerCase();
    const fits = host === context.domainName || host?.endsWith(`.${context.domainName}`);
    return fits
      ? null
      : breach(
          'url.of_domain_name',
          'ISP-V3',
          { zh: '首页网址不属于备案域名', en: 'The home page is not on the domain of this filing' },
          {
            zh: `应为 ${context.domainName} 或其下的网址。`,
            en: `It must be ${context.domainName} or one of its subdomains.`,
          },
        );
  },

  'service_name.form': (value, _field, _values, context) => {
    const han = value.match(/\p{Script=Han}/gu)?.length ?? 0;
    const problem: Text | null =
      value.toLowerCase() === context.domainName
        ? { zh: '网站名称不能就是域名', en: 'The site name cannot be the domain' }
        : /[^\p{L}\p{N}（）()·—\-\s]/u.test(value)
          ? { zh: '网站名称含有特殊符号', en: 'The site name has special characters' }
          : han < 3
            ? { zh: '网站名称少于三个汉字', en: 'The site name has fewer than three Chinese characters' }
            : null;
    return (
      problem &&
      breach('service_name.form', 'ALI19-SITE-NAMES', problem, {
        zh: '请使用三个以上汉字、能说明网站内容的名称。',
        en: 'Use a name of three or more Chinese characters that describes the site.',
      })
    );
  },

  'service_name.words': (value, _field, _values, context) => {
    if (context.limits === null) return null;
    const { stateOnly, notForIndividuals } = context.limits.serviceNames;
    const isState = context.subjectKind === 'government';
    const state = isState ? undefined : stateOnly.words.find((word) => value.startsWith(word));
    const isPerson = context.subjectKind === 'individual';
    const personal = isPerson ? notForIndividuals.words.find((word) => value.includes(word)) : undefined;
    const word = state ?? personal;
    if (word === undefined) return null;
    return breach(
      'service_name.words',
      state === undefined ? notForIndividuals.source : stateOnly.source,
      { zh: `网站名称不能使用“${word}”`, en: `The site name cannot contain “${word}”` },
      state
        ? {
            zh: '国字号名称须有国家级批准；请改名。',
            en: 'Names with state-level words need state approval; choose another name.',
          }
        : {
            zh: '个人网站请改用不带单位、行业字样的名称。',
            en: 'For an individual, choose a name without words for organisations or industries.',
          },
    );
  },

  'pre_approval.unit_only': (value, _field, _values, context) =>
    value !== 'none' && context.subjectKind === 'individual'
      ? breach(
          'pre_approval.unit_only',
          'TC-PREAPPROVAL',
          { zh: '个人不能开办须前置审批的网站', en: 'An individual cannot run a site that needs pre-approval' },
          {
            zh: '改选“以上都不涉及”，或由取得批准的单位来备案。',
            en: 'Choose “None of these”, or have the approved organisation file it.',
          },
        )
      : null,

  'remark.for_other': () => null,
};

/** Rules that look at an empty optional field too. */
export const rulesOfEmpty: Record<string, Rule> = {
  'remark.for_other': (_value, _field, values) =>
    values['service.content'] === 'other'
      ? breach(
          'remark.for_other',
          'TC-SITE',
          {
            zh: '服务内容为“其他”时须在备注中说明用途',
            en: 'If the content type is “Other”, the remark must describe the site',
          },
          { zh: '用一两句话写明网站内容。', en: 'Describe the site in one or two sentences.' },
        )
      : null,
};

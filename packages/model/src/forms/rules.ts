import { subjectCertificates } from './certificates.ts';
import type { CheckContext, FieldDefinition, FormValues, Text } from './definition.ts';
import {
  ageInYears,
  birthDay,
  creditCodeProblem,
  isEmail,
  isFixedLine,
  isMobile,
  residentIdProblem,
} from './identifiers.ts';

interface RuleBreach {
  /** The finding's rule id; more exact than the rule's own where it can be. */
  readonly rule: string;
  readonly message: Text;
  readonly remedy: Text;
  readonly source: string;
}

/** A rule looks at one non-empty value in its form; null: it stands. */
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
  fifteen_digits: { zh: '15 位的旧身份证号不再受理', en: 'Identity numbers of 15 digits are no longer taken' },
  form: { zh: '身份证号应为 18 位，末位可为 X', en: 'An identity number has 18 characters, the last may be X' },
  region: { zh: '身份证号前两位不是有效的地区代码', en: 'The first two digits are no region' },
  birth_date: { zh: '身份证号中的出生日期不存在或晚于今天', en: 'The birth date inside does not exist or lies ahead' },
  check_digit: {
    zh: '身份证号校验位不符，可能输错了数字',
    en: 'The check digit does not fit: a digit is probably mistyped',
  },
};
const creditMessages: Record<NonNullable<ReturnType<typeof creditCodeProblem>>, Text> = {
  form: {
    zh: '统一社会信用代码应为 18 位数字或大写字母（不含 I、O、S、V、Z）',
    en: 'A unified social credit code has 18 digits or capitals, never I, O, S, V or Z',
  },
  check_character: {
    zh: '统一社会信用代码校验位不符，可能输错',
    en: 'The check character does not fit: probably mistyped',
  },
  organisation_check: {
    zh: '其中的组织机构代码校验位不符，可能输错',
    en: 'The organisation code inside does not fit its check character',
  },
};
const copyFromCertificate: Text = {
  zh: '请对照证件原件逐位核对后重填。',
  en: 'Compare with the certificate character by character and type it again.',
};

export const rules: Record<string, Rule> = {
  'name.not_blank': (value) =>
    /[\p{L}]/u.test(value)
      ? null
      : breach(
          'name.not_blank',
          'TC-SUBJECT',
          { zh: '名称不能只有符号或数字', en: 'A name cannot be signs or digits alone' },
          { zh: '按证件上的写法填写。', en: 'Write it as on the certificate.' },
        ),

  'certificate.fits_subject': (value, _field, _values, context) =>
    (subjectCertificates[context.subjectKind] as readonly string[]).includes(value)
      ? null
      : breach(
          'certificate.fits_subject',
          'TC-MATERIALS',
          { zh: '证件类型与主办者性质不符', en: 'This certificate does not go with this kind of organiser' },
          {
            zh: '请放弃本单，选择对应的证件类型重新发起。',
            en: 'Give this filing up and start again with a fitting certificate.',
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
            { zh: '证件号码的形式与证件类型不符', en: 'The number does not look like one of this certificate' },
            copyFromCertificate,
          );
    }
    if (type === undefined || type === '') return null;
    const problem = creditCodeProblem(value);
    return problem && breach(`credit_code.${problem}`, 'GB32100', creditMessages[problem], copyFromCertificate);
  },

  'person.age': (value, field, values, context) => {
    if (values[field.path.replace(/Number$/, 'Type')] !== 'resident_id') return null;
    const birth = birthDay(value.toUpperCase());
    if (birth === null || residentIdProblem(value, context.at) !== null) return null;
    if (context.limits === null) return null;
    const { years, source } = context.limits.youngestPrincipal;
    return ageInYears(birth, context.at) >= years
      ? null
      : breach(
          'person.age',
          source,
          { zh: `负责人未满 ${years} 周岁`, en: `The principal is under ${years}` },
          {
            zh: '请换一位成年的负责人；个别省份另有规定，请咨询客服。',
            en: 'Name a principal of age; some provinces differ, ask support.',
          },
        );
  },

  'address.complete': (value) =>
    [...value].length >= 8 && /\d|号|室|栋|楼|村|组/.test(value)
      ? null
      : breach(
          'address.complete',
          'TC-SUBJECT',
          { zh: '地址不完整，看不出门牌', en: 'The address is incomplete: no door number' },
          {
            zh: '写到街道门牌号；若已是最详细，请补充楼、室或村组。',
            en: 'Write it down to street and number; if there is none, add building, room or village group.',
          },
        ),

  'mobile.form': (value) =>
    isMobile(value)
      ? null
      : breach(
          'mobile.form',
          'STD-4',
          { zh: '手机号码应为 11 位，以 13–19 开头', en: 'A mobile number has 11 digits and begins with 13 to 19' },
          { zh: '填写本人在用的大陆手机号。', en: 'Give a mainland mobile number in use.' },
        ),

  'phone.form': (value) =>
    isMobile(value) || isFixedLine(value)
      ? null
      : breach(
          'phone.form',
          'STD-4',
          {
            zh: '电话应为手机号，或“区号-号码”形式的固定电话',
            en: 'Give a mobile, or a fixed line as area code-number',
          },
          { zh: '例如 010-88888888。', en: 'For example 010-88888888.' },
        ),

  'emergency.differs': (value, field, values) =>
    value === values[field.path.replace(/emergencyMobile$/, 'mobile')]
      ? breach(
          'emergency.differs',
          'QC-GENERAL',
          { zh: '应急电话与手机号码相同', en: 'The emergency number equals the mobile' },
          { zh: '换一个能联系到的其他号码。', en: 'Give another number where someone answers.' },
        )
      : null,

  'email.form': (value) =>
    isEmail(value)
      ? null
      : breach(
          'email.form',
          'ISP-V3',
          { zh: '邮箱格式不正确', en: 'This is no e-mail address' },
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
          { zh: '首页网址不属于所备案的域名', en: 'The home page is not on the name that is filed' },
          { zh: `应为 ${context.domainName} 或其下的网址。`, en: `It must be ${context.domainName} or below it.` },
        );
  },

  'service_name.form': (value, _field, _values, context) => {
    const han = value.match(/\p{Script=Han}/gu)?.length ?? 0;
    const problem: Text | null =
      value.toLowerCase() === context.domainName
        ? { zh: '网站名称不能就是域名', en: 'The name cannot be the domain name' }
        : /[^\p{L}\p{N}（）()·—\-\s]/u.test(value)
          ? { zh: '网站名称含有特殊符号', en: 'The name has special signs' }
          : han < 3
            ? { zh: '网站名称少于三个汉字', en: 'The name has fewer than three Chinese characters' }
            : null;
    return (
      problem &&
      breach('service_name.form', 'ALI19-SITE-NAMES', problem, {
        zh: '改用三个以上汉字、能说明内容的名称。',
        en: 'Choose one of three or more Chinese characters that says what the site is.',
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
      { zh: `网站名称不能使用“${word}”`, en: `The name may not use “${word}”` },
      state
        ? {
            zh: '国字号名称须有国家级批准；请改名。',
            en: 'State-level words need state approval; choose another name.',
          }
        : {
            zh: '个人网站请改用不带单位、行业字样的名称。',
            en: 'For an individual choose a name without words of units or trades.',
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
            en: 'Choose “none of these”, or let the approved unit file.',
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
            en: 'With content “other” the remark must say what the site is for',
          },
          { zh: '用一两句话写明网站内容。', en: 'Say in a sentence or two what the site offers.' },
        )
      : null,
};

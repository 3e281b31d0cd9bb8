import { certificateTypes, personCertificates, subjectCertificates } from './certificates.ts';
import type { FieldDefinition, FormContext, FormDefinition, FormSection, Text } from './definition.ts';

/**
 * The form of a filing, as data. Which fields are asked depends on the filing: an access filing may not alter what is
 * on record (it still states it, for the authority compares), a subject that is filed here is not asked again.
 */
export function formFor(context: FormContext): FormDefinition {
  const sections: FormSection[] = [];
  if (context.kind !== 'add_site_here') sections.push(subjectSection(context), subjectPrincipalSection(context));
  sections.push(serviceSection(context));
  // An individual is the principal of both; asking twice would only let the two differ.
  if (context.subjectKind !== 'individual') sections.push(servicePrincipalSection());
  return { sections };
}

type FieldInit = Partial<FieldDefinition> & Pick<FieldDefinition, 'path' | 'label'>;

const field = (init: FieldInit): FieldDefinition => ({
  help: null,
  input: 'text',
  options: [],
  required: true,
  personal: null,
  maxLength: 255,
  rules: [],
  ...init,
});

const options = (types: readonly (keyof typeof certificateTypes)[]) =>
  types.map((value) => ({ value, label: certificateTypes[value] }));

function subjectSection(context: FormContext): FormSection {
  const person = context.subjectKind === 'individual';
  return {
    id: 'subject',
    title: { zh: '主体信息', en: 'Organiser' },
    fields: [
      field({
        path: 'subject.name',
        label: person ? { zh: '姓名', en: 'Full name' } : { zh: '主办单位名称', en: 'Organiser name' },
        help: { zh: '须与证件完全一致，包括括号。', en: 'Exactly as on the certificate, including brackets.' },
        personal: person ? 'name' : null,
        rules: ['name.not_blank'],
      }),
      field({
        path: 'subject.certificateType',
        label: { zh: '证件类型', en: 'Certificate' },
        input: 'fixed',
        options: options(subjectCertificates[context.subjectKind]),
        rules: ['certificate.fits_subject'],
      }),
      field({
        path: 'subject.certificateNumber',
        label: { zh: '证件号码', en: 'Certificate number' },
        help: {
          zh: '发起备案时填写，如有误请放弃备案后重新发起。',
          en: 'Entered when the filing was created. If it is wrong, discard this filing and start again.',
        },
        input: 'fixed',
        personal: person ? 'id' : null,
        rules: ['certificate.number'],
      }),
      field({
        path: 'subject.certificateAddress',
        label: person
          ? { zh: '证件地址', en: 'Address on the ID document' }
          : { zh: '证件住所', en: 'Address on the certificate' },
        personal: person ? 'address' : null,
        maxLength: 1024,
        rules: ['address.complete'],
      }),
      field({
        path: 'subject.contactAddress',
        label: { zh: '通信地址', en: 'Contact address' },
        help: { zh: '请填写至门牌号。', en: 'Include street and house number.' },
        personal: person ? 'address' : null,
        maxLength: 1024,
        rules: ['address.complete'],
      }),
    ],
  };
}

const principalFields = (owner: 'subject' | 'service', person: boolean): FieldDefinition[] => {
  const at = `${owner}.principal`;
  const identity: FieldDefinition[] = [
    field({
      path: `${at}.name`,
      label: { zh: '负责人姓名', en: 'Full name' },
      personal: 'name',
      rules: ['name.not_blank'],
    }),
    field({
      path: `${at}.certificateType`,
      label: { zh: '证件类型', en: 'Certificate' },
      input: 'select',
      options: options(personCertificates),
    }),
    field({
      path: `${at}.certificateNumber`,
      label: { zh: '证件号码', en: 'Certificate number' },
      personal: 'id',
      rules: ['certificate.number'],
    }),
  ];
  return [
    // An individual organiser is the principal; only the ways to reach them are asked.
    ...(person ? [] : identity),
    field({
      path: `${at}.mobile`,
      label: { zh: '手机号码', en: 'Mobile number' },
      help: {
        zh: '接收工信部核验短信，请勿使用他人号码。',
        en: 'Receives the verification SMS from MIIT. Use your own number.',
      },
      input: 'mobile',
      personal: 'phone',
      maxLength: 11,
      rules: ['mobile.form'],
    }),
    field({
      path: `${at}.emergencyMobile`,
      label: { zh: '应急联系电话', en: 'Emergency contact number' },
      input: 'mobile',
      personal: 'phone',
      maxLength: 20,
      rules: ['phone.form', 'emergency.differs'],
    }),
    field({
      path: `${at}.email`,
      label: { zh: '电子邮箱', en: 'Email' },
      input: 'email',
      personal: 'email',
      maxLength: 128,
      rules: ['email.form'],
    }),
  ];
};

const subjectPrincipalSection = (context: FormContext): FormSection => ({
  id: 'subject.principal',
  title: { zh: '主体负责人', en: 'Person in charge (organiser)' },
  fields: principalFields('subject', context.subjectKind === 'individual'),
});

const servicePrincipalSection = (): FormSection => ({
  id: 'service.principal',
  title: { zh: '网站负责人', en: 'Person in charge (site)' },
  fields: principalFields('service', false),
});

const contents: readonly { value: string; label: Text; individual: boolean }[] = [
  { value: 'portal', label: { zh: '单位门户网站', en: 'Organisation website' }, individual: false },
  { value: 'general_portal', label: { zh: '综合门户', en: 'General portal' }, individual: false },
  { value: 'blog', label: { zh: '博客/个人空间', en: 'Blog or personal page' }, individual: true },
  { value: 'other', label: { zh: '其他', en: 'Other' }, individual: true },
];

const preApprovals: readonly { value: string; label: Text }[] = [
  { value: 'none', label: { zh: '以上都不涉及', en: 'None of these' } },
  { value: 'news', label: { zh: '新闻', en: 'News' } },
  { value: 'publishing', label: { zh: '出版', en: 'Publishing' } },
  { value: 'medicine', label: { zh: '药品和医疗器械', en: 'Medicines and medical devices' } },
  { value: 'culture', label: { zh: '文化', en: 'Culture' } },
  { value: 'broadcast', label: { zh: '广播电影电视节目', en: 'Broadcast, film and television' } },
  { value: 'ride_hailing', label: { zh: '网络预约车', en: 'Ride hailing' } },
  { value: 'finance', label: { zh: '互联网金融', en: 'Internet finance' } },
  { value: 'off_campus_training', label: { zh: '校外培训', en: 'Off-campus training' } },
];

const languages: readonly { value: string; label: Text }[] = [
  { value: 'zh_hans', label: { zh: '中文简体', en: 'Simplified Chinese' } },
  { value: 'zh_hant', label: { zh: '中文繁体', en: 'Traditional Chinese' } },
  { value: 'en', label: { zh: '英文', en: 'English' } },
  { value: 'ja', label: { zh: '日文', en: 'Japanese' } },
  { value: 'fr', label: { zh: '法文', en: 'French' } },
  { value: 'ru', label: { zh: '俄文', en: 'Russian' } },
];

const serviceSection = (context: FormContext): FormSection => ({
  id: 'service',
  title: { zh: '网站信息', en: 'Site' },
  fields: [...serviceNameFields(), ...serviceContentFields(context.subjectKind === 'individual')],
});

const serviceNameFields = (): FieldDefinition[] => [
  field({
    path: 'service.name',
    label: { zh: '网站名称', en: 'Site name' },
    help: {
      zh: '至少三个汉字，与内容相符；不能是域名、纯数字、纯字母。',
      en: 'At least three Chinese characters that describe the content. Not the domain, and not only digits or letters.',
    },
    maxLength: 64,
    rules: ['service_name.form', 'service_name.words'],
  }),
  field({
    path: 'service.homeUrl',
    label: { zh: '首页网址', en: 'Home page URL' },
    input: 'url',
    maxLength: 300,
    rules: ['url.of_domain_name'],
  }),
];

const serviceContentFields = (person: boolean): FieldDefinition[] => [
  field({
    path: 'service.content',
    label: { zh: '服务内容', en: 'Content type' },
    input: 'select',
    options: contents.filter((one) => !person || one.individual).map(({ value, label }) => ({ value, label })),
  }),
  field({
    path: 'service.languages',
    label: { zh: '网站语言', en: 'Languages' },
    input: 'multi_select',
    options: languages,
  }),
  field({
    path: 'service.preApproval',
    label: { zh: '前置或专项审批', en: 'Pre-approval' },
    help: {
      zh: '涉及其中一项的，须先取得主管部门批准文件。',
      en: 'If one applies, you need the approval of the competent authority first.',
    },
    input: 'select',
    options: preApprovals,
    rules: ['pre_approval.unit_only'],
  }),
  field({
    path: 'service.remark',
    label: { zh: '网站备注', en: 'Remark' },
    help: {
      zh: '服务内容选“其他”时必填，说明网站做什么。',
      en: 'Required if the content type is “Other”: describe the site.',
    },
    input: 'textarea',
    required: false,
    maxLength: 500,
    rules: ['remark.for_other'],
  }),
];

import { defineField } from '../engine/define-field.ts';
import type { FieldDefinition, FormContext, FormSection, Text } from '../engine/definition.ts';

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

/** The site: its name, address and content. */
export const serviceSection = (context: FormContext): FormSection => ({
  id: 'service',
  title: { zh: '网站信息', en: 'Site' },
  fields: [...serviceNameFields(), ...serviceContentFields(context.subjectKind === 'individual')],
});

const serviceNameFields = (): FieldDefinition[] => [
  defineField({
    path: 'service.name',
    label: { zh: '网站名称', en: 'Site name' },
    help: {
      zh: '至少三个汉字，与内容相符；不能是域名、纯数字、纯字母。',
      en: 'At least three Chinese characters that describe the content. Not the domain, and not only digits or letters.',
    },
    maxLength: 64,
    rules: ['service_name.form', 'service_name.words'],
  }),
  defineField({
    path: 'service.homeUrl',
    label: { zh: '首页网址', en: 'Home page URL' },
    input: 'url',
    maxLength: 300,
    rules: ['url.of_domain_name'],
  }),
];

const serviceContentFields = (person: boolean): FieldDefinition[] => [
  defineField({
    path: 'service.content',
    label: { zh: '服务内容', en: 'Content type' },
    input: 'select',
    options: contents.filter((one) => !person || one.individual).map(({ value, label }) => ({ value, label })),
  }),
  defineField({
    path: 'service.languages',
    label: { zh: '网站语言', en: 'Languages' },
    input: 'multi_select',
    options: languages,
  }),
  defineField({
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
  defineField({
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

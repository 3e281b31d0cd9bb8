import { defineField } from '../engine/define-field.ts';
import type { FieldDefinition, FormContext, FormSection } from '../engine/definition.ts';
import { appFields } from './app-fields.ts';
import { isForIndividuals } from './content-limits.ts';
import { optionsOf } from './options.ts';

/** The site or app: its name, address and content. */
export const serviceSection = (context: FormContext): FormSection => {
  const isApp = context.serviceKind === 'app';
  return {
    id: 'service',
    title: isApp ? { zh: 'APP 信息', en: 'App' } : { zh: '网站信息', en: 'Site' },
    fields: [
      ...(isApp ? [appName()] : siteNameFields()),
      contentField(context),
      ...commonFields(context),
      ...(isApp ? appFields(context) : []),
      remarkField(isApp),
    ],
  };
};

const siteNameFields = (): FieldDefinition[] => [
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

const appName = (): FieldDefinition =>
  defineField({
    path: 'service.name',
    label: { zh: 'APP 名称', en: 'App name' },
    help: {
      zh: '各平台使用同一名称的合并为一个备案；名称不同的另行备案。',
      en: 'One filing for one name on all platforms; another name is another filing.',
    },
    maxLength: 64,
    rules: ['service_name.form', 'service_name.words'],
  });

function contentField({ tables, serviceKind, subjectKind, at }: FormContext): FieldDefinition {
  const tree = serviceKind === 'website' ? 'website-contents' : 'app-contents';
  const all = optionsOf(tables[tree], at);
  const isPerson = subjectKind === 'individual';
  return defineField({
    path: 'service.content',
    label: { zh: '服务内容', en: 'Content type' },
    input: 'multi_select',
    options: isPerson ? all.filter(({ value }) => isForIndividuals(tables[tree], value)) : all,
    notOffered: isPerson ? notForIndividuals : null,
    most: tables[tree].most ?? null,
  });
}

const notForIndividuals = {
  rule: 'content.not_for_individuals',
  message: { zh: '个人不能选择该服务内容', en: 'An individual cannot choose this content type' },
  remedy: {
    zh: '请改选列出的服务内容；确需开展该业务的，由具备资质的单位备案。',
    en: 'Choose one that is listed, or have an organisation with the permit file it.',
  },
  source: 'WX-FILING-LISTS',
};

function commonFields({ tables, at }: FormContext): FieldDefinition[] {
  return [
    defineField({
      path: 'service.languages',
      label: { zh: '语言', en: 'Languages' },
      input: 'multi_select',
      options: optionsOf(tables.languages, at),
    }),
    defineField({
      path: 'service.preApproval',
      label: { zh: '前置或专项审批', en: 'Pre-approval' },
      help: {
        zh: '涉及的逐项填写，须先取得主管部门批准文件；均不涉及的选择“以上都不涉及”。',
        en: 'One row for each that applies, with the approval you already have; otherwise “None of these”.',
      },
      input: 'list',
      most: 10,
      item: preApprovalItem(tables, at),
      rules: ['pre_approvals.distinct'],
    }),
  ];
}

const preApprovalItem = (tables: FormContext['tables'], at: string): FieldDefinition[] => {
  const named = [{ path: 'type', noneOf: ['', 'none'] }];
  return [
    defineField({
      path: 'type',
      label: { zh: '审批类型', en: 'Kind of approval' },
      input: 'select',
      options: optionsOf(tables['pre-approvals'], at),
      rules: ['pre_approval.unit_only'],
    }),
    defineField({
      path: 'number',
      label: { zh: '批准文号', en: 'Approval number' },
      maxLength: 128,
      askedWhen: named,
    }),
    defineField({
      path: 'remark',
      label: { zh: '备注', en: 'Remark' },
      required: false,
      maxLength: 500,
      askedWhen: named,
    }),
  ];
};

const remarkField = (isApp: boolean): FieldDefinition =>
  defineField({
    path: 'service.remark',
    label: isApp ? { zh: 'APP 备注', en: 'Remark' } : { zh: '网站备注', en: 'Remark' },
    help: isApp
      ? { zh: '说明 APP 的用途和主要功能。', en: 'What the app is for and what it does.' }
      : {
          zh: '服务内容选“其他”时必填，说明网站做什么。',
          en: 'Required if the content type is “Other”: describe the site.',
        },
    input: 'textarea',
    required: false,
    maxLength: 500,
    rules: ['remark.for_other'],
  });

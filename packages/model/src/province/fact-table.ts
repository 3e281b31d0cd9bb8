import { booleanFacts } from './boolean-facts.ts';
import type { Place } from './place.ts';

interface Named {
  readonly zh: string;
  readonly en: string;
  readonly at: Place;
}

/** Counts and spans. `unit` follows the number; `bounds` are the Chinese words before it, where they are not the usual ones. */
export const numberFacts = {
  'person.age': {
    zh: '负责人',
    en: 'age of the person in charge',
    unit: { zh: '周岁', en: 'years' },
    bounds: { atLeast: '年满', below: '未满' },
    at: 'identity:certificateNumber',
  },
  'person.certificateDaysLeft': {
    zh: '负责人证件剩余有效期',
    en: 'remaining validity of the person’s certificate',
    unit: { zh: '天', en: 'days' },
    at: 'identity:certificateValidTo',
  },
  'subject.certificateDaysLeft': {
    zh: '主体证件剩余有效期',
    en: 'remaining validity of the organiser’s certificate',
    unit: { zh: '天', en: 'days' },
    at: 'subject.certificateValidTo',
  },
  /** Of the mobile and emergency numbers of both people in charge. */
  'phones.distinct': {
    zh: '两位负责人的手机和应急电话中不同号码的数量',
    en: 'different numbers among the mobile and emergency numbers of both people in charge',
    unit: { zh: '个', en: '' },
    at: 'service.principal.emergencyMobile',
  },
  'service.nameHan': {
    zh: '网站名称的汉字数',
    en: 'Chinese characters in the site name',
    unit: { zh: '个', en: '' },
    at: 'service.name',
  },
  'service.remarkLength': {
    zh: '网站备注字数',
    en: 'length of the remark',
    unit: { zh: '字', en: 'characters' },
    at: 'service.remark',
  },
  'domain.daysLeft': {
    zh: '域名剩余有效期',
    en: 'remaining validity of the domain',
    unit: { zh: '天', en: 'days' },
    at: 'service.homeUrl',
  },
  /** Since it was registered, or given to its present holder where the registry says. */
  'domain.daysRegistered': {
    zh: '域名注册后天数',
    en: 'days since the domain was registered',
    unit: { zh: '天', en: 'days' },
    at: 'service.homeUrl',
  },
  'order.services': {
    zh: '本次备案的网站数',
    en: 'services in this filing',
    unit: { zh: '个', en: '' },
    at: 'service.homeUrl',
  },
  'service.domains': {
    zh: '该网站的域名数',
    en: 'domains of the site',
    unit: { zh: '个', en: '' },
    at: 'service.homeUrl',
  },
  /** Those on record and the one of this filing; so are the next two. */
  'subject.services': {
    zh: '主体的网站总数（含本次）',
    en: 'services of the organiser, this one included',
    unit: { zh: '个', en: '' },
    at: 'service.homeUrl',
  },
  'subject.domains': {
    zh: '主体的域名总数（含本次）',
    en: 'domains of the organiser, this one included',
    unit: { zh: '个', en: '' },
    at: 'service.homeUrl',
  },
  /** Different labels before the suffix: example.cn and example.com.cn have one. */
  'subject.prefixes': {
    zh: '主体的域名前缀总数（含本次）',
    en: 'different domain prefixes of the organiser, this one included',
    unit: { zh: '个', en: '' },
    at: 'service.homeUrl',
  },
  'service.resources': {
    zh: '该网站使用的云资源数',
    en: 'cloud resources of the site',
    unit: { zh: '个', en: '' },
    at: 'service.homeUrl',
  },
} as const satisfies Record<
  string,
  Named & {
    readonly unit: { readonly zh: string; readonly en: string };
    readonly bounds?: { readonly atLeast: string; readonly below: string };
  }
>;

const text = (zh: string, en: string) => ({ zh, en });

/** Kinds of units that rules know, beyond their nature. */
const formNames = {
  sole_trader: text('个体工商户', 'sole trader'),
  law_firm: text('律师事务所', 'law firm'),
  hospital: text('医疗机构', 'medical institution'),
  foreign_office: text('外国企业常驻代表机构', 'representative office of a foreign company'),
  foreign_invested: text('外商投资企业', 'foreign-invested enterprise'),
  public_body: text('党政机关或事业单位', 'public body'),
  financial: text('金融类企业', 'financial company'),
  other_unit: text('其他单位', 'another unit'),
};

/** One value of a list; `values` names those that rules use. A value that is not named is shown as it is. */
export const choiceFacts = {
  'person.certificate': {
    zh: '负责人的证件',
    en: 'the person’s certificate',
    at: 'identity:certificateType',
    values: {
      resident_id: text('居民身份证', 'resident identity card'),
      passport: text('护照', 'passport'),
      hk_macau_permit: text('港澳居民来往内地通行证', 'travel permit of Hong Kong and Macau residents'),
      taiwan_permit: text('台湾居民来往大陆通行证', 'travel permit of Taiwan residents'),
      hk_macau_residence: text('港澳居民居住证', 'residence permit of Hong Kong and Macau residents'),
      taiwan_residence: text('台湾居民居住证', 'residence permit of Taiwan residents'),
      foreigner_permanent_residence: text('外国人永久居留身份证', 'permanent residence card of foreigners'),
    },
  },
  'person.role': {
    zh: '负责人的身份',
    en: 'role of the person',
    at: 'identity:certificateNumber',
    values: {
      subject: text('主体负责人', 'in charge of the organiser'),
      service: text('网站负责人', 'in charge of the site'),
      both: text('个人主办者', 'the individual who files'),
    },
  },
  'person.sex': {
    zh: '负责人性别',
    en: 'sex of the person',
    at: 'identity:certificateNumber',
    values: { male: text('男', 'male'), female: text('女', 'female') },
  },
  'subject.certificate': {
    zh: '主体证件',
    en: 'the organiser’s certificate',
    at: 'subject.certificateType',
    values: {
      business_licence: text('营业执照', 'business licence'),
      organisation_code: text('组织机构代码证', 'organisation code certificate'),
      medical_licence: text('医疗机构执业许可证', 'licence of a medical institution'),
    },
  },
  /** What kind of unit it is, beyond its nature. */
  'subject.form': {
    zh: '主体类型',
    en: 'kind of organiser',
    at: 'subject.certificateNumber',
    values: formNames,
  },
  'service.content': {
    zh: '服务内容',
    en: 'content type',
    at: 'service.content',
    values: {
      portal: text('单位门户网站', 'organisation website'),
      general_portal: text('综合门户', 'general portal'),
      blog: text('博客/个人空间', 'blog or personal page'),
      other: text('其他', 'other'),
    },
  },
  'service.preApproval': {
    zh: '前置审批',
    en: 'pre-approval',
    at: 'service.preApproval',
    values: { none: text('不涉及', 'none') },
  },
  'service.use': {
    zh: '域名用途',
    en: 'use of the domain',
    at: 'service.remark',
    values: {
      mini_program: text('小程序', 'a mini-program'),
      official_account: text('公众号', 'an official account'),
      mail: text('企业邮箱', 'company mail'),
    },
  },
  /** All after the label that was registered: `com.cn`. */
  'domain.suffix': { zh: '域名后缀', en: 'suffix of the domain', at: 'service.homeUrl', values: {} },
  /** The last label: `cn` of `edu.cn` too. */
  'domain.topLevel': { zh: '顶级域', en: 'top-level domain', at: 'service.homeUrl', values: {} },
  'domain.holder': {
    zh: '域名持有者',
    en: 'holder of the domain',
    at: 'service.homeUrl',
    values: {
      subject: text('主办者本身', 'the organiser'),
      legal_representative: text('法定代表人', 'its legal representative'),
      principal: text('负责人', 'a person in charge'),
      shareholder: text('股东', 'a shareholder'),
      senior_manager: text('高级管理人员', 'a senior manager'),
      parent: text('境外母公司', 'its parent company abroad'),
    },
  },
  'change.to': {
    zh: '变更后的主体',
    en: 'organiser after the change',
    at: 'subject.name',
    values: {
      renamed: text('同一主体（更名）', 'the same one, renamed'),
      individual: text('个人', 'an individual'),
      other_individual: text('另一位个人', 'another individual'),
      own_company: text('本人任法定代表人的单位', 'a unit whose legal representative is this person'),
      same_legal_representative: text('法定代表人相同的单位', 'a unit with the same legal representative'),
      other_unit: text('另一个单位', 'another unit'),
    },
  },
} as const satisfies Record<
  string,
  Named & { readonly values: Readonly<Record<string, { readonly zh: string; readonly en: string }>> }
>;

/** Several values at once. */
export const listFacts = {
  'record.differences': {
    zh: '与已备案信息不一致的内容',
    en: 'what differs from the data on record',
    at: 'subject.name',
    values: {
      name: text('主办者名称', 'name of the organiser'),
      certificate: text('主体证件号码', 'certificate number of the organiser'),
      address: text('证件住所', 'address on the certificate'),
      subject_principal: text('主体负责人', 'person in charge of the organiser'),
      service_principal: text('网站负责人', 'person in charge of the site'),
      service_name: text('网站名称', 'name of the site'),
      other: text('其他信息', 'other data'),
    },
  },
  /** One of these is `subject.form`, and which is not known: a condition that all of them decide alike is decided. */
  'subject.possibleForms': {
    zh: '可能的主体类型',
    en: 'kinds of organiser that it may be',
    at: 'subject.certificateNumber',
    values: formNames,
  },
} as const satisfies Record<
  string,
  Named & { readonly values: Readonly<Record<string, { readonly zh: string; readonly en: string }>> }
>;

/** What was typed, searched for words. */
export const textFacts = {
  'subject.name': { zh: '主办者名称', en: 'name of the organiser', at: 'subject.name' },
  'subject.contactAddress': { zh: '通信地址', en: 'contact address', at: 'subject.contactAddress' },
  'service.name': { zh: '网站名称', en: 'site name', at: 'service.name' },
  /** The registrable name without its suffix. */
  'domain.label': { zh: '域名前缀', en: 'domain without its suffix', at: 'service.homeUrl' },
} as const satisfies Record<string, Named>;

const tables = { ...numberFacts, ...choiceFacts, ...listFacts, ...textFacts, ...booleanFacts };

/** `fromEntries` forgets which keys there are. */
export const factPlaces = Object.fromEntries(Object.entries(tables).map(([fact, { at }]) => [fact, at])) as Readonly<
  Record<keyof typeof tables, Place>
>;

/** What a fact is about, in words; of one that is either way, what it is when it holds. */
export const factNames = Object.fromEntries(
  Object.entries(tables).map(([fact, row]) => {
    const { zh, en } = 'yes' in row ? row.yes : row;
    return [fact, { zh, en }];
  }),
) as Readonly<Record<keyof typeof tables, { readonly zh: string; readonly en: string }>>; // fromEntries forgets which keys there are

import type { Day, WorkingCalendar } from '../calendar/index.ts';
import type { MaterialKey } from '../filing/index.ts';
import { type FormDefinition, type FormValues, fieldsOf } from '../forms/index.ts';
import { findProvince, wholeNameOf } from '../province/index.ts';
import type { MaterialRules } from './material-rules.ts';
import type { MaterialContext } from './needed-materials.ts';
import { letterRules } from './province-letters.ts';
import { goodUntilOf } from './signed-on.ts';

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** What the desk writes for the customer to print, sign and hand in, and the material that it becomes. */
export const letterTable = {
  agency_letter: { name: { zh: '备案委托书', en: 'Letter of agency' }, becomes: 'agency_letter' },
  subject_principal_letter: {
    name: { zh: '主体负责人授权书', en: 'Letter of authorisation: the organiser’s principal' },
    becomes: 'principal_letter',
  },
  service_principal_letter: {
    name: { zh: '互联网信息服务负责人授权书', en: 'Letter of authorisation: the service’s principal' },
    becomes: 'principal_letter',
  },
  pledge: { name: { zh: '互联网信息服务备案承诺书', en: 'Pledge of the filing' }, becomes: 'pledge' },
  truthfulness: { name: { zh: '备案信息真实性承诺书', en: 'Pledge of truthfulness' }, becomes: 'pledge' },
  no_pre_approval: { name: { zh: '不涉及前置审批承诺书', en: 'Pledge: no pre-approval applies' }, becomes: 'pledge' },
  verification_sheet: {
    name: { zh: '互联网信息服务备案信息真实性核验单', en: 'Sheet of verified truthfulness' },
    becomes: 'verification',
  },
  plan: { name: { zh: '网站建设方案书', en: 'Construction plan' }, becomes: 'construction_plan' },
  truthfulness_notice: {
    name: { zh: '网站备案信息真实性责任告知书', en: 'Notice of the responsibility for truthful data' },
    becomes: 'pledge',
  },
  no_training: { name: { zh: '不涉及校外培训承诺书', en: 'Pledge: no off-campus training' }, becomes: 'pledge' },
  no_finance: { name: { zh: '金融类网站备案承诺函', en: 'Pledge on words of finance' }, becomes: 'pledge' },
  culture: { name: { zh: '文化承诺书', en: 'Pledge on culture' }, becomes: 'pledge' },
  ownership: { name: { zh: '域名归属说明', en: 'Statement of who owns the domain' }, becomes: 'domain_certificate' },
  use_statement: { name: { zh: '网站用途说明', en: 'Statement of the use' }, becomes: 'construction_plan' },
  statement: { name: { zh: '情况说明', en: 'Statement' }, becomes: 'pledge' },
  rename_statement: { name: { zh: '更名说明', en: 'Statement of the change of name' }, becomes: 'change_proof' },
} as const satisfies Readonly<Record<string, { readonly name: Text; readonly becomes: MaterialKey }>>;
export type LetterId = keyof typeof letterTable;
/** Object.keys forgets which keys there are. */
export const letterIds = Object.keys(letterTable) as readonly LetterId[];

/** A letter as it is laid out: everything in it is in Chinese, since authorities read it. */
export interface LetterDocument {
  readonly title: string;
  readonly to: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly paragraphs: readonly string[];
  readonly signatures: readonly string[];
  /** The day that is printed. */
  readonly writtenOn: Day;
  /** The last day on which it may be handed in, signed on that day. */
  readonly goodUntil: Day;
  readonly footnotes: readonly string[];
}

/** What a letter is written from. */
export interface LetterSource extends MaterialContext {
  readonly provinceCode: string;
  readonly domainName: string;
  readonly definition: FormDefinition;
  readonly values: FormValues;
  readonly rules: MaterialRules;
  readonly calendar: WorkingCalendar;
  readonly at: Day;
}

/** To be filled in by hand: the form says nothing there yet. */
export const blank = '＿＿＿＿＿＿＿＿';

/** Which letters a filing of that kind may need. @param rules of its province that are in force for it */
export function lettersOf(
  { subjectKind, serviceKind, isForOther }: MaterialContext,
  rules: readonly { readonly id: string }[],
): readonly LetterId[] {
  const isUnit = subjectKind !== 'individual';
  const ofProvinces: Readonly<Record<string, readonly string[]>> = letterRules;
  return letterIds.filter((id) => {
    const asking = ofProvinces[id];
    if (asking !== undefined) return rules.some((rule) => asking.includes(rule.id));
    if (id === 'agency_letter') return isForOther === true;
    if (id === 'subject_principal_letter' || id === 'service_principal_letter') return isUnit;
    return id === 'plan' ? serviceKind === 'website' : true;
  });
}

/** Writes a letter from what the form says. */
export function writeLetter(id: LetterId, source: LetterSource): LetterDocument {
  const { provinceCode, at } = source;
  const province = findProvince(provinceCode);
  const { title, facts, paragraphs, signatures } = bodies[id](reader(source), source);
  const goodUntil = goodUntilOf(at, source);
  return {
    title,
    to: id === 'agency_letter' ? '致：接入服务单位' : `致：${province === null ? '' : wholeNameOf(province)}通信管理局`,
    facts,
    paragraphs,
    signatures,
    writtenOn: at,
    goodUntil,
    footnotes: [`请打印后由本人手写签名（单位并加盖公章），于 ${goodUntil} 前上传签字件的照片或扫描件。`],
  };
}

type Read = (path: string) => string;
type Body = Pick<LetterDocument, 'title' | 'facts' | 'paragraphs' | 'signatures'>;

/** Reads the form as a person would write it down: options by their names, nothing as a line to fill in. */
function reader({ definition, values, subjectKind, domainName }: LetterSource): Read {
  const fields = new Map(fieldsOf(definition).map((field) => [field.path, field]));
  const ofSamePerson = values['service.principal.isSubjects'] === 'yes';
  return (asked) => {
    if (asked === 'domainName') return domainName === '' ? blank : domainName;
    // An individual is its own principal; a service’s principal may be the organiser’s.
    const path = pathOf(asked, { isIndividual: subjectKind === 'individual', ofSamePerson });
    const value = values[path];
    const options = fields.get(path)?.options ?? [];
    const nameOf = (one: unknown) => options.find((option) => option.value === one)?.label.zh ?? one;
    const texts = (Array.isArray(value) ? value : [value])
      .map(nameOf)
      .filter((one): one is string => typeof one === 'string' && one.trim() !== '');
    return texts.length === 0 ? blank : texts.join('、');
  };
}

function pathOf(
  path: string,
  { isIndividual, ofSamePerson }: Readonly<Record<'isIndividual' | 'ofSamePerson', boolean>>,
) {
  const own = isIndividual || ofSamePerson ? path.replace(/^service\.principal\./, 'subject.principal.') : path;
  return isIndividual
    ? own.replace(/^subject\.principal\.(name|certificateType|certificateNumber)$/, 'subject.$1')
    : own;
}

const subjectFacts = (read: Read): LetterDocument['facts'] => [
  ['主办者名称', read('subject.name')],
  ['证件类型', read('subject.certificateType')],
  ['证件号码', read('subject.certificateNumber')],
];
const serviceFacts = (read: Read): LetterDocument['facts'] => [
  ['服务名称', read('service.name')],
  ['域名', read('domainName')],
];
const personFacts = (
  read: Read,
  at: 'subject.principal' | 'service.principal',
  who: string,
): LetterDocument['facts'] => [
  [`${who}姓名`, read(`${at}.name`)],
  [`${who}证件类型`, read(`${at}.certificateType`)],
  [`${who}证件号码`, read(`${at}.certificateNumber`)],
  [`${who}手机号码`, read(`${at}.mobile`)],
];

const signaturesOf = ({ subjectKind }: LetterSource, ...people: readonly string[]): readonly string[] =>
  subjectKind === 'individual' ? ['本人签名'] : ['单位名称（加盖公章）', ...people.map((one) => `${one}签名`)];

/** Letters that only some provinces ask for (`letterRules`), in our own words. */
const provinceBodies = {
  truthfulness_notice: (read, source) => ({
    title: '网站备案信息真实性责任告知书',
    facts: [...subjectFacts(read), ...serviceFacts(read), ...personFacts(read, 'service.principal', '服务负责人')],
    paragraphs: [
      '一、服务负责人对备案信息的真实、准确和及时更新负责；信息变化的，应及时办理变更备案。',
      '二、提交虚假备案信息，或者备案后不按备案内容提供服务的，主管部门可以责令改正、处以罚款、关闭网站并注销备案。',
      '三、网站不得提供须经前置审批而未获批准的内容，不得出租、转借备案编号。',
      '本人已阅读并知悉上述告知内容。',
    ],
    signatures: signaturesOf(source, '服务负责人'),
  }),
  no_training: (read, source) => ({
    title: '不涉及校外培训承诺书',
    facts: [...subjectFacts(read), ...serviceFacts(read), ['服务内容', read('service.content')]],
    paragraphs: [
      `本主办者承诺：“${read('service.name')}”（${read('domainName')}）用于${read('service.remark')}，不提供面向中小学生和学龄前儿童的学科类、非学科类校外培训，不发布培训招生信息。`,
      '今后开展校外培训的，先取得教育主管部门的批准并办理变更备案；与承诺不符的，接受停止接入和注销备案等处理。',
    ],
    signatures: signaturesOf(source, '法定代表人', '服务负责人'),
  }),
  no_finance: (read, source) => ({
    title: '金融类网站备案承诺函',
    facts: [...subjectFacts(read), ...serviceFacts(read), ['服务内容', read('service.content')]],
    paragraphs: [
      `一、公司情况：${blank}${blank}`,
      `二、网站内容：${read('service.remark')}`,
      '三、本主办者承诺：网站仅作展示宣传，不提供须经金融监管部门批准的产品、服务和交易，不吸收资金，不作收益承诺。',
      '四、今后从事金融业务的，先取得批准并办理变更备案；与承诺不符的，接受停止接入和注销备案等处理。',
    ],
    // Zhejiang asks for the provider's as well.
    signatures: [
      ...signaturesOf(source, '法定代表人'),
      ...(source.provinceCode === '330000' ? ['接入服务单位（加盖公章）'] : []),
    ],
  }),
  culture: (read, source) => ({
    title: '文化承诺书',
    facts: [...subjectFacts(read), ...serviceFacts(read), ['服务内容', read('service.content')]],
    paragraphs: [
      `本主办者承诺：“${read('service.name')}”（${read('domainName')}）不提供音乐、演出、动漫、游戏、艺术品等须取得网络文化经营许可的产品和服务。`,
      '今后提供上述内容的，先取得文化主管部门的许可并办理变更备案；与承诺不符的，接受停止接入和注销备案等处理。',
    ],
    signatures: signaturesOf(source, '法定代表人'),
  }),
  ownership: (read, source) => ({
    title: '域名归属说明',
    facts: [...subjectFacts(read), ...serviceFacts(read)],
    paragraphs: [
      `上述域名由本主办者注册并持有，注册信息与主办者证件一致，由本主办者自行使用，未出租、出借给他人。`,
      `主办者名下的其他域名及用途：${blank}${blank}`,
    ],
    signatures: signaturesOf(source, '主体负责人'),
  }),
  use_statement: (read, source) => ({
    title: '网站用途说明',
    facts: [...subjectFacts(read), ...serviceFacts(read), ['服务内容', read('service.content')]],
    paragraphs: [
      `一、本网站的用途：${read('service.remark')}`,
      `二、与主办者已备案网站的区别：${blank}${blank}`,
      '三、本主办者只将上述域名用于所述用途，变化时及时办理变更备案。',
    ],
    signatures: signaturesOf(source, '服务负责人'),
  }),
  statement: (read, source) => ({
    title: '情况说明',
    facts: [...subjectFacts(read), ...serviceFacts(read)],
    paragraphs: [
      `现就本次备案的有关情况说明如下：${blank}${blank}${blank}`,
      '以上说明属实，如有不实，愿意承担相应的法律责任。',
    ],
    signatures: signaturesOf(source, '主体负责人'),
  }),
  rename_statement: (read, source) => ({
    title: '更名说明',
    facts: [...subjectFacts(read), ...serviceFacts(read)],
    paragraphs: [
      `本主办者原名称为${blank}，经登记机关核准，自${blank}起更名为${read('subject.name')}，证件号码${read('subject.certificateNumber')}，权利义务由更名后的主办者承继。`,
      '现申请将备案信息变更为更名后的名称，并附登记机关出具的变更证明。',
    ],
    signatures: signaturesOf(source, '法定代表人'),
  }),
} as const satisfies Readonly<Partial<Record<LetterId, (read: Read, source: LetterSource) => Body>>>;

const bodies: Readonly<Record<LetterId, (read: Read, source: LetterSource) => Body>> = {
  agency_letter: (read, source) => ({
    title: '备案委托书',
    facts: [...subjectFacts(read), ...serviceFacts(read), ['受托方（云服务账号的实名主体）', blank]],
    paragraphs: [
      `本主办者委托上述受托方，以其在接入服务单位的账号为“${read('service.name')}”（${read('domainName')}）办理 ICP 备案的填报、提交、补正和查询。`,
      '备案信息和材料由本主办者提供并确认真实，短信核验和电话核实由本主办者的负责人本人完成；备案后的变更和注销由本主办者决定。',
      `委托期限自签署之日起至${blank}。本主办者收回委托的，书面通知接入服务单位。`,
    ],
    signatures: [...signaturesOf(source, '主体负责人'), '受托方（签名或加盖公章）'],
  }),
  subject_principal_letter: (read, source) => ({
    title: '主体负责人授权书',
    facts: [...subjectFacts(read), ...personFacts(read, 'subject.principal', '主体负责人')],
    paragraphs: [
      `我单位授权${read('subject.principal.name')}担任 ICP 备案的主体负责人，代表我单位办理备案的申报、变更和注销，接听核实电话，完成短信核验，并负责备案信息的真实与及时更新。`,
      '其在授权范围内的行为由我单位承担责任。负责人变动时，我单位将及时办理变更备案。',
    ],
    signatures: signaturesOf(source, '法定代表人', '主体负责人'),
  }),
  service_principal_letter: (read, source) => ({
    title: '互联网信息服务负责人授权书',
    facts: [...subjectFacts(read), ...serviceFacts(read), ...personFacts(read, 'service.principal', '服务负责人')],
    paragraphs: [
      `我单位授权${read('service.principal.name')}担任“${read('service.name')}”（${read('domainName')}）的互联网信息服务负责人，负责该服务的日常管理、内容安全与备案事宜。`,
      '其在授权范围内的行为由我单位承担责任。负责人变动时，我单位将及时办理变更备案。',
    ],
    signatures: signaturesOf(source, '法定代表人', '服务负责人'),
  }),
  pledge: (read, source) => ({
    title: '互联网信息服务备案承诺书',
    facts: [...subjectFacts(read), ...serviceFacts(read)],
    paragraphs: [
      '本主办者知悉《互联网信息服务管理办法》和《非经营性互联网信息服务备案管理办法》的要求，并承诺：',
      '一、提交的备案信息和材料真实、准确、完整；信息变化时及时办理变更，不再提供服务时及时注销。',
      '二、只提供备案范围内的服务；依法须经前置审批的内容，取得批准后才提供。',
      '三、在首页底部标明备案编号并链接至工业和信息化部备案管理系统。',
      '四、不制作、复制、发布、传播法律法规禁止的内容，落实网络与信息安全责任，配合主管部门的检查。',
      '五、不将备案编号、域名和接入资源提供给他人使用。',
      '违反上述承诺的，愿意承担相应的法律责任，包括停止接入和注销备案。',
    ],
    signatures: signaturesOf(source, '主体负责人'),
  }),
  truthfulness: (read, source) => ({
    title: '备案信息真实性承诺书',
    facts: [...subjectFacts(read), ...serviceFacts(read), ...personFacts(read, 'service.principal', '服务负责人')],
    paragraphs: [
      '本主办者已被告知：提供虚假备案信息的，主管部门可以责令改正、处以罚款、关闭网站并注销备案。',
      '本主办者确认上述信息与所持证件一致，联系方式为负责人本人使用并保持畅通，所提交的图片为原件的照片或扫描件。',
    ],
    signatures: signaturesOf(source, '服务负责人'),
  }),
  no_pre_approval: (read, source) => ({
    title: '不涉及前置审批承诺书',
    facts: [...subjectFacts(read), ...serviceFacts(read)],
    paragraphs: [
      '本主办者承诺：所办服务不含新闻、出版、教育、医疗保健、药品和医疗器械、电子公告、文化、广播电影电视节目、网络预约车、互联网金融、校外培训、宗教等依法须经前置审批的内容。',
      '今后增加上述内容的，先取得主管部门的批准并办理变更备案，再行提供。',
    ],
    signatures: signaturesOf(source, '主体负责人'),
  }),
  verification_sheet: (read, source) => ({
    title: '互联网信息服务备案信息真实性核验单',
    facts: [
      ...subjectFacts(read),
      ['通信地址', read('subject.contactAddress')],
      ...personFacts(read, 'subject.principal', '主体负责人'),
      ...serviceFacts(read),
      ...personFacts(read, 'service.principal', '服务负责人'),
    ],
    paragraphs: [
      '接入服务单位核验：□ 主办者证件与原件一致　□ 负责人证件与本人一致　□ 联系方式有效　□ 域名持有者与主办者一致　□ 服务内容与所填一致',
      '主办者确认以上信息真实、准确；接入服务单位确认已当面或以电子方式核验。',
    ],
    signatures: [...signaturesOf(source, '服务负责人'), '接入服务单位（加盖公章）', '核验人签名'],
  }),
  plan: (read, source) => ({
    title: '网站建设方案书',
    facts: [...subjectFacts(read), ...serviceFacts(read), ['服务内容', read('service.content')]],
    paragraphs: [
      `一、建设目的：${read('service.remark')}`,
      `二、栏目与页面（名称、内容、是否有交互）：${blank}${blank}`,
      `三、人员：负责人${read('service.principal.name')}，另有内容编辑${blank}人、技术维护${blank}人。`,
      '四、网络与信息安全措施：服务器部署在境内接入服务单位；账号专人专管并启用两步验证；每日备份；发布前审核内容；日志保存不少于六个月；发现违法信息立即停止传播、保存记录并报告。',
      '五、本主办者只将上述域名用于本方案所述的服务；与方案不符的，接受停止接入、注销备案等处理。',
    ],
    signatures: signaturesOf(source, '服务负责人'),
  }),
  ...provinceBodies,
};

import { realNameNames } from '@openbeian/model/eligibility';
import { filingKindNames, type ServiceKind, serviceKinds, subjectKinds } from '@openbeian/model/filing';
import { type ProvinceRule, statingKinds } from '@openbeian/model/province';
import { conditionText } from './condition-text.ts';
import type { BookSuperseding, BookText, RuleRow, RuleTest } from './rule-book.ts';
import { listed } from './words.ts';

const effectNames: Readonly<Record<ProvinceRule['effect'], BookText>> = {
  reject: { zh: '不予受理', en: 'refused' },
  limit: { zh: '超出数量不予受理', en: 'refused above that number' },
  require_field: { zh: '必填', en: 'the field is required' },
  require_remark: { zh: '须在备注中说明', en: 'must be explained in the remark' },
  require_material: { zh: '须提供材料', en: 'a material is required' },
  conditional: { zh: '满足条件方可受理', en: 'accepted on a condition' },
  advise: { zh: '仅提示，不影响提交', en: 'advice only; it can be submitted' },
  human: { zh: '由审核人员核对', en: 'checked by the reviewer' },
};

/** A rule of a province, one row for each thing it says. */
export function provinceRows(
  rule: ProvinceRule,
  tests: readonly RuleTest[],
  supersededBy: readonly BookSuperseding[],
): RuleRow[] {
  const sources = rule.source;
  const row = (part: string, label: BookText, value: BookText, held: readonly RuleTest[] = []): RuleRow => ({
    key: `${rule.id}.${part}`,
    group: 'province',
    label,
    value,
    sources,
    tests: held,
  });
  const rows = [
    row('message', { zh: '要求', en: 'Rule' }, rule.message, tests),
    row('effect', { zh: '后果', en: 'Effect' }, effectNames[rule.effect]),
    row('subjects', { zh: '适用主体', en: 'Organisers' }, subjectsText(rule.subjects)),
  ];
  if (rule.kinds.join() !== statingKinds.join()) {
    rows.push(row('kinds', { zh: '适用备案类型', en: 'Filing types' }, namesText(rule.kinds, filingKindNames)));
  }
  if (rule.services.length < serviceKinds.length) {
    rows.push(row('services', { zh: '适用服务', en: 'Services' }, namesText(rule.services, serviceNames)));
  }
  if (rule.if.length > 0) {
    const value = listed(rule.if.map(conditionText), { zh: '，且', en: ', and ' });
    rows.push(row('if', { zh: '适用情形', en: 'When' }, value));
  }
  if (rule.field !== undefined) {
    rows.push(row('field', { zh: '表单字段', en: 'Field' }, { zh: rule.field, en: rule.field }));
  }
  if (rule.remedy !== undefined) rows.push(row('remedy', { zh: '处理办法', en: 'How to fix it' }, rule.remedy));
  if (rule.supersedes.length > 0) {
    const ids = rule.supersedes.join(', ');
    rows.push(row('supersedes', { zh: '代替规则', en: 'Instead of' }, { zh: ids, en: ids }));
  }
  if (supersededBy.length > 0) {
    const value = listed(
      supersededBy.map(({ id, within }) => ({
        zh: within === null ? id : `${within.zh}：${id}`,
        en: within === null ? id : `${within.en}: ${id}`,
      })),
      { zh: '；', en: '; ' },
    );
    rows.push(row('supersededBy', supersededLabel(supersededBy), value));
  }
  return rows;
}

function supersededLabel(by: readonly BookSuperseding[]): BookText {
  if (by.some(({ whole, within }) => whole && within === null)) return { zh: '已由其他规则代替', en: 'Replaced by' };
  return by.every(({ within }) => within !== null)
    ? { zh: '在个别省由其他规则代替', en: 'Replaced in some provinces by' }
    : { zh: '部分情形由其他规则代替', en: 'Replaced in some cases by' };
}

const serviceNames = {
  website: { zh: '网站', en: 'website' },
  app: { zh: 'APP', en: 'app' },
  mini_program: { zh: '小程序', en: 'mini program' },
} as const satisfies Record<ServiceKind, BookText>;

const namesText = <Name extends string>(named: readonly Name[], names: Readonly<Record<Name, BookText>>): BookText =>
  listed(named.map((one) => names[one]));

function subjectsText(subjects: ProvinceRule['subjects']): BookText {
  if (subjects.length === subjectKinds.length) return { zh: '全部', en: 'all' };
  return listed(
    subjects.map((kind) => realNameNames[kind]),
    { zh: '、', en: ', ' },
  );
}

import { realNameNames } from '@openbeian/model/eligibility';
import { subjectKinds } from '@openbeian/model/filing';
import { certificateTypes } from '@openbeian/model/forms';
import type { ProvinceCondition, ProvinceRule } from '@openbeian/model/province';
import type { BookText, RuleRow, RuleTest } from './rule-book.ts';
import { listed } from './words.ts';

const effectNames: Readonly<Record<ProvinceRule['effect'], BookText>> = {
  reject: { zh: '不予受理', en: 'refused' },
  require_field: { zh: '必填', en: 'the field is required' },
  advise: { zh: '仅提示，不影响提交', en: 'advice only; it can be submitted' },
};

/** A rule of a province, one row for each thing it says. */
export function provinceRows(rule: ProvinceRule, tests: readonly RuleTest[]): RuleRow[] {
  const sources = [rule.source];
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
  if (rule.if.length > 0) {
    const value = listed(rule.if.map(conditionText), { zh: '，且', en: ', and ' });
    rows.push(row('if', { zh: '适用情形', en: 'When' }, value));
  }
  if (rule.field !== undefined) {
    rows.push(row('field', { zh: '表单字段', en: 'Field' }, { zh: rule.field, en: rule.field }));
  }
  rows.push(row('remedy', { zh: '处理办法', en: 'How to fix it' }, rule.remedy));
  if (rule.supersedes.length > 0) {
    const ids = rule.supersedes.join(', ');
    rows.push(row('supersedes', { zh: '代替规则', en: 'Instead of' }, { zh: ids, en: ids }));
  }
  return rows;
}

function subjectsText(subjects: ProvinceRule['subjects']): BookText {
  if (subjects.length === subjectKinds.length) return { zh: '全部', en: 'all' };
  return listed(
    subjects.map((kind) => realNameNames[kind]),
    { zh: '、', en: ', ' },
  );
}

const factNames = {
  'person.isLocal': {
    true: { zh: '负责人的身份证由本省签发', en: 'the person’s identity number is of the province' },
    false: { zh: '负责人的身份证非本省签发', en: 'the person’s identity number is of another province' },
  },
  'person.emergencyIsMobile': {
    true: { zh: '应急电话与手机号码相同', en: 'the emergency number is the mobile number' },
    false: { zh: '应急电话与手机号码不同', en: 'the emergency number differs from the mobile number' },
  },
  'principals.areOne': {
    true: { zh: '网站负责人即主体负责人', en: 'one person is in charge of site and organiser' },
    false: { zh: '网站负责人与主体负责人不同', en: 'different people are in charge of site and organiser' },
  },
  'principals.shareMobile': {
    true: { zh: '不同负责人的手机号码相同', en: 'different people in charge give one mobile number' },
    false: { zh: '不同负责人的手机号码不同', en: 'different people in charge give different mobile numbers' },
  },
} as const;

function conditionText(condition: ProvinceCondition): BookText {
  if (condition.fact === 'person.age') {
    const { below, atLeast } = condition;
    const parts: BookText[] = [];
    if (atLeast !== undefined) parts.push({ zh: `年满 ${atLeast} 周岁`, en: `${atLeast} or older` });
    if (below !== undefined) parts.push({ zh: `未满 ${below} 周岁`, en: `under ${below}` });
    const { zh, en } = listed(parts, { zh: '且', en: ' and ' });
    return { zh: `负责人${zh}`, en: `the person in charge is ${en}` };
  }
  if (condition.fact === 'person.certificate') {
    const { zh, en } = listed(condition.oneOf.map(certificateText), { zh: '或', en: ' or ' });
    return { zh: `负责人的证件为${zh}`, en: `the person’s certificate: ${en}` };
  }
  return factNames[condition.fact][condition.is ? 'true' : 'false'];
}

/** One that the form does not know is shown by its id. */
function certificateText(id: string): BookText {
  const known: Readonly<Record<string, BookText>> = certificateTypes;
  return known[id] ?? { zh: id, en: id };
}

import { dayOf } from '@openbeian/model/calendar';
import { certificatesOf, rowOf } from '@openbeian/model/code-tables';
import {
  courseOf,
  type FilingKind,
  filingKindTable,
  filingStates,
  materialNames,
  materialsOf,
  materialWhenTexts,
  preconditionTexts,
  routeStepText,
  type ServiceKind,
  type SubjectKind,
  siteMeanwhileOf,
  smsTexts,
  timeLimitOf,
} from '@openbeian/model/filing';
import { findProvince, type Preparation, preparationsFor, topicNames } from '@openbeian/model/province';
import { conditionText } from '@openbeian/model/rule-book';
import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';

interface Question {
  readonly nature: string;
  readonly provinceCode: string;
  readonly kind: FilingKind;
  readonly serviceKind: ServiceKind;
}

/** States whose limits a customer should know of: reviews, the SMS, and corrections. */
const limitedStates = ['awaiting_review', 'awaiting_sms', 'awaiting_verdict', 'returned'] as const;

/**
 * What a filing of that nature, province and kind will need: certificates to choose from, rules by topic, steps and time limits.
 * `input.invalid` for a nature or province that there is not.
 */
export const listPreparations = query({ id: 'listPreparations', faults: [] }, async (step, question: Question) => {
  const { deps, at } = step;
  const day = dayOf(at);
  const tables = deps.codeTablesOf(question.provinceCode);
  const nature = rowOf(tables.natures, question.nature, day);
  if (nature === undefined) throw refusal(step, 'nature', 'a value of listNatures', '应为单位性质列表中的值');
  if (findProvince(question.provinceCode) === null)
    throw refusal(step, 'provinceCode', 'the code of a province', '应为省级行政区划代码');
  const needed = preparationsFor(deps.provinceRules(question.provinceCode), {
    subjectKind: nature.subjectKind,
    nature: nature.key,
    province: question.provinceCode,
    kind: question.kind,
    service: question.serviceKind,
    at: day,
  });
  return {
    certificates: certificatesOf(tables, nature.id, day).map(({ key, zh, en }) => ({
      value: key,
      label: { zh, en },
    })),
    groups: groupsOf(needed),
    course: { ...courseViewOf(question, nature.subjectKind), ...siteOf(step, question) },
    steps: filingKindTable[question.kind].steps.map((action) => routeStepText(action, question.serviceKind === 'app')),
    limits: limitedStates.flatMap((state) => {
      const limit = timeLimitOf(deps.desk.timeLimits, state, day);
      if (limit === null) return [];
      const { zh, en } = filingStates[state];
      const { amount, unit, remindAfter, source, asOf } = limit;
      return [{ state, text: { zh, en }, amount, unit, remindAfter, source, asOf }];
    }),
  };
});

/** Whether the site may be reached meanwhile: the province's answer. */
function siteOf({ deps }: Pick<Step, 'deps'>, question: Question) {
  const found = siteMeanwhileOf(deps.desk.siteMeanwhile, question);
  return { site: found?.text ?? null, siteSource: found?.source ?? null, siteAsOf: found?.asOf ?? null };
}

/** What the kind itself takes, wherever it is filed. Sites have no icon; apps always hand one in. */
function courseViewOf({ kind, serviceKind }: Pick<Question, 'kind' | 'serviceKind'>, subjectKind: SubjectKind) {
  const { preconditions, smsBy } = courseOf(kind);
  return {
    preconditions: preconditions.map((one) => preconditionTexts[one]),
    materials: materialsOf(kind, subjectKind)
      .filter(({ key }) => key !== 'app_icon' || serviceKind === 'app')
      .map(({ key, when }) => ({
        key,
        text: materialNames[key],
        when: materialWhenTexts[key === 'app_icon' ? 'always' : when],
      })),
    sms: smsBy.map((one) => smsTexts[one]),
  };
}

function groupsOf(needed: readonly Preparation[]) {
  const groups = new Map<keyof typeof topicNames, Preparation[]>();
  for (const one of needed) groups.set(one.rule.topic, [...(groups.get(one.rule.topic) ?? []), one]);
  return [...groups].map(([topic, own]) => ({
    topic,
    title: topicNames[topic],
    items: own.map(({ rule, always }) => ({
      rule: rule.id,
      message: rule.message,
      remedy: rule.remedy ?? null,
      when: always ? [] : rule.if.map(conditionText),
      source: rule.source[0] ?? null,
      asOf: rule.asOf,
    })),
  }));
}

const refusal = ({ fault }: Pick<Step, 'fault'>, path: string, expected: string, expectedZh: string) =>
  fault('input.invalid', { places: [{ path, expected, expectedZh }] });

import type { Day } from '@openbeian/model/calendar';
import type { Outcome } from '@openbeian/model/eligibility';
import type { BothTexts, Words } from '../io/words.ts';

const outcomes: Readonly<Record<Outcome, BothTexts>> = {
  eligible: { zh: '符合条件', en: 'eligible' },
  ineligible: { zh: '不符合条件', en: 'ineligible' },
  not_required: { zh: '无需备案', en: 'not required' },
  not_applicable: { zh: '不适用', en: 'not applicable' },
  indeterminate: { zh: '无法判断', en: 'undetermined' },
};

export const checkWords = {
  file: { zh: '备案  ', en: 'file ' },
  issue: { zh: '授权码', en: 'issue' },
  outcomes,
  at: (day: Day) => ({ zh: `判断日期 ${day}`, en: `Decided for ${day}` }),
  resources: (count: number) => ({
    zh: `资源 ${count} 个`,
    en: `${count} ${count === 1 ? 'resource' : 'resources'}`,
  }),
  assumed: (steps: readonly string[]) => ({
    zh: `假设已完成：${steps.join('，')}`,
    en: `Assuming: ${steps.join(', ')}`,
  }),
  goodUntil: (day: Day) => ({ zh: `如不续费，符合条件至 ${day}`, en: `eligible until ${day} without renewal` }),
  renewBy: (day: Day) => ({
    zh: `请在 ${day} 当日或之前续费，以保留现有资格`,
    en: `Renew by ${day} to keep everything`,
  }),
  quota: (used: number, limit: number) => ({ zh: `名额 ${used}/${limit}`, en: `quota ${used}/${limit}` }),
} satisfies Words;

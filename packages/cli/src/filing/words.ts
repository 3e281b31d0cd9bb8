import { filingKindTable, type Route } from '@openbeian/model/filing';
import type { BothTexts, Words } from '../io/words.ts';

const needs: Readonly<Record<Route['need'], BothTexts>> = {
  required: { zh: '需要', en: 'required:' },
  not_required: { zh: '不需要备案', en: 'no filing needed' },
  advisable: { zh: '建议提前', en: 'advisable now:' },
};

/** The kinds have their names in the model. */
const filings: Readonly<Record<Route['filing'], BothTexts>> = {
  ...filingKindTable,
  elsewhere: { zh: '到其他接入商办理', en: 'File with another provider' },
  none: { zh: '', en: '' },
};

const accessible: Readonly<Record<Route['accessible'], BothTexts>> = {
  now: { zh: '现在即可访问', en: 'served now' },
  after_review: { zh: '初审通过后可访问', en: 'served after the review' },
  after_number: { zh: '取得备案号后可访问', en: 'served with the number' },
};

/** What changes, moves or ends a filing says nothing about whether the name is served: that stays as it is. */
const unchanged: BothTexts = { zh: '办理期间不影响访问', en: 'access stays as it is meanwhile' };

/** Texts of `openbeian route`. */
export const routeWords = { needs, filings, accessible, unchanged } satisfies Words;

/** Texts of `openbeian precheck`. */
export const precheckWords = {
  submittable: { zh: '可以提交', en: 'may be submitted' },
  notSubmittable: { zh: '有问题需要修改，暂不能提交', en: 'cannot be submitted until the errors are corrected' },
  whole: { zh: '备案整体', en: 'the filing' },
  checkList: { zh: '审核人员需要核对：', en: 'The reviewer looks at:' },
  notKnown: (facts: readonly BothTexts[]) => ({
    zh: `（待确认：${facts.map(({ zh }) => zh).join('、')}）`,
    en: ` (not known: ${facts.map(({ en }) => en).join(', ')})`,
  }),
  proposals: (names: readonly string[]) => ({
    zh: `可以改为：${names.join('、')}`,
    en: `These would pass: ${names.join(', ')}`,
  }),
  lineTooLong: { zh: '行过长', en: 'expected a shorter line' },
  /** `character` counts from 1; null: the line ends too early, or nothing says where. */
  expectedJson: (character: number | null) => ({
    zh: `应为一个完整的 JSON 对象${character === null ? '' : `，第 ${character} 个字符处有误`}`,
    en: `expected one whole JSON object${character === null ? '' : `; it is wrong at character ${character}`}`,
  }),
  keyTwice: (key: string) => ({
    zh: `键 ${key} 重复，请只保留一个`,
    en: `expected each key once; ${key} is there twice`,
  }),
} satisfies Words;

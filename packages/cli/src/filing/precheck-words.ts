import type { Words } from '../io/words.ts';

/** Texts of `openbeian precheck`. */
export const precheckWords = {
  submittable: { zh: '可以提交', en: 'may be submitted' },
  notSubmittable: { zh: '有问题需要修改，暂不能提交', en: 'cannot be submitted until the errors are corrected' },
  whole: { zh: '备案整体', en: 'the filing' },
  checkList: { zh: '审核人员需要核对：', en: 'The reviewer looks at:' },
  notKnown: (facts: string) => ({ zh: `（待确认：${facts}）`, en: ` (not known: ${facts})` }),
  lineTooLong: { zh: '行过长', en: 'expected a shorter line' },
  expectedJson: (reason: string) => ({
    zh: `应为一个 JSON 对象：${reason}`,
    en: `expected one JSON object: ${reason}`,
  }),
} satisfies Words;

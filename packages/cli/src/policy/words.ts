import type { Words } from '../io/words.ts';

export const policyWords = {
  difference: (key: string, expected: string, actual: string) => ({
    zh: `${key}：应为 ${expected}，实为 ${actual}`,
    en: `${key}: expected ${expected}, got ${actual}`,
  }),
  sums: (passed: number, failed: number) => ({
    zh: `通过 ${passed}，失败 ${failed}`,
    en: `${passed} passed, ${failed} failed`,
  }),
  noProblems: { zh: '没有问题', en: 'no problems' },
  noDifferences: { zh: '没有差别', en: 'no differences' },
  unknownProduct: (id: string, known: string) => ({
    zh: `没有产品 ${id}；已知：${known}`,
    en: `no product ${id}; known are: ${known}`,
  }),
  unknownOn: (id: string, at: string) => ({
    zh: `${id} 在 ${at} 的规则未知`,
    en: `the rules of ${id} on ${at} are not known`,
  }),
  twoOfAKind: {
    zh: '应为两个日期，或两个规则目录',
    en: 'expected two days, or two directories of policy files',
  },
} satisfies Words;

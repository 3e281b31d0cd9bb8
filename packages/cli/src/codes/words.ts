import type { Words } from '../io/words.ts';

export const codesWords = {
  usable: { zh: '可以使用', en: 'The code can be used' },
  notUsable: { zh: '不能使用', en: 'The code cannot be used' },
  none: { zh: '没有符合条件的授权码', en: 'No codes' },
} satisfies Words;

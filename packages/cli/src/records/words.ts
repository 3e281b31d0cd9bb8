import type { Words } from '../io/words.ts';

export const recordWords = {
  unchanged: { zh: '此前已登记，未作改动', en: 'Already recorded; nothing was changed' },
  quotaReturned: { zh: '名额已返还', en: 'quota returned' },
  quotaKept: { zh: '名额不返还', en: 'quota not returned' },
} satisfies Words;

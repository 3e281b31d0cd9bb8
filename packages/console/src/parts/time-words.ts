import type { Words } from '../language/words.ts';

export const timeWords = {
  time: {
    dayOf: (label: string) => ({ zh: `${label}：日期`, en: `${label}: day` }),
    timeOf: (label: string) => ({ zh: `${label}：时间`, en: `${label}: time` }),
    /** Shown in an empty field. */
    format: { zh: '如 09:30', en: 'HH:MM' },
  },
} satisfies Words;

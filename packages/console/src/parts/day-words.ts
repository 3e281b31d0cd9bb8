import type { Words } from '../language/words.ts';

export const dayWords = {
  day: {
    open: { zh: '打开日历', en: 'Open the calendar' },
    /** Shown in an empty field. */
    format: { zh: '如 20260131', en: 'YYYY-MM-DD' },
    previousYear: { zh: '上一年', en: 'Previous year' },
    previousMonth: { zh: '上一月', en: 'Previous month' },
    nextMonth: { zh: '下一月', en: 'Next month' },
    nextYear: { zh: '下一年', en: 'Next year' },
  },
} satisfies Words;

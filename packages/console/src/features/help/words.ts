import type { Words } from '../../language/words.ts';

export const helpWords = {
  help: {
    title: { zh: '帮助', en: 'Help' },
    lead: { zh: '备案中常见的问题和答案。', en: 'Common questions about filing, and their answers.' },
    search: { zh: '搜索帮助', en: 'Search help' },
    empty: { zh: '没有找到相关帮助', en: 'No help found' },
    emptyHint: { zh: '换个说法再试，或联系运营人员。', en: 'Try other words, or ask an operator.' },
    related: { zh: '相关帮助', en: 'Help on this' },
    all: { zh: '全部帮助', en: 'All help' },
  },
} satisfies Words;

import type { Words } from '../../language/words.ts';

export const helpWords = {
  help: {
    title: { zh: '帮助', en: 'Help' },
    lead: { zh: '备案常见问题。', en: 'Frequently asked questions about filing.' },
    search: { zh: '搜索帮助', en: 'Search help' },
    empty: { zh: '未找到相关帮助', en: 'No results' },
    emptyHint: { zh: '请更换关键词重试，或联系运营人员。', en: 'Try other words, or contact an operator.' },
    related: { zh: '相关帮助', en: 'Help' },
    all: { zh: '全部帮助', en: 'All help' },
  },
} satisfies Words;

import type { Words } from '../../language/words.ts';

export const helpWords = {
  help: {
    title: { zh: '帮助', en: 'Help' },
    lead: { zh: '从准备到备案之后的常见问题。', en: 'Common questions, from preparing a filing to afterwards.' },
    search: { zh: '搜索帮助', en: 'Search help' },
    empty: { zh: '未找到相关帮助', en: 'No results' },
    emptyHint: { zh: '请更换关键词重试，或联系运营人员。', en: 'Try other words, or contact an operator.' },
    onPage: { zh: '与刚才的页面有关', en: 'About the page you came from' },
    groups: { zh: '分类', en: 'Groups' },
    related: { zh: '相关帮助', en: 'Help' },
    all: { zh: '全部帮助', en: 'All help' },
  },
} satisfies Words;

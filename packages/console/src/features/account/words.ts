import type { Words } from '../../language/words.ts';

export const accountWords = {
  account: {
    title: { zh: '账号', en: 'Accounts' },
    lead: { zh: '客户账号及其实名类型。', en: 'Customers’ accounts and their real-name type.' },
    name: { zh: '名称', en: 'Name' },
    realName: { zh: '实名类型', en: 'Real-name type' },
    resources: { zh: '云资源', en: 'Resources' },
    empty: { zh: '还没有账号', en: 'No accounts yet' },
    emptyHint: { zh: '载入资源清单后，账号会出现在这里。', en: 'Load an inventory and its accounts appear here.' },
    filter: { zh: '按编号或名称筛选', en: 'Filter by id or name' },
  },
} satisfies Words;

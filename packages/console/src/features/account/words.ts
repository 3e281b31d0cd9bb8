import type { Words } from '../../language/words.ts';

export const accountWords = {
  account: {
    title: { zh: '账号', en: 'Accounts' },
    lead: { zh: '客户账号及其实名类型。', en: 'Customer accounts and their real-name verification type.' },
    name: { zh: '名称', en: 'Name' },
    realName: { zh: '实名类型', en: 'Verification type' },
    empty: { zh: '暂无账号', en: 'No accounts yet' },
    emptyHint: { zh: '导入资源后，账号会显示在这里。', en: 'Accounts appear here after you import resources.' },
    filter: { zh: '按编号或名称搜索', en: 'Search by ID or name' },
  },
} satisfies Words;

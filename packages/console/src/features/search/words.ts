import type { Words } from '../../language/words.ts';

export const searchWords = {
  search: {
    open: { zh: '搜索', en: 'Search' },
    title: { zh: '搜索全部内容', en: 'Search everything' },
    hint: {
      zh: '域名、备案号、资源编号、授权码、名称或问题',
      en: 'Domain, filing number, resource, code, name or question',
    },
    idle: {
      zh: '可以粘贴网址、完整的授权码或主办单位的证件号码。',
      en: 'You can paste a URL, a whole filing code or the number of an organiser’s certificate.',
    },
    none: { zh: '没有找到匹配的内容', en: 'Nothing found' },
    noneHint: {
      zh: '请检查是否有错字，或换用编号、域名的一部分搜索。',
      en: 'Check the spelling, or search for a part of the id or domain.',
    },
    count: (count: number) => ({
      zh: `${count} 条结果`,
      en: count === 1 ? '1 result' : `${count} results`,
    }),
    more: { zh: '在列表中查看全部结果', en: 'Show all results in the list' },
    lookUp: (host: string) => ({ zh: `查询 ${host} 能否访问`, en: `Look up whether ${host} is served` }),
    keys: {
      move: { zh: '选择', en: 'Move' },
      open: { zh: '打开', en: 'Open' },
      close: { zh: '关闭', en: 'Close' },
    },
    kinds: {
      page: { zh: '页面', en: 'Pages' },
      filing: { zh: '备案订单', en: 'Filings' },
      record: { zh: '备案记录', en: 'Filing records' },
      resource: { zh: '云资源', en: 'Resources' },
      code: { zh: '备案授权码', en: 'Filing codes' },
      account: { zh: '账号', en: 'Accounts' },
      person: { zh: '人员', en: 'People' },
      help: { zh: '帮助', en: 'Help' },
      host: { zh: '域名查询', en: 'Domain lookup' },
    },
  },
} satisfies Words;

import type { Words } from '../../language/words.ts';

export const recordWords = {
  record: {
    title: { zh: '备案记录', en: 'Filing records' },
    lead: {
      zh: '经由本接入商备案、已取得备案号的网站。',
      en: 'Sites filed through this provider that have a filing number.',
    },
    serviceNumber: { zh: '网站备案号（ICP备案/许可证号）', en: 'ICP number (site)' },
    subjectNumber: { zh: '主体备案号', en: 'ICP number (organiser)' },
    name: { zh: '网站名称', en: 'Site' },
    kind: { zh: '类型', en: 'Type' },
    state: { zh: '状态', en: 'Status' },
    accesses: { zh: '接入商', en: 'Provider' },
    recordedAt: { zh: '备案时间', en: 'Recorded on' },
    empty: { zh: '暂无备案记录', en: 'No filing records yet' },
    emptyHint: { zh: '备案完成后，备案号会显示在这里。', en: 'Filing numbers appear here when a filing is complete.' },
    publicQuery: { zh: '公众查询', en: 'Public query' },
    copyFooter: { zh: '复制网站底部代码', en: 'Copy footer HTML' },
  },
} satisfies Words;

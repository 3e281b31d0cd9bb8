import type { Words } from '../../language/words.ts';

export const recordWords = {
  record: {
    title: { zh: '备案记录', en: 'Filing records' },
    lead: { zh: '管局已下发备案号的服务。', en: 'Services that have their number from the authority.' },
    serviceNumber: { zh: '服务备案号', en: 'Service’s number' },
    subjectNumber: { zh: '主体备案号', en: 'Subject’s number' },
    name: { zh: '服务名称', en: 'Service' },
    kind: { zh: '类型', en: 'Kind' },
    state: { zh: '状态', en: 'State' },
    accesses: { zh: '接入商', en: 'Provider' },
    recordedAt: { zh: '登记时间', en: 'Recorded' },
    empty: { zh: '还没有备案记录', en: 'No filing records yet' },
    emptyHint: { zh: '备案完成后，备案号会出现在这里。', en: 'When a filing is done, its number appears here.' },
    publicQuery: { zh: '公众查询', en: 'Public query' },
    copyFooter: { zh: '复制网站底部代码', en: 'Copy the footer’s HTML' },
  },
} satisfies Words;

import type { Words } from '../../language/words.ts';

export const auditWords = {
  audit: {
    title: { zh: '审计记录', en: 'Audit log' },
    lead: {
      zh: '记录操作者、时间和对象。记录不可修改，不含个人信息。',
      en: 'Who did what to which object, and when. Entries are never changed and hold no personal data.',
    },
    at: { zh: '时间', en: 'Time' },
    actor: { zh: '操作者', en: 'Actor' },
    action: { zh: '操作', en: 'Action' },
    source: { zh: '来源地址与会话', en: 'Address and session' },
    address: { zh: '来源地址', en: 'Address' },
    session: { zh: '会话', en: 'Session' },
    object: { zh: '对象', en: 'Object' },
    detail: { zh: '详情', en: 'Detail' },
    filter: { zh: '按对象编号筛选', en: 'Filter by object ID' },
    empty: { zh: '暂无审计记录', en: 'No log entries' },
    emptyHint: { zh: '请更换对象编号，或清除筛选条件。', en: 'Try another object ID, or clear the filter.' },
  },
} satisfies Words;

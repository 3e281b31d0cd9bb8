import type { Words } from '../../language/words.ts';

export const auditWords = {
  audit: {
    title: { zh: '审计记录', en: 'Audit' },
    lead: {
      zh: '谁在何时对什么做了什么。只增不改，不含个人信息。',
      en: 'Who did what to which object, and when. Append only, without personal data.',
    },
    at: { zh: '时间', en: 'Time' },
    actor: { zh: '操作者', en: 'Actor' },
    action: { zh: '动作', en: 'Action' },
    object: { zh: '对象', en: 'Object' },
    detail: { zh: '详情', en: 'Detail' },
    filter: { zh: '按对象编号筛选', en: 'Filter by object id' },
    empty: { zh: '没有审计记录', en: 'No audit rows' },
    emptyHint: { zh: '换一个对象编号，或清空筛选。', en: 'Try another object id, or clear the filter.' },
  },
} satisfies Words;

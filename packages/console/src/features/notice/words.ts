import type { Words } from '../../language/words.ts';

export const noticeWords = {
  notice: {
    title: { zh: '通知', en: 'Notices' },
    lead: {
      zh: '授权码将要停用、已经暂停或恢复时的提醒。',
      en: 'Reminders that codes will stop, are suspended or can be used again.',
    },
    unread: (count: number) => ({ zh: `${count} 条未读`, en: `${count} unread` }),
    onlyUnread: { zh: '只看未读', en: 'Unread only' },
    markAll: { zh: '全部标为已读', en: 'Mark all as read' },
    mark: { zh: '标为已读', en: 'Mark as read' },
    empty: { zh: '没有通知', en: 'No notices' },
    emptyHint: {
      zh: '授权码在停用前 30、14、7 和 1 天各提醒一次。',
      en: 'You are told 30, 14, 7 and 1 days before a code stops.',
    },
    toResource: { zh: '查看云资源', en: 'Open resource' },
    toWebhook: { zh: '查看投递记录', en: 'Open deliveries' },
    stopping: { zh: '将要停用的授权码', en: 'Codes that will stop' },
    stoppingLead: {
      zh: '不续费的情况下，这些授权码会在下列日期起不能使用。',
      en: 'With nothing renewed, these codes cannot be used from the day shown.',
    },
    within: (days: number) => ({ zh: `${days} 天内`, en: days === 1 ? '1 day' : `${days} days` }),
    withinLabel: { zh: '多少天内停用', en: 'Stopping within how many days' },
    stopsOn: { zh: '停用日', en: 'Stops on' },
    daysLeft: (days: number) => ({ zh: `还有 ${days} 天`, en: days === 1 ? '1 day left' : `${days} days left` }),
    stoppingEmpty: (days: number) => ({
      zh: `${days} 天内没有授权码停用。`,
      en: days === 1 ? 'No code stops within a day.' : `No code stops within ${days} days.`,
    }),
    indexing: { zh: '正在推算停用日，数字可能还会增加。', en: 'Stop days are being worked out; there may be more.' },
  },
} satisfies Words;

import type { Words } from '../../language/words.ts';

export const noticeWords = {
  notice: {
    title: { zh: '通知', en: 'Notices' },
    lead: {
      zh: '授权码即将失效、暂停使用或恢复可用，以及备案迁移、核查整改、申诉、客服访问等事项的提醒。',
      en: 'Alerts about codes that are about to expire, are suspended or work again, and about moves of records, corrections, contests and support access.',
    },
    unread: (count: number) => ({ zh: `${count} 条未读`, en: `${count} unread` }),
    onlyUnread: { zh: '只看未读', en: 'Unread only' },
    markAll: { zh: '全部标为已读', en: 'Mark all as read' },
    mark: { zh: '标为已读', en: 'Mark as read' },
    empty: { zh: '暂无通知', en: 'No notices' },
    emptyHint: {
      zh: '授权码失效前 30、14、7 和 1 天各提醒一次。',
      en: 'You are notified 30, 14, 7 and 1 days before a code expires.',
    },
    mail: { zh: '邮件通知', en: 'Email' },
    mailChange: { zh: '设置接收邮箱', en: 'Set addresses' },
    mailLead: {
      zh: '新通知会发送到以下邮箱，最多 5 个；清空后不再发送邮件。',
      en: 'New notices are sent to these addresses, up to 5. Remove all to stop emails.',
    },
    mailAddresses: { zh: '接收邮箱', en: 'Addresses' },
    mailInvalid: { zh: '邮箱格式不正确，例如 name@example.cn', en: 'Enter valid addresses, e.g. name@example.cn' },
    mailNone: { zh: '未设置接收邮箱，通知只在此处显示。', en: 'No addresses. Notices appear here only.' },
    mailOff: { zh: '本平台未开通邮件通知。', en: 'This deployment does not send email.' },
    toResource: { zh: '查看云资源', en: 'Open resource' },
    toFiling: { zh: '查看订单', en: 'Open filing' },
    toWebhook: { zh: '查看投递记录', en: 'Open deliveries' },
    toRecords: { zh: '查看备案记录', en: 'Open records' },
    toMoves: { zh: '查看备案迁移', en: 'Open moves' },
    toAccess: { zh: '查看客服访问记录', en: 'View support access' },
    stopping: { zh: '即将失效的授权码', en: 'Codes about to expire' },
    stoppingLead: {
      zh: '如不续费，以下授权码将从所列日期起失效。',
      en: 'Without renewal, these codes stop working on the date shown.',
    },
    within: (days: number) => ({ zh: `${days} 天内`, en: days === 1 ? '1 day' : `${days} days` }),
    withinLabel: { zh: '失效时间范围', en: 'Expires within' },
    stopsOn: { zh: '失效日期', en: 'Expires on' },
    daysLeft: (days: number) => ({ zh: `剩余 ${days} 天`, en: days === 1 ? '1 day left' : `${days} days left` }),
    stoppingEmpty: (days: number) => ({
      zh: `${days} 天内没有授权码失效。`,
      en: days === 1 ? 'No code expires within a day.' : `No code expires within ${days} days.`,
    }),
    indexing: {
      zh: '正在计算失效日期，结果可能继续增加。',
      en: 'Expiry dates are still being calculated; there may be more.',
    },
  },
} satisfies Words;

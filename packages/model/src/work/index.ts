/**
 * What background work is done on, one item at a time: overdue filings, lapses whose term is over, the authority’s messages, hand-overs to it, questions to services outside
 * (`<filing>:<name>`), codes
 * whose events are relayed, codes whose stop days are computed, kinds of old rows that are cleared away (and contents of pictures, `blob:<id>`), notices that are
 * mailed, customers who are reminded (`<kind>:<id>`), people who are mailed a link, rows that are to be sealed again (`<kind>:<id>`),
 * names that gates keep closed, and the gates' `file`.
 */
export const workKinds = [
  'overdue',
  'lapse',
  'message',
  'forward',
  'look_up',
  'event',
  'clock',
  'purge',
  'notice',
  'reminder',
  'link',
  'reseal',
  'gate',
] as const;
export type WorkKind = (typeof workKinds)[number];

/** What people call them. */
export const workKindNames: Readonly<Record<WorkKind, { readonly zh: string; readonly en: string }>> = {
  reminder: { zh: '提醒客户', en: 'Reminder to a customer' },
  overdue: { zh: '处理超期订单', en: 'Overdue filing' },
  lapse: { zh: '超期失效的恢复期限', en: 'End of a lapse' },
  message: { zh: '处理管局消息', en: 'Message from the authority' },
  forward: { zh: '提交管局', en: 'Send to the authority' },
  look_up: { zh: '向外查询', en: 'Look-up' },
  event: { zh: '发送授权码事件', en: 'Code event' },
  purge: { zh: '清理过期数据', en: 'Clearing old rows' },
  notice: { zh: '发送通知邮件', en: 'Notification email' },
  link: { zh: '发送登录链接邮件', en: 'Email with a sign-in link' },
  reseal: { zh: '重新加密数据', en: 'Sealing a row again' },
  gate: { zh: '网关数据', en: 'Gate data' },
  clock: { zh: '计算授权码失效日期', en: 'Expiry date of a code' },
};

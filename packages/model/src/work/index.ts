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

/** Where the reading of an inventory from a cloud by itself is. */
export const syncStates = ['waiting', 'running', 'done', 'held', 'failed'] as const;
type SyncState = (typeof syncStates)[number];

/** What people call them. */
export const syncStateNames: Readonly<Record<SyncState, { readonly zh: string; readonly en: string }>> = {
  waiting: { zh: '尚未运行', en: 'Not run yet' },
  running: { zh: '正在读取', en: 'Being read' },
  done: { zh: '完成', en: 'Done' },
  held: { zh: '待确认', en: 'To be confirmed' },
  failed: { zh: '失败', en: 'Failed' },
};

interface SyncCounts {
  readonly read: number;
  readonly new: number;
  readonly changed: number;
  readonly gone: number;
  readonly breaking: number;
}

/** What a run found, in one line. */
export const syncCountsText = (it: SyncCounts) => ({
  zh: `读取 ${it.read}，新增 ${it.new}，变更 ${it.changed}，不再列出 ${it.gone}，受影响 ${it.breaking}`,
  en: `${it.read} read, ${it.new} new, ${it.changed} changed, ${it.gone} no longer listed, ${it.breaking} affected`,
});

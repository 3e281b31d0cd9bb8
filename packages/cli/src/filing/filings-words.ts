import type { Words } from '../io/words.ts';

export const filingsWords = {
  nothingLapsed: { zh: '该段时间内没有超期关闭的订单', en: 'No filing lapsed in that period' },
  byClock: { zh: '系统超期关闭', en: 'closed by the system' },
  byOperator: { zh: '运营人员关闭', en: 'closed by an operator' },
  until: (at: string) => ({ zh: `可恢复至 ${at}`, en: `can be reopened until ${at}` }),
  openedOrOver: { zh: '已超过可恢复的期限', en: 'can no longer be reopened' },
  reopened: (state: string) => ({ zh: `已恢复：${state}`, en: `Reopened: ${state}` }),
  reopenedMany: (count: number) => ({ zh: `已恢复 ${count} 项`, en: `${count} reopened` }),
  wrongTime: (option: string) => ({
    zh: `${option} 应为日期（如 2026-11-21）或带时区的时刻（如 2026-11-21T09:30:00+08:00）`,
    en: `${option} should be a day (2026-11-21) or an instant with its zone (2026-11-21T09:30:00+08:00)`,
  }),
} satisfies Words;

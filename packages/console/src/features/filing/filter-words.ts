import type { Words } from '../../language/words.ts';

/** What lists of filings, and of records, are narrowed and ordered by. */
export const filterWords = {
  filter: {
    search: { zh: '域名、备案号或网站名称', en: 'Domain, number or site name' },
    any: {
      state: { zh: '全部状态', en: 'Any status' },
      kind: { zh: '全部类型', en: 'Any type' },
      province: { zh: '全部省份', en: 'Any province' },
      service: { zh: '全部服务', en: 'Any service' },
      due: { zh: '全部期限', en: 'Any due date' },
    },
    services: {
      website: { zh: '网站', en: 'Website' },
      app: { zh: 'APP', en: 'App' },
      mini_program: { zh: '小程序', en: 'Mini program' },
    },
    dues: {
      overdue: { zh: '已逾期', en: 'Overdue' },
      day: { zh: '24 小时内到期', en: 'Due within 24 hours' },
      week: { zh: '7 天内到期', en: 'Due within 7 days' },
    },
    started: {
      from: { zh: '发起日期，从', en: 'Started from' },
      to: { zh: '发起日期，至', en: 'Started to' },
    },
    orders: {
      newest: { zh: '最近发起在前', en: 'Newest first' },
      due: { zh: '期限最近在前', en: 'Due first' },
    },
  },
} satisfies Words;

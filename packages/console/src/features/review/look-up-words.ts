import type { Words } from '../../language/words.ts';

export const lookUpWords = {
  lookUp: {
    title: { zh: '外部查询', en: 'Look-ups' },
    again: { zh: '重新查询', en: 'Ask again' },
    names: {
      registration: { zh: '域名注册信息（RDAP）', en: 'Registration of the domain (RDAP)' },
      dns: { zh: '域名解析', en: 'Addresses (DNS)' },
      home_page: { zh: '网站首页', en: 'Home page' },
    },
    states: {
      answered: { zh: '已答复', en: 'Answered' },
      failed: { zh: '无答复', en: 'No answer' },
      not_asked: { zh: '未查询', en: 'Not asked' },
    },
    askedAt: (at: string) => ({ zh: `查询时间 ${at}`, en: `Asked ${at}` }),
    notUsed: {
      zh: '结果已过期，或备案信息此后有改动，预检未采用',
      en: 'Too old, or about an earlier form: the check does not use it',
    },
    nextAt: (at: string) => ({ zh: `将于 ${at} 查询`, en: `Will be asked ${at}` }),
  },
} satisfies Words;

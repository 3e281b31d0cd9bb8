import type { Words } from '../../language/words.ts';

export const hostWords = {
  host: {
    title: { zh: '域名查询', en: 'Domain lookup' },
    lead: {
      zh: '查询域名当前能否通过本接入商访问，以及原因。',
      en: 'Check whether this provider serves a domain now, and why.',
    },
    label: { zh: '域名', en: 'Domain' },
    placeholder: { zh: '例如 www.example.cn', en: 'e.g. www.example.cn' },
    ask: { zh: '查询', en: 'Look up' },
    outcome: {
      allow: { zh: '可以访问', en: 'Served' },
      block: { zh: '已阻断', en: 'Blocked' },
      indeterminate: { zh: '无法判断', en: 'Undetermined' },
    },
    filingDomain: { zh: '备案域名', en: 'Filing domain' },
    next: { zh: '处理办法', en: 'How to fix it' },
    fileIt: (domain: string) => ({ zh: `为 ${domain} 发起备案`, en: `File ${domain}` }),
    related: { zh: '相关问题', en: 'Related questions' },
  },
} satisfies Words;

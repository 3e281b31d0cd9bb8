import type { Words } from '../../language/words.ts';

export const hostWords = {
  host: {
    title: { zh: '域名查询', en: 'Look up a name' },
    lead: {
      zh: '查看某个域名现在能否通过本接入商访问，以及原因。',
      en: 'Whether a name is served through this provider now, and why.',
    },
    label: { zh: '域名或网址主机名', en: 'Name or host' },
    placeholder: { zh: '例如 www.example.cn', en: 'e.g. www.example.cn' },
    ask: { zh: '查询', en: 'Look up' },
    outcome: {
      allow: { zh: '可以访问', en: 'Served' },
      block: { zh: '已阻断', en: 'Blocked' },
      indeterminate: { zh: '无法判断', en: 'Cannot tell' },
    },
    filingDomain: { zh: '按此域名查备案', en: 'Filing is looked up for' },
    next: { zh: '怎么办', en: 'What to do' },
    reasonCode: { zh: '原因代码', en: 'Reason code' },
  },
} satisfies Words;

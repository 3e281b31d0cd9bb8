import type { Words } from '../../language/words.ts';

export const overviewWords = {
  overview: {
    hello: (name: string) => ({ zh: `您好，${name}`, en: `Hello, ${name}` }),
    todo: { zh: '需要您处理', en: 'Waiting for you' },
    todoEmpty: { zh: '目前没有等待您处理的事项。', en: 'Nothing is waiting for you.' },
    soon: { zh: '即将不符合条件的云资源', en: 'Resources about to stop qualifying' },
    soonEmpty: {
      zh: '近 30 天内没有云资源会因到期而失去备案资格。',
      en: 'No resource loses its standing through expiry within 30 days.',
    },
    soonLine: (day: string) => ({
      zh: `续费前，最后符合条件的日期是 ${day}`,
      en: `Unless renewed, it qualifies until ${day}`,
    }),
    waiting: { zh: '进行中的备案', en: 'Filings under way' },
    waitingEmpty: { zh: '没有进行中的备案。', en: 'No filing is under way.' },
    canFile: { zh: '可备案的云资源', en: 'Resources you can file on' },
    canIssue: { zh: '可签发授权码的云资源', en: 'Resources that can issue codes' },
    usableCodes: { zh: '可使用的授权码', en: 'Usable codes' },
    records: { zh: '已备案的服务', en: 'Filed services' },
  },
} satisfies Words;

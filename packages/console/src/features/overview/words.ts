import type { Words } from '../../language/words.ts';

export const overviewWords = {
  overview: {
    hello: (name: string) => ({ zh: `您好，${name}`, en: `Hello, ${name}` }),
    todo: { zh: '待处理', en: 'Needs your action' },
    withSince: (whom: string, since: string) => ({
      zh: `当前处理人：${whom}，更新于 ${since}`,
      en: `with: ${whom}, updated ${since}`,
    }),
    soon: { zh: '即将不符合条件的云资源', en: 'Resources about to become ineligible' },
    soonEmpty: {
      zh: '30 天内没有因到期而不符合条件的云资源。',
      en: 'No resource becomes ineligible through expiry within 30 days.',
    },
    soonLine: (day: string) => ({
      zh: `如不续费，符合条件至 ${day}`,
      en: `Eligible until ${day} without renewal`,
    }),
    waiting: { zh: '等待他人处理的备案', en: 'Filings with others' },
    waitingEmpty: { zh: '没有等待接入商或管局处理的备案。', en: 'No filing is with the provider or the authority.' },
    canFile: { zh: '可备案的云资源', en: 'Resources eligible for filing' },
    canIssue: { zh: '可生成授权码的云资源', en: 'Resources that can create codes' },
    usableCodes: { zh: '可用的授权码', en: 'Usable codes' },
    records: { zh: '已备案的网站', en: 'Filed sites' },
  },
} satisfies Words;

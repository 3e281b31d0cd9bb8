import type { Words } from '../language/words.ts';

export const appWords = {
  nav: {
    overview: { zh: '概览', en: 'Overview' },
    resources: { zh: '云资源', en: 'Resources' },
    myResources: { zh: '我的云资源', en: 'My resources' },
    codes: { zh: '备案授权码', en: 'Filing codes' },
    filings: { zh: '备案订单', en: 'Filings' },
    myFilings: { zh: '我的备案', en: 'My filings' },
    records: { zh: '备案记录', en: 'Filing records' },
    host: { zh: '域名查询', en: 'Domain lookup' },
    review: { zh: '待审订单', en: 'Review queue' },
    accounts: { zh: '账号', en: 'Accounts' },
    people: { zh: '人员', en: 'People' },
    ownAccess: { zh: '账号与安全', en: 'Account and security' },
    inventory: { zh: '导入资源', en: 'Import resources' },
    jobs: { zh: '后台任务', en: 'Background jobs' },
    audit: { zh: '审计记录', en: 'Audit log' },
    notices: { zh: '通知', en: 'Notices' },
    apiKeys: { zh: 'API 密钥', en: 'API keys' },
    webhooks: { zh: 'Webhook（事件订阅）', en: 'Webhooks' },
    groupPrograms: { zh: '开发者', en: 'Developers' },
    help: { zh: '帮助', en: 'Help' },
    groupFiling: { zh: '备案', en: 'Filing' },
    groupProvider: { zh: '运营', en: 'Operations' },
    groupOther: { zh: '查询与帮助', en: 'Lookup and help' },
  },
} satisfies Words;

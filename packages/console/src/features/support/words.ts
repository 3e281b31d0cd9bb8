import type { Words } from '../../language/words.ts';

export const supportWords = {
  support: {
    title: { zh: '客服访问', en: 'Support access' },
    history: { zh: '客服访问记录', en: 'Support history' },
    historyLead: {
      zh: '服务商运营人员以客服访问方式查看账号的记录。客服访问只读，您可以随时结束。',
      en: 'When operators of the provider looked at the account by support access. It is read-only, and you can end it at any time.',
    },
    none: { zh: '暂无客服访问', en: 'No support access so far' },
    who: { zh: '运营人员', en: 'Operator' },
    account: { zh: '账号', en: 'Account' },
    reason: { zh: '原因（客户可见）', en: 'Reason (the customer sees it)' },
    reasonTooShort: { zh: '请填写原因（至少 5 个字）', en: 'Give a reason (at least 5 characters)' },
    why: { zh: '原因', en: 'Reason' },
    minutes: { zh: '时长', en: 'Duration' },
    minutesOf: (n: number) => ({ zh: `${n} 分钟`, en: `${n} minutes` }),
    viewed: { zh: '查看内容', en: 'What was opened' },
    viewedNone: { zh: '本次访问没有查看任何内容', en: 'Nothing was opened' },
    viewedWhat: { zh: '查看了什么', en: 'Opened' },
    viewedObject: { zh: '对象', en: 'Object' },
    viewedCount: { zh: '次数', en: 'Times' },
    viewedFirst: { zh: '首次', en: 'First' },
    viewedLast: { zh: '最近', en: 'Last' },
    begun: { zh: '开始时间', en: 'Start' },
    ended: { zh: '结束时间', en: 'End' },
    state: { zh: '状态', en: 'Status' },
    active: { zh: '进行中', en: 'Active' },
    over: { zh: '已结束', en: 'Ended' },
    overBy: {
      customer: { zh: '客户已结束', en: 'Ended by the customer' },
      operator: { zh: '运营人员已结束', en: 'Ended by an operator' },
    },
    begin: { zh: '开始客服访问', en: 'Begin support access' },
    beginLead: (account: string) => ({
      zh: `您将以账号 ${account} 的身份只读查看。客户会收到通知，并能看到您的姓名、原因和时间；全部记入审计。`,
      en: `You will see what account ${account} sees, read-only. The customer is notified and sees your name, the reason and the time; it is in the audit.`,
    }),
    readOnly: {
      zh: '客服访问中只能查看，不能修改。结束访问后，由客户本人操作。',
      en: 'Support access only reads. The customer makes changes; end the access to get back to your own work.',
    },
    end: { zh: '结束访问', en: 'End access' },
    endSure: {
      zh: '结束后，运营人员立即不能再以您的账号查看。',
      en: 'The operator can no longer see your account’s view.',
    },
    banner: (account: string, until: string) => ({
      zh: `客服访问中：正在以账号 ${account} 的身份只读查看，至 ${until}。客户可以看到本次访问。`,
      en: `Support access: you see what account ${account} sees, read-only, until ${until}. The customer sees this access.`,
    }),
  },
} satisfies Words;

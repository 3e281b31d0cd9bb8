import type { Words } from '../../language/words.ts';

export const contestWords = {
  contest: {
    title: { zh: '申诉', en: 'Contests' },
    ownTitle: { zh: '我的申诉', en: 'My contests' },
    lead: {
      zh: '客户认为其他账号占用了自己的域名或证件，由运营人员核实处理；处理说明双方可见。',
      en: 'A customer says that another account holds its domain or certificate. An operator decides; both sides read the reasons.',
    },
    ownLead: {
      zh: '您认为被其他账号占用的域名或证件，由运营人员核实后处理。',
      en: 'Domains or certificates that you say another account holds. An operator checks and decides.',
    },
    empty: { zh: '暂无申诉', en: 'No contests' },
    onlyOpen: { zh: '只看待处理', en: 'Undecided only' },
    about: { zh: '申诉内容', en: 'About' },
    abouts: {
      domain_name: { zh: '域名', en: 'Domain' },
      certificate: { zh: '证件', en: 'Certificate' },
    },
    contestant: { zh: '申诉方', en: 'Contestant' },
    holder: { zh: '占用方', en: 'Holder' },
    proven: { zh: '已验证域名所有权', en: 'Domain proven' },
    unproven: { zh: '未验证域名所有权', en: 'Domain not proven' },
    statement: { zh: '申诉说明', en: 'Statement' },
    statementUnreadable: { zh: '无法解密', en: 'Cannot be decrypted' },
    closedNote: {
      zh: '有一方的订单已结束，不再处理。',
      en: 'One of the two filings ended, so nothing is left to decide.',
    },
    aboutSince: (what: string, openedAt: string) => ({
      zh: `${what} · ${openedAt} 提交`,
      en: `${what} · opened ${openedAt}`,
    }),
    decision: { zh: '处理结果', en: 'Decision' },
    undecided: { zh: '待处理', en: 'Undecided' },
    decisions: {
      upheld: { zh: '采纳', en: 'Uphold' },
      dismissed: { zh: '不采纳', en: 'Dismiss' },
    },
    decided: {
      upheld: { zh: '已采纳', en: 'Upheld' },
      dismissed: { zh: '未采纳', en: 'Dismissed' },
      closed: { zh: '已结束', en: 'Closed' },
    },
    decide: { zh: '处理', en: 'Decide' },
    decideLead: {
      zh: '采纳后，占用方的订单退回其客户，填写内容、授权码和名额均保留；域名或证件由申诉方的订单占用。',
      en: 'If you uphold it, the holder’s filing goes back to its customer with contents, code and quota, and the contestant’s filing holds the domain or certificate.',
    },
    reasons: { zh: '处理说明（双方可见）', en: 'Reasons (both sides read them)' },
    reasonsGiven: (reasons: string) => ({ zh: `处理说明：${reasons}`, en: `Reasons: ${reasons}` }),
    reasonsTooShort: { zh: '请填写至少 5 个字', en: 'At least 5 characters' },
    open: { zh: '提交申诉', en: 'Contest' },
    openTitle: { zh: '域名或证件被其他账号占用', en: 'Another account holds the domain or certificate' },
    openLead: {
      zh: '请说明您是该域名或证件的合法所有者的依据，不要填写证件号码等个人信息。运营人员核实后会通知您。',
      en: 'Say why the domain or certificate is yours; leave out certificate numbers and other personal information. You are notified of the decision.',
    },
    statementTooShort: { zh: '请填写至少 10 个字', en: 'At least 10 characters' },
    opened: { zh: '申诉已提交，请等待运营人员处理', en: 'Sent; an operator will decide' },
  },
} satisfies Words;

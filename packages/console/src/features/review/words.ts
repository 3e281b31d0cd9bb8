import type { Words } from '../../language/words.ts';

export const reviewWords = {
  review: {
    title: { zh: '待审订单', en: 'Review queue' },
    lead: { zh: '期限最近的排在最前。', en: 'Nearest deadline first.' },
    empty: { zh: '没有等待初审的订单', en: 'Nothing waits for review' },
    emptyHint: { zh: '客户提交后会出现在这里。', en: 'Filings appear here when customers submit them.' },
    pageTitle: { zh: '初审', en: 'Review' },
    open: { zh: '审核', en: 'Review' },
    resourceCheck: { zh: '云资源核查', en: 'Resource' },
    resourceByCode: { zh: '经授权码使用他人的云资源', en: 'Another account’s resource, through a filing code' },
    preCheck: { zh: '系统检查', en: 'System check' },
    preCheckFine: { zh: '系统检查未发现问题。', en: 'The system check found nothing.' },
    opinion: { zh: '审核意见', en: 'Your opinion' },
    opinionEmpty: {
      zh: '在左侧栏目旁点“退回此项”，逐项写明退回原因；没有问题则直接通过。',
      en: 'Use “Return this” beside a field and give a reason for each. If nothing is wrong, pass it.',
    },
    flag: { zh: '退回此项', en: 'Return this' },
    flagWhole: { zh: '退回整份订单', en: 'Return as a whole' },
    flagTitle: { zh: '退回原因', en: 'Reason for returning' },
    reason: { zh: '原因', en: 'Reason' },
    reasonRequired: { zh: '请选择一条原因', en: 'Choose a reason' },
    remedyShown: { zh: '客户将看到的改法', en: 'What the customer is told to do' },
    comment: { zh: '补充说明', en: 'Comment' },
    commentPlaceholder: {
      zh: '写给客户看，例如指出与证件不一致之处',
      en: 'For the customer, e.g. where it differs from the certificate',
    },
    add: { zh: '加入审核意见', en: 'Add to the opinion' },
    remove: { zh: '移除', en: 'Remove' },
    pass: { zh: '通过', en: 'Pass' },
    passTitle: { zh: '通过初审？', en: 'Pass the review?' },
    passLead: {
      zh: '订单将报送管局，客户会收到短信核验。',
      en: 'The filing goes to the authority, and the customer gets its SMS verification.',
    },
    passBlocked: {
      zh: '已写有退回意见，请先移除再通过。',
      en: 'There are reasons for returning. Remove them before passing.',
    },
    return: (count: number) => ({ zh: `退回（${count} 项）`, en: `Return (${count})` }),
    returnNone: { zh: '退回', en: 'Return' },
    passed: { zh: '已通过初审', en: 'Passed' },
    returned: { zh: '已退回客户', en: 'Returned to the customer' },
  },
} satisfies Words;

import type { Words } from '../../language/words.ts';

export const reviewWords = {
  review: {
    title: { zh: '待审订单', en: 'Review queue' },
    lead: { zh: '按处理期限排序。', en: 'Sorted by due date.' },
    empty: { zh: '暂无待审订单', en: 'No filings to review' },
    emptyHint: { zh: '客户提交后显示在这里。', en: 'Filings appear here when customers submit them.' },
    pageTitle: { zh: '初审', en: 'Review' },
    open: { zh: '审核', en: 'Review' },
    resourceCheck: { zh: '云资源核查', en: 'Resource' },
    resourceByCode: { zh: '通过授权码使用其他账号的云资源', en: 'Another account’s resource, through a filing code' },
    preCheck: { zh: '系统检查', en: 'System check' },
    preCheckFine: { zh: '系统检查未发现问题。', en: 'The system check found no issues.' },
    opinion: { zh: '初审意见', en: 'Decision' },
    opinionEmpty: {
      zh: '点击字段旁的“驳回该项”填写驳回原因；没有问题请点击“通过”。',
      en: 'Use “Reject this” beside a field and give a reason. If there are no issues, approve the filing.',
    },
    flag: { zh: '驳回该项', en: 'Reject this' },
    flagWhole: { zh: '驳回订单', en: 'Reject filing' },
    flagTitle: { zh: '驳回原因', en: 'Reason for rejection' },
    reason: { zh: '原因', en: 'Reason' },
    reasonRequired: { zh: '请选择原因', en: 'Choose a reason' },
    remedyShown: { zh: '客户看到的处理办法', en: 'Instructions the customer sees' },
    comment: { zh: '补充说明', en: 'Comment' },
    commentPlaceholder: {
      zh: '客户可见，例如指出与证件不一致之处',
      en: 'Visible to the customer, e.g. where it differs from the certificate',
    },
    add: { zh: '添加驳回原因', en: 'Add reason' },
    remove: { zh: '移除', en: 'Remove' },
    pass: { zh: '通过', en: 'Approve' },
    passTitle: { zh: '确定通过初审？', en: 'Approve this filing?' },
    passLead: {
      zh: '订单将提交管局，客户将收到核验短信。',
      en: 'The filing is sent to the authority, and the customer receives a verification SMS.',
    },
    passBlocked: {
      zh: '已添加驳回原因，请先移除再通过。',
      en: 'Remove the reasons for rejection before you approve.',
    },
    return: (count: number) => ({ zh: `驳回（${count} 项）`, en: `Reject (${count})` }),
    returnNone: { zh: '驳回', en: 'Reject' },
    passed: { zh: '已通过初审', en: 'Approved' },
    returned: { zh: '已驳回，待客户修改', en: 'Rejected; the customer can correct it' },
  },
} satisfies Words;

import type { Words } from '../../language/words.ts';

export const handEntryWords = {
  hand: {
    open: { zh: '录入管局系统', en: 'Enter at the authority' },
    title: { zh: '管局录入表', en: 'Entry sheet' },
    lead: {
      zh: '按管局录入表的顺序列出。在管局系统中录入后，回到本页填写结果。',
      en: 'In the order of the authority’s own form. Enter the filing there, then enter its results here.',
    },
    show: { zh: '显示录入内容', en: 'Show what to enter' },
    showLead: {
      zh: '录入内容包含未脱敏的个人信息：须先认领订单，每次查看记入审计并计入本班次的次数。',
      en: 'The sheet holds personal data in full: claim the filing first. Each look is written into the audit and counted in your shift.',
    },
    field: { zh: '栏目', en: 'Field' },
    value: { zh: '内容', en: 'Value' },
    code: { zh: '编号', en: 'Number' },
    codeHint: {
      zh: '编号为管局码表中的值；内容、语言、接入方式、服务器放置地等多选项为各项之和。',
      en: 'Numbers are those of the authority’s tables; of several choices (contents, languages, access, places) their sum.',
    },
    print: { zh: '打印', en: 'Print' },
    zip: { zh: '下载录入包（含图片）', en: 'Download ZIP with pictures' },
    csv: { zh: '下载 CSV', en: 'Download CSV' },
    result: { zh: '录入管局结果', en: 'Enter the result' },
    resultLead: {
      zh: '以管局系统中显示的为准。录入后立即生效：通过的备案号写入备案记录，网关随即放行。',
      en: 'As the authority’s system shows it. It takes effect at once: an approval goes on record, and the gate lets the name through.',
    },
    kind: { zh: '结果', en: 'Result' },
    kinds: {
      sms_requested: { zh: '已发送短信核验', en: 'SMS sent' },
      sms_progress: { zh: '短信核验进展（个人）', en: 'News of one person’s SMS' },
      sms_confirmed: { zh: '短信核验完成', en: 'SMS confirmed' },
      sms_failed: { zh: '短信核验未完成', en: 'SMS not confirmed' },
      approved: { zh: '审核通过', en: 'Approved' },
      rejected: { zh: '审核驳回', en: 'Rejected' },
    },
    smsPeople: { zh: '人员', en: 'Person' },
    smsState: { zh: '状态', en: 'State' },
    smsCode: { zh: '核验页面的提示', en: 'What the page says' },
    smsResends: { zh: '已重发次数', en: 'Sent again so far' },
    smsHours: { zh: '核验时限（小时）', en: 'Hours to confirm it' },
    cause: { zh: '原因', en: 'Why' },
    causes: {
      timed_out: { zh: '超过时限', en: 'Not in time' },
      too_many_attempts: { zh: '多次输入错误', en: 'Mistyped too often' },
    },
    subjectNumber: { zh: '主体备案号', en: 'Organiser’s ICP number' },
    serviceNumber: { zh: '网站或 APP 备案号', en: 'ICP number (site or app)' },
    reasonField: { zh: '涉及栏目', en: 'Field' },
    wholeFiling: { zh: '整个订单', en: 'The whole filing' },
    reason: { zh: '驳回原因', en: 'Reason' },
    addReason: { zh: '再加一条', en: 'Another reason' },
    removeReason: { zh: '删除', en: 'Remove' },
    entered: { zh: '已录入', en: 'Entered' },
  },
} as const satisfies Words;

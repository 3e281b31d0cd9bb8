import type { Words } from '../../language/words.ts';

export const verificationWords = {
  verification: {
    title: { zh: '身份核验', en: 'Identity verification' },
    optional: {
      zh: '本接入商不要求核验，未核验也可以提交。',
      en: 'This provider does not require it: the filing can be submitted without it.',
    },
    byReviewer: {
      zh: '由审核员核验，不影响提交。',
      en: 'A reviewer verifies this person; the filing can be submitted.',
    },
    start: { zh: '开始核验', en: 'Start verification' },
    newLink: { zh: '重新获取链接', en: 'Get a new link' },
    again: { zh: '重新核验', en: 'Verify again' },
    other: { zh: '改用核验单或现场核验', en: 'Use a sheet or an appointment' },
    electronic: { zh: '改用手机核验', en: 'Use a telephone' },
    link: { zh: '打开核验链接', en: 'Open the link' },
    linkLead: (until: string) => ({
      zh: `请将链接发给本人，在 ${until} 前用手机打开并完成核验。结果返回后此处自动更新。`,
      en: `Send the link to the person, who opens it on a telephone by ${until}. The result appears here by itself.`,
    }),
    copyLink: { zh: '复制链接', en: 'Copy link' },
    validUntil: (until: string, days: number) => ({
      zh: `有效至 ${until}（${days} 天）`,
      en: `valid until ${until} (${days} days)`,
    }),
    submitBefore: { zh: '请在有效期内提交。', en: 'Submit while it is valid.' },
    startsLeft: (count: number) => ({
      zh: `今天还可获取 ${count} 次链接`,
      en: `${count} more links today`,
    }),
    upload: { zh: '上传核验单', en: 'Upload the sheet' },
    seenAt: (at: string) => ({ zh: `核验时间 ${at}`, en: `Verified on ${at}` }),
    comment: (text: string) => ({ zh: `审核员说明：${text}`, en: `Reviewer’s comment: ${text}` }),
    decide: { zh: '核验该负责人', en: 'Verify this person' },
    decideLead: {
      zh: '请对照证件图片、核验单和填报信息后决定。决定记入审计。',
      en: 'Compare the pictures of the certificate, the sheet and the data first. The decision is logged.',
    },
    way: { zh: '核验依据', en: 'By' },
    ways: {
      sheet: { zh: '核验单与图片', en: 'Sheet and pictures' },
      in_person: { zh: '现场见到本人', en: 'Seen in person' },
    },
    outcome: { zh: '结果', en: 'Result' },
    outcomes: {
      passed: { zh: '核验通过', en: 'Verified' },
      failed: { zh: '未通过', en: 'Not verified' },
    },
    reason: { zh: '未通过原因', en: 'Reason' },
    reasonRequired: { zh: '请选择原因', en: 'Choose a reason' },
    commentField: { zh: '说明（客户可见）', en: 'Comment (visible to the customer)' },
    decideAgain: { zh: '重新核验该负责人', en: 'Verify this person again' },
    atReviewer: { zh: '审核员尚未核验。', en: 'A reviewer has not verified this person yet.' },
    save: { zh: '保存核验结果', en: 'Save' },
    saved: { zh: '已保存核验结果', en: 'Saved' },
  },
} satisfies Words;

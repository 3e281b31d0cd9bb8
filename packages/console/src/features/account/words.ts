import type { Words } from '../../language/words.ts';

export const accountWords = {
  account: {
    title: { zh: '账号', en: 'Accounts' },
    lead: { zh: '客户账号及其实名类型。', en: 'Customer accounts and their real-name verification type.' },
    name: { zh: '名称', en: 'Name' },
    realName: { zh: '实名类型', en: 'Verification type' },
    agency: { zh: '为其他主体备案', en: 'Files for others' },
    agencyYes: { zh: '允许', en: 'Allowed' },
    agencyNo: { zh: '仅为自己', en: 'Itself only' },
    allowAgency: { zh: '允许代办', en: 'Allow' },
    allowAgencyTitle: (name: string) => ({
      zh: `允许“${name}”为其他主体备案？`,
      en: `Let “${name}” file for other organisers?`,
    }),
    allowAgencyLead: {
      zh: '为其他主体备案时，客户须上传该主体的委托书，审核员可以看到。',
      en: 'For each other organiser the customer uploads its letter of agency, which reviewers see.',
    },
    endAgency: { zh: '取消代办', en: 'Forbid' },
    endAgencyTitle: (name: string) => ({
      zh: `不再允许“${name}”为其他主体备案？`,
      en: `No longer let “${name}” file for other organisers?`,
    }),
    endAgencyLead: {
      zh: '已提交的订单照常办理；尚未提交的草稿，主办单位不是本账号主体的，将不能提交。已备案的主体不受影响。',
      en: 'Filings already submitted go on. Drafts for other organisers can no longer be submitted. Organisers on record are not affected.',
    },
    empty: { zh: '暂无账号', en: 'No accounts yet' },
    emptyHint: { zh: '导入资源后，账号会显示在这里。', en: 'Accounts appear here after you import resources.' },
    filter: { zh: '按编号或名称搜索', en: 'Search by ID or name' },
  },
} satisfies Words;

/**
 * Result codes (Jgdm) that the simulator gives, with its own words for people; meanings from docs/sources.md `ISP-V3`.
 * The authority speaks Chinese; the English is for the simulator's pages.
 */
export const resultCodes = {
  '1003': {
    zh: '该主办者已有备案主体，不能再次首次备案',
    en: 'This organiser is filed already; a first filing is not possible',
  },
  '1004': { zh: '域名格式不正确', en: 'The domain name is malformed' },
  '1005': { zh: '域名冲突：该域名已有备案', en: 'Domain conflict: the domain is already filed' },
  '1006': { zh: 'IP 地址格式不正确', en: 'An IP address is malformed' },
  '1008': { zh: '证件号码与备案库中的主体不一致', en: 'The certificate differs from the one on record' },
  '1009': { zh: '电子邮箱格式不正确', en: 'The e-mail address is malformed' },
  '1011': { zh: '手机号码格式不正确', en: 'The mobile number is malformed' },
  '1015': { zh: '证件号码不正确', en: 'The certificate number is not a valid one' },
  '1016': { zh: '备案库中没有该备案信息', en: 'There is no such record in the database' },
  '1019': { zh: '备案地域代码不存在', en: 'There is no such region' },
  '1020': { zh: '网站名称冲突：已被其他主体使用', en: 'Site-name conflict: another subject holds it' },
  '1029': { zh: '该接入信息已存在，不能重复新增接入', en: 'This access exists already' },
  '1041': { zh: '首页网址必须包含所备案的域名', en: 'The home page address must contain the domain name' },
  '1045': { zh: '该主体由其他省管局管理，请向其备案所在省提交', en: 'Another province’s authority keeps this subject' },
  '1064': { zh: '域名在黑名单中', en: 'The domain name is blacklisted' },
  '1065': { zh: '主体在黑名单中', en: 'The subject is blacklisted' },
} as const satisfies Record<string, { zh: string; en: string }>;

export type ResultCode = keyof typeof resultCodes;

/** What a rule is about, in the order in which people prepare a filing. */
export const topicNames = {
  subject: { zh: '主体资格与证照', en: 'Organiser and its certificate' },
  principal: { zh: '负责人', en: 'People in charge' },
  age: { zh: '年龄', en: 'Age' },
  identity: { zh: '身份证件与居住证明', en: 'Identity and residence' },
  phone: { zh: '电话', en: 'Phone numbers' },
  address: { zh: '地址', en: 'Addresses' },
  domain: { zh: '域名', en: 'Domain' },
  site_name: { zh: '网站名称', en: 'Site name' },
  content: { zh: '服务内容', en: 'Content' },
  pre_approval: { zh: '前置审批', en: 'Pre-approval' },
  material: { zh: '材料', en: 'Materials' },
  remark: { zh: '备注', en: 'Remark' },
  count: { zh: '数量', en: 'Numbers of sites and domains' },
  open: { zh: '网站开通与关闭', en: 'Open and closed sites' },
  record: { zh: '与已备案信息一致', en: 'Data on record' },
  change: { zh: '变更', en: 'Changes' },
  resource: { zh: '云资源', en: 'Cloud resource' },
  waiting: { zh: '审核时间', en: 'Waiting time' },
  general: { zh: '其他', en: 'Other' },
} as const satisfies Record<string, { readonly zh: string; readonly en: string }>;

export type RuleTopic = keyof typeof topicNames;
/** `Object.keys` forgets which keys there are. */
export const ruleTopics = Object.keys(topicNames) as [RuleTopic];

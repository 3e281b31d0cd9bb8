/** What a filing can be started on, by name; `unmetBy` evaluates them. */
export const preconditionTexts = {
  subject_unfiled: { zh: '主体没有备案', en: 'the organiser has no filing' },
  subject_filed: { zh: '主体已有备案', en: 'the organiser has a filing' },
  subject_here: { zh: '主体备案在本接入商、本账号', en: 'the organiser is filed here, in this account' },
  service_unfiled: { zh: '域名或 APP 没有备案', en: 'the domain or app has no record' },
  service_filed: { zh: '域名或 APP 已有备案，且属于该主体', en: 'the domain or app is on record for the organiser' },
  service_here: { zh: '该备案由本接入商接入，在本账号', en: 'the record is accessed here, in this account' },
  service_not_here: { zh: '该备案不由本接入商接入', en: 'the record is not accessed here' },
  unaltered: { zh: '主体的证件和性质没有变化', en: 'certificate and nature of the organiser are as on record' },
  not_last_service: {
    zh: '主体还有其他已备案的服务（最后一个请注销主体）',
    en: 'the organiser has another service on record (the last one goes with the organiser)',
  },
  demanded: { zh: '有尚未完成的核查要求', en: 'a correction is demanded and not yet made' },
  target_ready: {
    zh: '目标账号已按同一主体实名，没有备案和进行中的订单',
    en: 'the target account is verified for the organiser and has neither records nor open filings',
  },
  nothing_open: { zh: '主体没有进行中的订单', en: 'the organiser has no open filing' },
} as const;
export type Precondition = keyof typeof preconditionTexts;

/** What is handed in; which page or picture each is, is decided by whoever takes uploads. */
export const materialNames = {
  subject_certificate: { zh: '主体证件', en: 'The organiser’s certificate' },
  legal_representative_id: {
    zh: '法定代表人身份证件（正反面）',
    en: 'Identity document of the legal representative, both sides',
  },
  subject_principal_id: {
    zh: '主体负责人身份证件（正反面）',
    en: 'Identity document of the organiser’s principal, both sides',
  },
  service_principal_id: {
    zh: '服务负责人身份证件（正反面）',
    en: 'Identity document of the service’s principal, both sides',
  },
  principal_letter: { zh: '负责人授权书', en: 'Letter of authorisation for the principal' },
  agency_letter: { zh: '主办单位委托书', en: 'Letter of agency from the organiser' },
  residence_proof: { zh: '居住证明', en: 'Proof of residence' },
  domain_certificate: { zh: '域名证书', en: 'Domain certificate' },
  pledge: { zh: '互联网信息服务备案承诺书', en: 'Pledge of the filing' },
  verification: { zh: '真实性核验', en: 'Verification of identity' },
  pre_approval: { zh: '前置审批文件', en: 'Pre-approval documents' },
  construction_plan: { zh: '网站建设方案书', en: 'Construction plan' },
  app_icon: { zh: 'APP 图标', en: 'Icon of the app' },
  change_proof: { zh: '更名或变更证明', en: 'Proof of the change of name or registration' },
  changed_materials: { zh: '与更正内容有关的材料', en: 'Documents about what is corrected' },
} as const;
export type MaterialKey = keyof typeof materialNames;
/** Object.keys forgets which keys there are. */
export const materialKeys = Object.keys(materialNames) as readonly MaterialKey[];

/** When a material is asked for. */
export const materialWhenTexts = {
  always: { zh: '必交', en: 'always' },
  if_new_principal: { zh: '负责人有变化或未备案过时', en: 'if the principal is another or new' },
  if_not_legal_representative: { zh: '负责人不是法定代表人时', en: 'if the principal is not the legal representative' },
  if_for_other: { zh: '账号为其他主体备案时', en: 'if the account files for another organiser' },
  if_province_asks: { zh: '所在省要求时', en: 'if the province asks for it' },
  if_declared: { zh: '所填内容涉及时', en: 'if what is declared calls for it' },
} as const;

/** Whose phone confirms. */
export const smsTexts = {
  subject_principal: { zh: '主体负责人', en: 'the organiser’s principal' },
  service_principal: { zh: '服务负责人', en: 'the service’s principal' },
} as const;

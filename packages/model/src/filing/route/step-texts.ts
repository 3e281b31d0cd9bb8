/** Everything that there is to do on the way to a filing. */
export const routeStepTexts = {
  register_real_name: {
    zh: '确认域名已完成实名认证，持有者与备案主体一致。',
    en: 'Make sure that the name’s real-name registration is done and its holder is the organiser.',
  },
  end_foreign_record: {
    zh: '请原主办者注销该域名的备案，或凭域名证书向备案所在省管局申请注销，查询不到后再提交。',
    en: 'Have the other organiser cancel its record, or ask the authority of its province with your domain certificate; go on when the public query no longer shows it.',
  },
  choose_resource: {
    zh: '准备一个符合备案条件的云资源，或取得一个备案授权码。',
    en: 'Have a resource that meets the conditions, or a filing code.',
  },
  check_standing_record: {
    zh: '核对已备案的信息和网站仍符合要求，管局会一并复查。',
    en: 'See that what is filed already is still right: the authority looks at it again.',
  },
  match_standing_record: {
    zh: '按现有备案填写主体和网站信息，接入备案不能改动原有信息。',
    en: 'Give subject and site exactly as they are on record: an access filing may not change them.',
  },
  fill_form: { zh: '填写备案信息，提交前先看检查结果。', en: 'Fill in the form and fix what the pre-check finds.' },
  keep_closed: {
    zh: '取得备案号之前，网站不要开通访问。',
    en: 'Keep the site closed until the number is there.',
  },
  provider_review: {
    zh: '等待接入商初审，一般 1 至 2 个工作日。',
    en: 'The provider reviews it, usually in 1 to 2 working days.',
  },
  open_after_review: {
    zh: '初审通过后网站即可在本接入商访问，不必等管局审核完成。',
    en: 'Once the review has passed, the site may be served here; the authority’s verdict need not be awaited.',
  },
  confirm_sms: {
    zh: '收到核验短信后 24 小时内完成短信核验，逾期会被退回。',
    en: 'Confirm the SMS verification within 24 hours, or the filing is returned.',
  },
  authority_review: {
    zh: '等待管局审核，最长 20 个工作日。',
    en: 'The authority decides within 20 working days.',
  },
  show_number: {
    zh: '在网站首页底部显示备案号并链接到工信部备案网站；开通后 30 日内办理公安备案。',
    en: 'Show the number at the foot of the home page with a link to the ministry’s site, and make the public-security filing within 30 days of opening.',
  },
  confirm_identity: {
    zh: '用负责人手机完成验证，确认本次操作。',
    en: 'Confirm the operation with the phone of the person in charge.',
  },
  point_away: {
    zh: '先把域名解析移出本接入商。',
    en: 'First point the name away from this provider.',
  },
  name_target_account: {
    zh: '填写目标账号；目标账号须为同一实名主体、没有备案和进行中的订单。',
    en: 'Name the target account: of the same real-name organiser, without a filing or open order of its own.',
  },
  apply_at_host: {
    zh: '到放置网站的接入商提交备案。',
    en: 'Apply with the provider that hosts the site.',
  },
} as const;

export type RouteStepAction = keyof typeof routeStepTexts;

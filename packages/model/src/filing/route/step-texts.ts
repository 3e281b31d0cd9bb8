/** Every step that a route can list. */
const routeStepTexts = {
  register_real_name: {
    zh: '确认域名已完成实名认证，且域名持有者与备案主体一致。',
    en: 'Make sure that the domain’s real-name verification is complete and that the organiser is its holder.',
  },
  end_foreign_record: {
    zh: '请原主办者注销该域名的备案，或凭域名证书向备案所在省的管局申请注销；公共查询中不再显示该备案后再提交。',
    en: 'Ask the other organiser to cancel its record, or apply to the authority of its province with your domain certificate. Continue when the public query no longer shows the record.',
  },
  choose_resource: {
    zh: '准备一个符合备案条件的云资源，或取得一个备案授权码。',
    en: 'Have an eligible resource or a filing code ready.',
  },
  check_standing_record: {
    zh: '核对已备案的信息和网站是否仍符合要求，管局会一并复查。',
    en: 'Check that the existing record and site are still correct: the authority reviews them too.',
  },
  match_standing_record: {
    zh: '按现有备案如实填写主体和网站信息，须与原备案一致。',
    en: 'Enter the details of the organiser and the site exactly as they are on record.',
  },
  fill_form: {
    zh: '填写备案信息，提交前按系统检查的提示修改。',
    en: 'Enter the filing details and fix the issues that the system check finds.',
  },
  keep_closed: {
    zh: '取得备案号之前，请勿开通网站访问。',
    en: 'Keep the site offline until the filing number is issued.',
  },
  provider_review: {
    zh: '等待接入商初审，一般 1 至 2 个工作日。',
    en: 'Wait for the provider’s review, usually 1 to 2 working days.',
  },
  open_after_review: {
    zh: '初审通过后网站即可在本接入商访问，不必等管局审核完成。',
    en: 'The site can go live with this provider when it has passed the provider’s review, before the authority’s decision.',
  },
  confirm_sms: {
    zh: '收到核验短信后 24 小时内完成短信核验，逾期会被退回。',
    en: 'Confirm the SMS verification within 24 hours, or the filing is returned.',
  },
  authority_review: {
    zh: '等待管局审核，最长 20 个工作日。',
    en: 'Wait for the authority’s review, up to 20 working days.',
  },
  show_number: {
    zh: '在网站首页底部标明备案号，并链接至 beian.miit.gov.cn；开通后 30 日内办理公安备案。',
    en: 'Show the filing number in the footer of the home page with a link to beian.miit.gov.cn, and complete the public-security filing within 30 days after the site goes live.',
  },
  confirm_identity: {
    zh: '使用负责人手机号完成验证，确认本次操作。',
    en: 'Confirm the operation with the mobile phone of the person in charge.',
  },
  point_away: {
    zh: '先将域名解析移出本接入商。',
    en: 'First change the domain’s DNS so that it no longer points to this provider.',
  },
  name_target_account: {
    zh: '填写目标账号；目标账号的实名信息须与备案主体一致，且没有备案和进行中的订单。',
    en: 'Enter the target account. It must be verified for the same organiser and have no record and no filing in progress.',
  },
  confirm_by_other_account: {
    zh: '由另一方账号确认：双方都须填写主体的证件号码，任何一方都可以拒绝。',
    en: 'The other account confirms. Both sides enter the organiser’s certificate number, and either may refuse.',
  },
  read_demand: {
    zh: '查看核查要求，只修改被指出的内容。',
    en: 'Read what is demanded and correct only that.',
  },
  apply_at_access_provider: {
    zh: '到该备案现有的接入商办理。',
    en: 'Do this with the provider that accesses the record now.',
  },
  sign_in_there: {
    zh: '或者登录备案所在的账号办理。',
    en: 'Or sign in with the account that has the record, and do it there.',
  },
  then_open: {
    zh: '变更完成、公共查询显示新信息后，再办理开通网站所需的备案。',
    en: 'When the change is complete and the public query shows it, make the filing that opening the site needs.',
  },
  apply_at_host: {
    zh: '到网站所在的接入商提交备案。',
    en: 'Submit the filing with the provider that hosts the site.',
  },
} as const;

export type RouteStepAction = keyof typeof routeStepTexts;

/** Where an app does something else than a site: it is offered rather than opened, and has no home page. */
const appStepTexts: Partial<Record<RouteStepAction, { readonly zh: string; readonly en: string }>> = {
  match_standing_record: {
    zh: '按现有备案如实填写主体和 APP 信息，须与原备案一致。',
    en: 'Enter the details of the organiser and the app exactly as they are on record.',
  },
  check_standing_record: {
    zh: '核对已备案的信息和 APP 是否仍符合要求，管局会一并复查。',
    en: 'Check that the existing record and app are still correct: the authority reviews them too.',
  },
  keep_closed: {
    zh: '取得备案号之前，请勿上架或提供下载。',
    en: 'Do not offer the app for download until the filing number is issued.',
  },
  open_after_review: {
    zh: '初审通过后 APP 即可使用本接入商的云资源，不必等管局审核完成。',
    en: 'The app may use this provider’s resources when it has passed the provider’s review, before the authority’s decision.',
  },
  show_number: {
    zh: '在 APP 的显著位置标明备案号，并链接至 beian.miit.gov.cn；上线后 30 日内办理公安备案。',
    en: 'Show the filing number in a prominent place of the app with a link to beian.miit.gov.cn, and complete the public-security filing within 30 days after it goes live.',
  },
};

/** What a step says, of a site or of an app. */
export const routeStepText = (action: RouteStepAction, isApp: boolean): { readonly zh: string; readonly en: string } =>
  (isApp ? appStepTexts[action] : undefined) ?? routeStepTexts[action];

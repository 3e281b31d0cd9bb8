import type { ReasonWording } from './reason-wording.ts';

const serverless = 'tencent-serverless-filing';
const cloudRun = 'tencent-run-filing';
const otherClouds = 'other-clouds-filing-kinds';
const tencentFiling = 'tencent-filing-kinds';

/** Reasons that are about what is on record, and where. */
export const recordReasons = {
  'route.filed_here': {
    source: serverless,
    zh: ({ provider }) => `该域名已由同一账号在 ${provider} 备案；备案与接入商关联，与具体产品无关，直接绑定即可。`,
    en: ({ provider }) =>
      `The same account has filed this domain with ${provider} already. A filing belongs to the provider, not to a product: just bind the domain.`,
  },
  'route.filed_here_other_account': {
    source: serverless,
    zh: ({ provider }) => `该域名已在 ${provider} 备案，但备案在另一个账号下；无需重新备案，将备案迁移到本账号即可。`,
    en: ({ provider }) =>
      `The domain is filed with ${provider} under another account. No new filing is needed: move the filing to this account.`,
  },
  'route.in_other_account': {
    source: tencentFiling,
    zh: () => '该备案在另一个账号下，本账号不能变更或注销：请登录该账号办理，或先将备案迁移到本账号。',
    en: () =>
      'The record is in another account, so this account cannot change or cancel it: sign in with that account, or move the record to this account first.',
  },
  'route.subject_is_here': {
    source: 'openbeian',
    zh: ({ provider }) =>
      `该备案由 ${provider} 接入，因此按主办者也已在 ${provider} 备案判断；如果这是其他主办者的备案，请写明 record.ofOtherSubject: true。`,
    en: ({ provider }) =>
      `${provider} accesses this record, so the organiser was taken as filed with ${provider} too. If the record is another organiser’s, set record.ofOtherSubject: true.`,
  },
  'route.filed_elsewhere': {
    source: serverless,
    zh: ({ provider }) => `该域名已有备案号，但接入商不是 ${provider}；号码不变，需要办理接入备案。`,
    en: ({ provider }) =>
      `The domain has a number, but not with ${provider} as access provider. The number stays; an access filing is needed.`,
  },
  'route.record_taken_as_own': {
    source: otherClouds,
    zh: () => '以上按该备案属于您的主体判断；如果域名是买来的、备案仍是原持有人的，须先注销原备案，再新增网站。',
    en: () =>
      'This holds if the record is your organiser’s own. If you bought the domain and the record is still the former owner’s, that record must be cancelled first; then add the site.',
  },
  'route.record_of_other_subject': {
    source: otherClouds,
    zh: () => '该域名有备案，而您的主体没有备案：这条备案属于其他主办者，须先注销，再以您的主体首次备案。',
    en: () =>
      'The domain is on record while you have no filing: the record is another organiser’s. It must be cancelled first; then yours is a first filing.',
  },
  'route.record_of_former_owner': {
    source: otherClouds,
    zh: () =>
      '该域名现有的备案属于其他主办者（例如域名的原持有人），不能接入或变更：须先由原主办者注销，或凭域名证书向管局申请注销，之后以您的主体新增网站，取得新的备案号。',
    en: () =>
      'The record of this domain is another organiser’s, such as the former owner’s: it cannot be accessed or changed by you. It must be cancelled first, by that organiser or by the authority on the strength of your domain certificate; then you add the site and get a number of your own.',
  },
  'route.not_own_record': {
    source: otherClouds,
    zh: () => '该备案属于其他主办者，不能由您变更、迁移或取消接入；如需使用该域名，须先注销原备案。',
    en: () =>
      'The record is another organiser’s: you cannot change or move it, or cancel its access. To use the domain, that record must be cancelled first.',
  },
  'route.never_filed': {
    source: cloudRun,
    zh: () => '主办者和域名都没有备案过，需要首次备案。',
    en: () => 'Neither the organiser nor the domain has been filed: a first filing is needed.',
  },
  'route.subject_here': {
    source: cloudRun,
    zh: () => '主办者已在本接入商备案，新域名需要新增网站。',
    en: () => 'The organiser is filed with this provider: add the new domain as a site.',
  },
  'route.subject_elsewhere': {
    source: cloudRun,
    zh: ({ provider }) =>
      `主办者在其他接入商备案过，新域名使用 ${provider} 的云资源，需要新增网站（原备案不在本接入商）。`,
    en: ({ provider }) =>
      `The organiser is filed with another provider; the new domain is added as a site with ${provider}.`,
  },
  'route.certificate_changed': {
    source: 'ALI19-REJECT',
    zh: () =>
      '主体的证件或证件号码与备案不一致（如已换发新证件）：须先变更备案，再办理其他备案，否则会因主体信息不符被驳回。',
    en: () =>
      'The organiser’s certificate or its number is not the one on record, for example because a new one was issued: change the record first. Any other filing would be returned because the organiser does not match.',
  },
  'route.nature_changed': {
    source: otherClouds,
    zh: () =>
      '主体性质已变化（如个人转为企业）：能否直接变更主体由主办者所在省的管局规定，多数省要求本人是该单位的法定代表人；不允许变更的，须先注销原主体的备案，再以新主体首次备案。',
    en: () =>
      'The organiser’s nature has changed, for example from an individual to a company. Whether the record can be changed depends on the province; most require the individual to be the company’s legal representative. Where it cannot, cancel the old organiser’s filing and make a first filing for the new one.',
  },
  'route.no_record': {
    source: tencentFiling,
    zh: () => '该域名没有备案，没有可变更、迁移或注销的内容。',
    en: () => 'This domain has no record: there is nothing to change, move or cancel.',
  },
  'route.no_subject': {
    source: tencentFiling,
    zh: () => '主办者没有备案，没有可变更或注销的内容。',
    en: () => 'The organiser has no filing: there is nothing to change or cancel.',
  },
  'route.not_accessed_here': {
    source: tencentFiling,
    zh: ({ provider }) => `该备案目前没有由 ${provider} 接入：请在现有的接入商办理，或先在 ${provider} 办理接入备案。`,
    en: ({ provider }) =>
      `${provider} is not an access provider of this record now: do this at the one that is, or make an access filing with ${provider} first.`,
  },
  'route.subject_not_here': {
    source: tencentFiling,
    zh: ({ provider }) => `主体的备案目前不在 ${provider}：须在现有的接入商办理。`,
    en: ({ provider }) => `The organiser is not filed with ${provider}: do this with its present provider.`,
  },
  'route.no_access_here': {
    source: tencentFiling,
    zh: ({ provider }) => `${provider} 目前不是该备案的接入商，没有可取消的接入或可迁移的备案。`,
    en: ({ provider }) =>
      `${provider} is not an access provider of this record now: there is no access to cancel and no record to move.`,
  },
  'route.change_filing': {
    source: cloudRun,
    zh: () => '主体信息有变化，需要变更备案；期间网站可以继续访问。',
    en: () => 'The organiser’s details have changed: a change filing is needed. The site can stay online meanwhile.',
  },
  'route.change_site': {
    source: cloudRun,
    zh: () => '网站信息或所用的云资源有变化，需要变更网站；期间网站可以继续访问。',
    en: () =>
      'The site’s details or the cloud resource behind it changed: a change of the site is needed. It stays online meanwhile.',
  },
  'route.cancel_subject': {
    source: cloudRun,
    zh: () => '注销主体会同时注销其下全部网站，注销后不可恢复，只能重新备案。',
    en: () =>
      'Cancelling the organiser’s filing also cancels all of its sites. This cannot be undone; a new filing would be needed.',
  },
  'route.cancel_site': {
    source: cloudRun,
    zh: () => '注销网站只结束这一个网站的备案号，主体和其他网站不受影响，注销后不可恢复。',
    en: () =>
      'Only this site’s filing number is cancelled; the organiser and its other sites are not affected. This cannot be undone.',
  },
  'route.cancel_access': {
    source: cloudRun,
    zh: () => '网站不再指向本接入商时取消接入，备案号保留；长期没有接入商的备案会被管局注销。',
    en: () =>
      'When the site no longer points to this provider, cancel its access. The number stays, but the authority cancels numbers that stay without a provider.',
  },
  'route.move_account': {
    source: tencentFiling,
    zh: () => '在同一接入商的账号之间迁移备案，只换管理账号，不经管局审核。',
    en: () =>
      'Moving a filing between accounts of one provider only changes who manages it; the authority is not involved.',
  },
} as const satisfies Record<string, ReasonWording>;

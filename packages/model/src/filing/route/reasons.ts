interface Texts {
  readonly zh: string;
  readonly en: string;
}

/** Why a case needs the filing it needs. */
export interface RouteReason {
  readonly code: RouteReasonCode;
  readonly message: Texts;
  /** Label in docs/sources.md. */
  readonly source: string;
}

const serverless = 'tencent-serverless-filing';
const cloudRun = 'tencent-run-filing';
const otherClouds = 'other-clouds-filing-kinds';
const tencentFiling = 'tencent-filing-kinds';

const reasons = {
  'route.no_site': {
    source: serverless,
    zh: () => '只注册了域名、没有开办网站，不需要备案；但域名仍须完成实名认证。',
    en: () =>
      'The name is registered but serves no site: no filing is needed. The name still needs its real-name registration.',
  },
  'route.outside_mainland': {
    source: serverless,
    zh: ({ region }) => `服务在中国内地以外（${region}），不需要备案。`,
    en: ({ region }) => `The service runs outside the Chinese mainland (${region}): no filing is needed.`,
  },
  'route.provider_hostname': {
    source: serverless,
    zh: () => '只用接入商提供的默认域名访问，不需要为自己的域名备案；绑定自定义域名之前再办。',
    en: () =>
      'The site is reached under the provider’s own name only: no filing is needed until you bind a name of yours.',
  },
  'route.region_unknown': {
    source: serverless,
    zh: ({ region }) => `地域 ${region} 不在已知清单中，按中国内地判断；如果实际在境外，则不需要备案。`,
    en: ({ region }) =>
      `Region ${region} is not in the known list and was taken as mainland. If it is outside the mainland, no filing is needed.`,
  },
  'route.filed_here': {
    source: serverless,
    zh: ({ provider }) => `该域名已由同一账号在 ${provider} 备案；备案与接入商关联，与具体产品无关，直接绑定即可。`,
    en: ({ provider }) =>
      `The same account has filed this name with ${provider} already. A filing belongs to the provider, not to a product: just bind the name.`,
  },
  'route.filed_here_other_account': {
    source: serverless,
    zh: ({ provider }) => `该域名已在 ${provider} 备案，但备案在另一个账号下；无需重新备案，将备案迁移到本账号即可。`,
    en: ({ provider }) =>
      `The domain is filed with ${provider} under another account. No new filing is needed: move the filing to this account.`,
  },
  'route.filed_elsewhere': {
    source: serverless,
    zh: ({ provider }) => `该域名已有备案号，但接入商不是 ${provider}；号码不变，需要办理接入备案。`,
    en: ({ provider }) =>
      `The name has a number, but not with ${provider} as access provider. The number stays; an access filing is needed.`,
  },
  'route.record_of_other_subject': {
    source: otherClouds,
    zh: () => '该域名有备案，而您的主体没有备案：这条备案属于其他主办者，须先注销，再以您的主体首次备案。',
    en: () =>
      'The name is on record while you have no filing: the record is another organiser’s. It must be cancelled first; then yours is a first filing.',
  },
  'route.never_filed': {
    source: cloudRun,
    zh: () => '主办者和域名都没有备案过，需要首次备案。',
    en: () => 'Neither the organiser nor the domain has been filed: a first filing is needed.',
  },
  'route.subject_here': {
    source: cloudRun,
    zh: ({ provider }) => `主办者已在 ${provider} 备案，新域名需要新增网站。`,
    en: ({ provider }) => `The organiser is filed with ${provider}: add the new domain as a site.`,
  },
  'route.subject_elsewhere': {
    source: cloudRun,
    zh: ({ provider }) =>
      `主办者在其他接入商备案过，新域名使用 ${provider} 的云资源，需要新增网站（原备案不在本接入商）。`,
    en: ({ provider }) =>
      `The organiser is filed with another provider; the new name is added as a site with ${provider}.`,
  },
  'route.asked_elsewhere': {
    source: 'alibaba-code-faq-2019',
    zh: ({ provider }) => `备案须在网站所在的接入商办理，请到 ${provider} 申请，与域名在哪里注册无关。`,
    en: ({ provider }) =>
      `A filing is made with the provider that hosts the site: apply at ${provider}, wherever the name was bought.`,
  },
  'route.site_planned': {
    source: serverless,
    zh: () => '网站开通前才必须备案；办理需要数周，建议现在就开始。',
    en: () => 'The filing is required before the site goes live. It takes several weeks, so start now.',
  },
  'route.follows_registrable_name': {
    source: otherClouds,
    zh: ({ registrableName }) => `备案按主域名 ${registrableName} 办理，其子域名无需单独备案。`,
    en: ({ registrableName }) =>
      `The filing is made for the registered name ${registrableName}; names below it follow.`,
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
  'route.change_filing': {
    source: cloudRun,
    zh: () => '主体信息有变化，需要变更备案；期间网站可以继续访问。',
    en: () => 'The organiser’s details have changed: a change filing is needed. The site can stay online meanwhile.',
  },
  'route.change_site': {
    source: cloudRun,
    zh: () => '网站信息或所用的云资源有变化，需要变更网站；期间网站可以继续访问。',
    en: () =>
      'The site’s data or the cloud resource behind it changed: a change of the site is needed. It stays open meanwhile.',
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
} as const satisfies Record<string, Wording>;

interface Wording {
  readonly source: string;
  readonly zh: (facts: ReasonFacts) => string;
  readonly en: (facts: ReasonFacts) => string;
}

/** What a reason's text may name. */
export interface ReasonFacts {
  readonly region: string;
  readonly provider: string;
  readonly registrableName: string;
}

export type RouteReasonCode = keyof typeof reasons;
/** All codes, in the order of the documentation. */
export const routeReasonCodes = Object.keys(reasons) as readonly RouteReasonCode[];

/** Makes a reason whose texts name the facts of the case. */
export function reason(code: RouteReasonCode, facts: ReasonFacts): RouteReason {
  const { source, zh, en } = reasons[code];
  return { code, message: { zh: zh(facts), en: en(facts) }, source };
}

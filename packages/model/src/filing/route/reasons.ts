import { nameReasons } from './name-reasons.ts';
import type { ReasonFacts, ReasonWording } from './reason-wording.ts';
import { recordReasons } from './record-reasons.ts';

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

const serviceReasons = {
  'route.no_site': {
    source: serverless,
    zh: () => '只注册了域名、没有开办网站，不需要备案；但域名仍须完成实名认证。',
    en: () =>
      'The domain is registered but has no site: no filing is needed. Its real-name verification is still required.',
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
      'The site is reached under the provider’s own domain only: no filing is needed until you bind a domain of yours.',
  },
  'route.region_unknown': {
    source: serverless,
    zh: ({ region }) => `地域 ${region} 不在已知清单中，按中国内地判断；如果实际在境外，则不需要备案。`,
    en: ({ region }) =>
      `Region ${region} is not in the known list and was taken as mainland. If it is outside the mainland, no filing is needed.`,
  },
  'route.asked_elsewhere': {
    source: 'alibaba-code-faq-2019',
    zh: ({ provider }) => `备案须在网站所在的接入商办理，请到 ${provider} 申请，与域名在哪里注册无关。`,
    en: ({ provider }) =>
      `A filing is made with the provider that hosts the site: apply at ${provider}, wherever the domain was bought.`,
  },
  'route.site_planned': {
    source: serverless,
    zh: () => '网站开通前才必须备案；办理需要数周，建议现在就开始。',
    en: () => 'The filing is required before the site goes live. It takes several weeks, so start now.',
  },
  'route.delivery_any_number': {
    source: 'alibaba-docs-2019',
    zh: () =>
      'CDN、安全防护等加速类产品只要求域名有有效的备案号，经任一接入商备案均可，无需在此办理接入备案；源站是否需要接入备案，以源站为准。',
    en: () =>
      'A CDN or another service in front of the site only requires that the domain has a valid number, filed through any provider: no access filing is needed here. What the origin server needs is decided for the origin.',
  },
  'route.delivery_needs_number': {
    source: 'alibaba-docs-2019',
    zh: () =>
      '使用内地的 CDN、安全防护等加速类产品，域名须先有备案号；这类产品本身不能用于备案，请用源站服务器（或其他可备案的资源、授权码）在其接入商办理。源站在境外的，也须先有备案号才能使用内地加速。',
    en: () =>
      'A domain needs a number before a mainland CDN or another service in front of the site serves it. Such a product cannot be used for a filing: file with the origin server, or with another eligible resource or a code, at its provider. This holds for an origin outside the mainland as well.',
  },
  'route.mail_at_provider': {
    source: 'openbeian',
    zh: () =>
      '域名只用于收发邮件，且邮件由接入商的邮箱服务处理（MX 记录），没有用自己的域名开放网页，不需要备案；域名须完成实名认证。',
    en: () =>
      'The domain is used for mail only, its MX records point to a mail service of the provider, and no web page is served under it: no filing is needed. Its real-name verification is required.',
  },
  'route.mail_needs_filing': {
    source: 'tencent-filing-resources',
    zh: () =>
      '域名（包括 mail. 等子域名）解析到内地服务器的，即使只用于邮件，也须备案；仅把 MX 记录指向邮箱服务、不解析到自己的服务器的，不需要。',
    en: () =>
      'A domain that resolves to a mainland server, mail.… included, must be filed even if it is for mail only. If only its MX records point to a mail service and nothing resolves to a server of yours, no filing is needed.',
  },
  'route.app_backend': {
    source: 'huawei-filing-guide',
    zh: () =>
      'APP 使用内地服务器的，须办理 APP 备案；APP 与网站分别备案、互不替代，同一主体可共用一个域名。单机 APP 或服务器全部在境外的不需要。',
    en: () =>
      'An APP with servers in the mainland is filed as an APP. APPs and websites are filed separately and do not replace each other; one organiser may use the same domain for both. An APP without servers, or with servers only outside the mainland, needs none.',
  },
  'route.mini_program_backend': {
    source: 'huawei-filing-guide',
    zh: () => '小程序本身在其平台（如微信）备案；后端使用自己的域名和内地服务器的，该域名须按网站备案。',
    en: () =>
      'The mini-program itself is filed at its platform, such as WeChat. If its backend uses a domain of yours on a mainland server, that domain is filed like a website.',
  },
  'route.any_port': {
    source: 'tencent-filing-resources',
    zh: ({ port }) => `使用 ${port} 等非标准端口同样需要备案：是否备案按域名判断，与端口无关。`,
    en: ({ port }) => `Port ${port} makes no difference: what counts is the domain, on every port.`,
  },
  'route.any_protocol': {
    source: 'tencent-filing-resources',
    zh: () => '使用 HTTPS 或 WebSocket 同样需要备案：未备案的域名在 TLS 握手时（SNI）即会被阻断。',
    en: () =>
      'HTTPS and WebSocket make no difference: a domain without a filing is blocked during the TLS handshake (SNI).',
  },
  'route.ipv6': {
    source: 'openbeian',
    zh: () => '只使用 IPv6 同样需要备案：备案针对域名和服务，与 IP 版本无关。',
    en: () => 'IPv6 makes no difference: the domain and its service are filed, whatever the version of the address.',
  },
} as const satisfies Record<string, ReasonWording>;

const reasons = { ...serviceReasons, ...nameReasons, ...recordReasons };

export type RouteReasonCode = keyof typeof reasons;
/** All codes, in the order of the documentation. */
export const routeReasonCodes = Object.keys(reasons) as readonly RouteReasonCode[];

/** Makes a reason whose texts name the facts of the case. */
export function reason(code: RouteReasonCode, facts: ReasonFacts): RouteReason {
  const { source, zh, en } = reasons[code];
  const ofPolicy = code === 'route.delivery_any_number' || code === 'route.delivery_needs_number';
  return {
    code,
    message: { zh: zh(facts), en: en(facts) },
    source: ofPolicy ? (facts.deliverySource ?? source) : source,
  };
}

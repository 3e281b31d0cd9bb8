import type { Day } from '@openbeian/model/calendar';
import type { FilingServiceState } from '../inventory.ts';
import type { Bilingual, ReasonCode, ReasonDetails, RemedyAction } from '../reason.ts';
import {
  amountsText,
  billingNames,
  needed,
  otherResource,
  periodText,
  realNameNames,
  renewUntil,
  scopeNames,
  yuan,
} from './wording.ts';

/** A reason's message and what to do about it. */
export interface Words {
  readonly message: Bilingual;
  readonly remedy: Bilingual;
}

type ReasonTexts = {
  readonly [C in ReasonCode]: (
    detail: ReasonDetails[C],
    given: { readonly remedy: RemedyAction; readonly until: Day | null },
  ) => Words;
};

/**
 * The texts of every reason; `until` is the day its remedy names. Days, numbers of days and accounts are only inserted, never
 * compared: `explainAs` passes placeholders for them.
 */
export const reasonTexts: ReasonTexts = {
  'resource.not_owner': ({ account }) => ({
    message: {
      zh: '当前登录的账号不是购买该资源的账号。',
      en: 'You are not signed in with the account that bought this resource.',
    },
    remedy: {
      zh: `请登录购买该资源的账号 ${account} 后操作。`,
      en: `Sign in with ${account}, the account that bought the resource.`,
    },
  }),

  'resource.billing_not_prepaid': ({ billing, allowed }, { until }) => ({
    message: {
      zh: `计费方式为${billingNames[billing].zh}，备案要求${allowed.map((it) => billingNames[it].zh).join('或')}。`,
      en: `Its billing is ${billingNames[billing].en}; a filing requires ${allowed.map((it) => billingNames[it].en).join(' or ')}.`,
    },
    remedy:
      until === null
        ? { zh: '请转为包年包月计费。', en: 'Convert it to prepaid billing.' }
        : {
            zh: `请转为包年包月，若今天转换，到期日不应早于 ${until}。`,
            en: `Convert it to prepaid billing. If you convert it today, it must not expire before ${until}.`,
          },
  }),

  'resource.purchased_term_too_short': ({ term, boughtAt, expiresAt, days }, { until }) => ({
    message: {
      zh: `购买时长${needed(term).zh}，现为 ${boughtAt} 至 ${expiresAt}，共 ${days} 天。`,
      en: `The purchased term must be ${needed(term).en}; it is ${days} days, from ${boughtAt} to ${expiresAt}.`,
    },
    remedy: renewUntil(until),
  }),

  'resource.remaining_term_too_short': ({ term, expiresAt, at, days }, { until }) => ({
    message: {
      zh: `剩余有效期${needed(term).zh}，该资源 ${expiresAt} 到期，在 ${at} 剩余 ${days} 天。`,
      en: `The remaining term must be ${needed(term).en}; on ${at} it is ${days} days, as the resource expires on ${expiresAt}.`,
    },
    remedy: renewUntil(until),
  }),

  'resource.expired': ({ expiresAt }, { until }) => ({
    message: { zh: `该资源已于 ${expiresAt} 到期。`, en: `The resource expired on ${expiresAt}.` },
    remedy: renewUntil(until),
  }),

  'resource.first_term_too_short': ({ term, firstTerm }) => ({
    message: {
      zh: `首次订购时长${needed(term).zh}，该订单为 ${periodText(firstTerm).zh}。`,
      en: `The term of the first order must be ${needed(term).en}; it was ${periodText(firstTerm).en}.`,
    },
    remedy: {
      zh: `续费不能补足首单时长，请换用首次订购时长${needed(term).zh}的产品。`,
      en: `Renewal does not change the first order. Use a product whose first order is for ${needed(term).en}.`,
    },
  }),

  'resource.order_amount_too_low': ({ neededCny, amount }) => ({
    message: {
      zh: `单笔订单金额应不少于 ${yuan(neededCny)} 元，该订单为 ${amount} 元。`,
      en: `The amount of one order must be at least CNY ${yuan(neededCny)}; this order was CNY ${amount}.`,
    },
    remedy: {
      zh: `请换用单笔订单金额不少于 ${yuan(neededCny)} 元的产品，多笔订单不能相加。`,
      en: `Use a product bought in a single order of at least CNY ${yuan(neededCny)}. Orders are not added up.`,
    },
  }),

  'resource.package_missing': ({ needed: amounts }) => ({
    message: {
      zh: `尚未购买备案所需的资源包${amountsText(amounts).zh}。`,
      en: `You have not bought the resource package required for a filing${amountsText(amounts).en}.`,
    },
    remedy: {
      zh: `请购买资源包${amountsText(amounts).zh}。`,
      en: `Buy the resource package${amountsText(amounts).en}.`,
    },
  }),

  'resource.package_too_small': ({ needed: amounts, actual }) => ({
    message: {
      zh: `资源包额度不足：现有${amountsText(actual).zh}，需要${amountsText(amounts).zh}。`,
      en: `The resource package is too small. It has${amountsText(actual).en}; the minimum is${amountsText(amounts).en}.`,
    },
    remedy: {
      zh: `请购买满足额度的资源包${amountsText(amounts).zh}。`,
      en: `Buy a resource package of at least the required size${amountsText(amounts).en}.`,
    },
  }),

  'resource.no_public_ip': (_, { remedy }) => ({
    message: {
      zh: '该资源没有可备案的公网 IP。',
      en: 'The resource has no public IP address that can be used for a filing.',
    },
    remedy:
      remedy === 'buy_bandwidth'
        ? {
            zh: '请购买公网带宽，系统会随之分配公网 IP。',
            en: 'Buy public bandwidth. A public IP address is assigned with it.',
          }
        : {
            zh: '请为该资源购买或绑定独立公网 IP。',
            en: 'Buy a public IP address for the resource, or bind one to it.',
          },
  }),

  'resource.no_public_bandwidth': () => ({
    message: { zh: '该资源没有公网带宽。', en: 'The resource has no public bandwidth.' },
    remedy: { zh: '请升级配置，购买大于 0 的公网带宽。', en: 'Upgrade the resource to a public bandwidth above 0.' },
  }),

  'resource.load_balancer_ip': () => ({
    message: {
      zh: '该资源只有负载均衡 IP；负载均衡按量后付费，其 IP 不能用于生成授权码。',
      en: 'The only address of the resource belongs to a load balancer, which is billed by usage; no filing code can be created on it.',
    },
    remedy: { zh: '请改用云服务器自身的公网 IP。', en: 'Use the public IP address of the server itself.' },
  }),

  'resource.region_not_mainland': ({ region }) => ({
    message: {
      zh: `该资源位于中国内地以外的地域（${region}），开办网站无需备案，也无法生成授权码。`,
      en: `The resource is outside the Chinese mainland (${region}): a site on it needs no filing, and it cannot create codes.`,
    },
    remedy: {
      zh: '无需处理；如要使用内地节点，请在内地地域的资源上备案。',
      en: 'No action is needed. To serve the site from the mainland, file with a mainland resource.',
    },
  }),

  'resource.trial': () => ({
    message: {
      zh: '该资源是试用产品，试用产品不能备案。',
      en: 'The resource is a trial. Trials cannot be used for a filing.',
    },
    remedy: { zh: '请换用正式购买的资源。', en: 'Use a purchased resource.' },
  }),

  'resource.not_running': ({ state }) =>
    state === 'released'
      ? {
          message: { zh: '该资源已释放。', en: 'The resource has been released.' },
          remedy: { zh: '请换用其他资源。', en: 'Use another resource.' },
        }
      : {
          message: { zh: '该资源未在运行。', en: 'The resource is not running.' },
          remedy: { zh: '请启动该资源，待其运行后再试。', en: 'Start the resource and try again when it is running.' },
        },

  'resource.product_not_fileable': ({ product }) => ({
    message: {
      zh: `${product.zh}本身不承载备案。`,
      en: `${product.en} cannot be used for a filing.`,
    },
    remedy: {
      zh: '请换用可备案的云资源，例如包年包月的内地云服务器。',
      en: 'Use an eligible resource, such as a prepaid server in the mainland.',
    },
  }),

  'resource.product_closed': ({ product, since }) => ({
    message: {
      zh: `${product.zh}${since === null ? '' : `自 ${since} 起`}已停止受理新的备案，原有备案不受影响。`,
      en: `${product.en} has been closed to new filings${since === null ? '' : ` since ${since}`}; existing filings are not affected.`,
    },
    remedy: { zh: '请换用其他可备案的云资源。', en: 'Use another eligible resource.' },
  }),

  'resource.not_initialised': ({ state }) => environmentTexts[state],

  'resource.quota_exhausted': (quota) => ({
    message: {
      zh: `可直接备案的名额已用完（每${scopeNames[quota.scope].zh} ${quota.limit} 个，已用 ${quota.used} 个）。`,
      en: `The quota of filings is used up (${quota.limit} per ${scopeNames[quota.scope].en}, ${quota.used} used).`,
    },
    remedy: otherResource(quota),
  }),

  'resource.no_policy': ({ unknown, id, at }) => ({
    message: noPolicyTexts[unknown](id, at),
    remedy: {
      zh: '无法判断，请联系接入商客服确认其现行规则。',
      en: 'Eligibility cannot be determined. Ask the provider’s support for the current rule.',
    },
  }),

  'resource.fact_missing': ({ key, given }) => ({
    message:
      given === null
        ? { zh: `缺少判断所需的信息 ${key}。`, en: `A required value is missing: ${key}.` }
        : { zh: `${key} 的取值“${given}”无法识别。`, en: `The value of ${key} is not recognised: “${given}”.` },
    remedy: {
      zh: `请在资源清单中补全或更正 ${key}；如无从得知，请联系接入商客服。`,
      en: `Enter or correct ${key} in the inventory. If you do not know it, ask the provider’s support.`,
    },
  }),

  'code.product_cannot_issue': ({ product }, { remedy }) => ({
    message: { zh: `${product.zh}不能生成备案授权码。`, en: `Filing codes cannot be created on ${product.en}.` },
    remedy: cannotIssueRemedies[remedy] ?? cannotIssueRemedies.file_directly,
  }),

  'code.issuer_not_enterprise': ({ realName }) => ({
    message: {
      zh: `生成授权码要求账号实名认证类型为企业，该账号为${realNameNames[realName].zh}。`,
      en: `To create codes, the account must be verified as an enterprise; this account is ${realNameNames[realName].en}.`,
    },
    remedy: {
      zh: '如您是企业，请将账号实名认证变更为企业；个人可直接用自己的资源备案，或使用企业账号提供的授权码。',
      en: 'If you are an enterprise, change the account’s real-name verification to enterprise. Individuals can file directly with their own resource, or with a code granted by an enterprise account.',
    },
  }),

  'code.limit_reached': (quota) => ({
    message: {
      zh: `可生成授权码的名额已用完（每${scopeNames[quota.scope].zh} ${quota.limit} 个，已用 ${quota.used} 个）。`,
      en: `The quota of codes is used up (${quota.limit} per ${scopeNames[quota.scope].en}, ${quota.used} used).`,
    },
    remedy: otherResource(quota),
  }),

  'code.not_needed': ({ product }) => ({
    message: { zh: `${product.zh}备案不使用授权码。`, en: `Filings with ${product.en} do not use a code.` },
    remedy: { zh: '无需授权码，直接提交备案即可。', en: 'No code is needed. Submit the filing directly.' },
  }),
};

const cannotIssueRemedies: { readonly [A in RemedyAction]?: Bilingual } & { readonly file_directly: Bilingual } = {
  file_directly: {
    zh: '请由购买账号直接用该资源备案。',
    en: 'File with this resource directly, from the account that bought it.',
  },
  use_instance_ip: {
    zh: '请在其后端云服务器上，以云服务器自身的公网 IP 生成授权码。',
    en: 'Create the code on the server behind the load balancer, with the server’s own public IP address.',
  },
  use_code_from_other_account: {
    zh: '请换用可备案的资源，或使用他人提供的授权码备案。',
    en: 'Use an eligible resource, or file with a code granted by another account.',
  },
};

const environmentTexts: Readonly<Record<FilingServiceState, Words>> = {
  fileable: {
    message: {
      zh: '环境的备案服务可用，但该产品不接受。',
      en: 'The environment’s filing service is available, but this product does not accept it.',
    },
    remedy: { zh: '请联系接入商客服。', en: 'Contact the provider’s support.' },
  },
  initialising: {
    message: { zh: '环境及备案服务仍在初始化。', en: 'The environment and its filing service are still being set up.' },
    remedy: {
      zh: '请稍候，初始化最多约需 10 分钟，无需其他操作。',
      en: 'Please wait. This takes up to ten minutes; no action is needed.',
    },
  },
  blocked: {
    message: {
      zh: '环境的备案服务显示为不可备案。',
      en: 'The environment’s filing service is not available for filing.',
    },
    remedy: {
      zh: '请按环境的域名备案页所列原因处理，仍不可备案时联系客服。',
      en: 'Fix the cause shown on the environment’s filing page. If it is still unavailable, contact support.',
    },
  },
  missing: {
    message: { zh: '环境中找不到备案服务。', en: 'The environment has no filing service.' },
    remedy: { zh: '请联系客服（提交工单）排查。', en: 'Contact support (submit a ticket).' },
  },
};

const noPolicyTexts: Readonly<
  Record<ReasonDetails['resource.no_policy']['unknown'], (id: string, at: string) => Bilingual>
> = {
  provider: (id) => ({ zh: `没有接入商 ${id} 的规则。`, en: `There are no rules for the provider ${id}.` }),
  product: (id) => ({ zh: `没有产品 ${id} 的规则。`, en: `There are no rules for the product ${id}.` }),
  day: (id, at) => ({
    zh: `没有 ${id} 在 ${at} 的规则。`,
    en: `There are no rules for ${id} on ${at}.`,
  }),
  rule: (id) => ({
    zh: `现有资料没有说明 ${id} 在这一点上的规则。`,
    en: `No source states the rule for ${id} on this point.`,
  }),
};

import type { HelpText } from './help-text.ts';

/** What people ask about the resource behind a filing. */
export const resourceHelp: readonly HelpText[] = [
  {
    id: 'no-server',
    topics: ['page:start', 'page:form', 'page:resources', 'page:codes'],
    zh: {
      title: '没有云资源怎样备案？',
      body: '请先购买一种可备案的资源，例如包年包月的内地云服务器、轻量服务器、容器托管或 Serverless 资源包；购买前可在“资源”页查看各产品的条件。如果别的账号愿意授权，也可以用对方的授权码备案。没有资源时无法申请授权码。',
    },
    en: {
      title: 'How do I file without a resource?',
      body: 'Buy one that carries filings first: a prepaid mainland server, a light server, container hosting or a Serverless package; the resources page lists what each must meet. If another account grants you a code, you can file with that. Without a resource no code can be applied for.',
    },
    source: ['tencent-code-faq', 'alibaba-code-faq-2019', 'alibaba-filing-faq-2020'],
  },
  {
    id: 'conditions-met-but-refused',
    topics: ['page:resources', 'page:resource', 'page:codes'],
    zh: {
      title: '条件都满足，却仍然不能生成授权码？',
      body: '请先在“资源”页核对全部原因：计费方式、购买时长和剩余有效期、公网 IP、实名认证类型、名额。如果都满足且名额未满，请联系客服，并提供资源编号和页面显示的判断日期。',
    },
    en: {
      title: 'All conditions are met, and still no code?',
      body: 'Check every reason on the resources page first: billing, bought and remaining term, public IP, the account’s real-name kind, the quota. If all are met and the quota is not full, contact support with the resource’s id and the day of the decision shown.',
    },
    source: ['tencent-code-faq'],
  },
  {
    id: 'resource-expired',
    topics: ['reason:resource.expired', 'reason:resource.remaining_term_too_short'],
    zh: {
      title: '资源到期或快到期，怎样续费？',
      body: '请用购买该资源的账号在产品的控制台续费，到期日应不早于原因中所列的日期。续费生效并同步后，资源和它的授权码自动恢复可用；备案审核期间也请保持资源有效，否则备案可能被退回。',
    },
    en: {
      title: 'How do I renew what expired or is about to?',
      body: 'Renew it in the product’s console with the account that bought it, at least to the day that the reason names. Once the renewal has reached us, the resource and its codes work again by themselves. Keep it valid while a filing is under review, or the filing may come back.',
    },
    source: ['alibaba-code-faq-2019', 'tencent-code-faq', 'tencent-filing-resources'],
  },
  {
    id: 'reconfigured',
    topics: [
      'reason:resource.no_public_bandwidth',
      'reason:resource.no_public_ip',
      'reason:resource.billing_not_prepaid',
    ],
    zh: {
      title: '原来能备案的服务器为什么不行了？',
      body: '变更配置可能使服务器不再符合条件，例如取消公网带宽、释放公网 IP，或改为按量计费。请查看当前配置，改回包年包月并保留公网 IP 和带宽后再试。',
    },
    en: {
      title: 'Why can a server that could file no longer do so?',
      body: 'A change of configuration may cost eligibility: dropping public bandwidth, releasing the public IP, or going to pay-as-you-go. Look at its present configuration, bring back prepaid billing, public IP and bandwidth, and try again.',
    },
    source: ['alibaba-filing-faq-2020'],
  },
  {
    id: 'shop-filing',
    topics: ['reason:code.not_needed'],
    zh: {
      title: '不用授权码的产品怎样备案？',
      body: '旺铺、企业官网一类产品备案不使用授权码：先把要备案的域名解析并绑定到店铺或官网，再到该产品自己的备案入口提交。按公网 IP 备案的接入商也没有授权码，直接在备案信息里选择 IP。',
    },
    en: {
      title: 'How do products without codes file?',
      body: 'Shops and company sites file without a code: point the domain name to the shop and bind it there, then submit in that product’s own filing entry. Providers that file by public IP have no codes either; choose the IP in the form.',
    },
    source: ['alibaba-code-faq-2019', 'qingcloud-docs-2022'],
  },
  {
    id: 'host-login',
    topics: ['page:start', 'page:form'],
    zh: {
      title: '云虚拟主机的用户名和密码在哪里看？',
      body: '云虚拟主机可以不用授权码，而用主机管理控制台的用户名和密码验证产品。请用购买账号登录主机的管理控制台，在那里查看用户名，查看或重置密码。',
    },
    en: {
      title: 'Where do I see a virtual host’s user name and password?',
      body: 'A virtual host may be proven by the user name and password of its management console instead of a code. Sign in to that console with the buying account: it shows the user name, and the password can be seen or reset there.',
    },
    source: ['alibaba-code-faq-2019'],
  },
  {
    id: 'container-environment',
    topics: ['reason:resource.not_initialised'],
    zh: {
      title: '容器托管的环境选不到，或没有可用的 IP？',
      body: '购买资源包（可与域名一起买，也可只买资源包）后，环境和备案服务要初始化，最多约十分钟，期间不用任何操作。备案时资源类型选容器托管，列出的 IP 任选其一。若仍选不到，请在环境的服务列表里找备案服务：找不到，联系客服；状态不是“可备案”，按页面给出的原因处理，仍不行再联系客服。',
    },
    en: {
      title: 'The container environment cannot be chosen, or has no IP?',
      body: 'After the package is bought, with a domain name or alone, the environment and its filing service are set up; that takes ten minutes at most and needs nothing from you. Choose container hosting as the resource and any IP listed. If it is still missing, look for the filing service in the environment’s list: if it is not there, contact support; if its state is not fileable, fix the cause shown there, and contact support if that fails.',
    },
    source: ['tencent-run-filing'],
  },
  {
    id: 'serverless-package',
    topics: ['reason:resource.package_missing', 'reason:resource.package_too_small'],
    zh: {
      title: 'Serverless 备案的资源包：怎么买，能退吗？',
      body: '用 Serverless 备案须购买原因中所列额度的资源包；一个账号买一个，网站名额按账号计算。资源包购买后立即生效，一般不支持退款；是否适用五天无理由退款或其他特殊情形，请提交工单咨询客服。',
    },
    en: {
      title: 'The Serverless package: what to buy, can it be refunded?',
      body: 'Filing on Serverless needs the package with the amounts listed; one per account, and the sites are counted per account. It takes effect at once and is normally not refunded; ask support by ticket whether the five-day refund or another exception applies.',
    },
    source: ['tencent-serverless-filing'],
  },
  {
    id: 'serverless-ip',
    topics: ['page:start', 'page:form'],
    zh: {
      title: '用 Serverless 备案，IP 怎么填，流程一样吗？',
      body: '流程与云服务器备案相同，只是不用填写 IP，由系统自动提供。备案在哪个接入商，域名就要解析到该接入商的地址；提示 IP 不可访问时，请先检查域名解析。',
    },
    en: {
      title: 'Filing on Serverless: which IP, and are the steps the same?',
      body: 'The steps are those of a server; only the IP is not asked for, the system provides it. The domain name must resolve to an address of the provider with which it is filed; if the address is said to be unreachable, check that first.',
    },
    source: ['tencent-serverless-filing'],
  },
];

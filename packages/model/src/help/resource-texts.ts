import type { HelpText } from './help-text.ts';

/** What people ask about the resource that a filing is attached to. */
export const resourceHelp: readonly HelpText[] = [
  {
    id: 'no-server',
    topics: ['page:start', 'page:form', 'page:resources', 'page:codes'],
    zh: {
      title: '没有云资源怎样备案？',
      body: '请先购买一种可备案的资源，例如包年包月的内地云服务器、轻量服务器、容器托管或 Serverless 资源包；购买前请确认该产品可备案。也可以使用其他账号授权给您的授权码备案。没有云资源时无法生成授权码。',
    },
    en: {
      title: 'How do I file without a resource?',
      body: 'Buy an eligible resource first, such as a prepaid mainland cloud server, a lightweight server, container hosting or a serverless package; before you buy, make sure that the product can be used for a filing. If another account grants you a code, you can file with that. Without a resource you cannot create codes.',
    },
    asked: {
      zh: ['没有服务器', '没买服务器', '不想买服务器', '借用服务器'],
      en: ['no server', 'without a server', 'file without hosting'],
    },
    source: ['tencent-code-faq', 'alibaba-code-faq-2019', 'alibaba-filing-faq-2020'],
  },
  {
    id: 'conditions-met-but-refused',
    topics: ['page:resources', 'page:resource', 'page:codes'],
    zh: {
      title: '条件都满足，却仍然不能生成授权码？',
      body: '请先在“云资源”页面核对全部原因：计费方式、购买时长和剩余有效期、公网 IP、实名认证类型、名额。如果都满足且名额未满，请联系客服，并提供资源编号和页面显示的判断日期。',
    },
    en: {
      title: 'All conditions are met. Why can I still not create a code?',
      body: 'First check all reasons on the resources page: billing, purchased and remaining term, public IP, the account’s verification type and the quota. If all conditions are met and quota is left, contact support with the resource ID and the “As of” date shown.',
    },
    asked: {
      zh: ['生成不了授权码', '无法生成', '条件符合还是不行', '申请失败'],
      en: ['cannot create a code', 'cannot issue a code', 'code generation fails'],
    },
    source: ['tencent-code-faq'],
  },
  {
    id: 'resource-expired',
    topics: ['reason:resource.expired', 'reason:resource.remaining_term_too_short'],
    zh: {
      title: '资源到期或快到期，怎样续费？',
      body: '请用购买该资源的账号在产品的控制台续费，到期日应不早于原因中所列的日期。续费生效并同步后，该资源及其授权码自动恢复可用；备案审核期间也请保持资源有效，否则备案可能被退回。',
    },
    en: {
      title: 'The resource has expired or is about to expire. How do I renew it?',
      body: 'Renew it in the product’s console with the account that bought it, at least until the date given in the reason. After the renewal has been synchronised, the resource and its codes work again automatically. Keep the resource valid while a filing is under review, or the filing may be returned.',
    },
    asked: {
      zh: ['服务器到期', '快到期了', '怎么续费', '过期的服务器'],
      en: ['server expired', 'expires soon', 'how to renew'],
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
      title: '原来可备案的服务器为什么不再符合条件？',
      body: '变更配置可能使服务器不再符合条件，例如取消公网带宽、释放公网 IP，或改为按量计费。请查看当前配置，改回包年包月并保留公网 IP 和带宽后再试。',
    },
    en: {
      title: 'Why is a server no longer eligible?',
      body: 'A configuration change can make a server ineligible, for example removing its public bandwidth, releasing its public IP address or switching to pay-as-you-go. Check the current configuration, switch back to prepaid billing, keep a public IP address and bandwidth, and try again.',
    },
    asked: {
      zh: ['变更配置', '换了 IP', '改成按量', '释放了公网 IP', '为什么变得不能备案'],
      en: ['no longer eligible', 'changed billing', 'released the address'],
    },
    source: ['alibaba-filing-faq-2020'],
  },
  {
    id: 'shop-filing',
    topics: ['reason:code.not_needed'],
    zh: {
      title: '不用授权码的产品怎样备案？',
      body: '旺铺、企业官网等产品备案不使用授权码：先将要备案的域名解析并绑定到店铺或官网，再从该产品的备案入口提交。按公网 IP 备案的接入商也不使用授权码，请直接在备案信息中选择 IP。',
    },
    en: {
      title: 'How do I file with a product that does not use codes?',
      body: 'Online shops and company sites are filed without a code: resolve the domain to the shop or site, bind it there, then submit from that product’s filing page. Providers that file by public IP address do not use codes either; choose the IP address in the filing details.',
    },
    asked: {
      zh: ['旺铺', '建站产品', '云市场建站', '建站套餐'],
      en: ['site builder', 'shop product', 'website package'],
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
      title: 'Where do I find the user name and password of a virtual host?',
      body: 'A virtual host can be verified with the user name and password of its management console instead of a code. Sign in to that console with the account that bought the host; there you can see the user name, and see or reset the password.',
    },
    asked: {
      zh: ['虚拟主机密码', '主机用户名', '虚拟空间'],
      en: ['virtual host login', 'host password', 'shared hosting'],
    },
    source: ['alibaba-code-faq-2019'],
  },
  {
    id: 'container-environment',
    topics: ['reason:resource.not_initialised'],
    zh: {
      title: '容器托管的环境无法选择，或没有可用的 IP，怎么办？',
      body: '购买资源包（可与域名一起购买，也可单独购买）后，环境和备案服务需要初始化，最多约 10 分钟，期间无需操作。备案时资源类型请选择容器托管，列出的 IP 任选其一。如仍无法选择，请查看环境服务列表中的备案服务：没有该服务的，请联系客服；状态不是“可备案”的，请按页面所列原因处理，仍未解决再联系客服。',
    },
    en: {
      title: 'The container environment cannot be selected or has no IP address. What can I do?',
      body: 'After you buy the package, together with a domain or separately, the environment and its filing service are initialised. This takes up to ten minutes; no action is needed. When you file, choose container hosting as the resource type and any IP address listed. If it still cannot be selected, look for the filing service in the environment’s list of services. If there is none, contact support. If its status is not “fileable”, fix the cause shown on the page, and contact support if that does not help.',
    },
    asked: {
      zh: ['云托管', '容器环境', '环境不可选', '没有可用 IP'],
      en: ['cloud run', 'container environment', 'cannot select the environment'],
    },
    source: ['tencent-run-filing'],
  },
  {
    id: 'serverless-package',
    topics: ['reason:resource.package_missing', 'reason:resource.package_too_small'],
    zh: {
      title: 'Serverless 备案的资源包怎样购买？可以退款吗？',
      body: '使用 Serverless 备案须购买不低于所列额度的资源包；一个账号购买一个即可，网站名额按账号计算。资源包购买后立即生效，一般不支持退款；是否适用五天无理由退款或其他特殊情形，请提交工单咨询客服。',
    },
    en: {
      title: 'Which serverless package do I need, and can it be refunded?',
      body: 'To file with a serverless resource, buy a package with at least the amounts listed. One package per account is enough, and the quota of sites is counted per account. A package takes effect immediately and is usually not refundable. Submit a ticket to ask support whether the five-day refund or another exception applies.',
    },
    asked: {
      zh: ['资源包退款', '买哪个资源包', '函数资源包'],
      en: ['refund package', 'resource package'],
    },
    source: ['tencent-serverless-filing'],
  },
  {
    id: 'serverless-ip',
    topics: ['page:start', 'page:form'],
    zh: {
      title: '使用 Serverless 备案时 IP 怎样填写？流程有何不同？',
      body: '流程与云服务器备案相同，IP 由系统自动提供，无需填写。域名须解析到备案所在接入商的地址；提示 IP 不可访问时，请先检查域名解析。',
    },
    en: {
      title: 'Which IP address do I enter for a serverless resource, and are the steps different?',
      body: 'The steps are the same as for a cloud server, except that you do not enter an IP address: the system provides it. The domain must resolve to an address of the provider with which it is filed. If you are told that the IP address cannot be reached, check the DNS records first.',
    },
    asked: {
      zh: ['函数计算 IP', '云函数备案 IP', 'serverless 填什么 IP', '没有固定 IP'],
      en: ['serverless IP address', 'function IP', 'which IP'],
    },
    source: ['tencent-serverless-filing'],
  },
];

import type { HelpText } from './help-text.ts';

/** Why the check refuses, and what to do: for each reason that no other text is about. */
export const refusalHelp: readonly HelpText[] = [
  {
    id: 'not-owner',
    topics: ['reason:resource.not_owner'],
    zh: {
      title: '为什么必须用购买资源的账号？',
      body: '资源只能由购买它的账号备案或生成授权码，子账号、代付人和资源的实际使用者均不可以。请换用购买账号登录；如果资源已经转让，请让新账号重新购买，或由购买账号生成授权码后授权给您。',
    },
    en: {
      title: 'Why must it be the account that bought the resource?',
      body: 'Only the account that bought a resource can file with it or create codes on it; sub-accounts, payers and users of the resource cannot. Sign in with that account. If the resource was transferred, buy one with the new account, or ask the account that bought it to create a code and grant it to you.',
    },
    asked: {
      zh: ['别人的服务器', '服务器在另一个账号', '不是我买的', '代理商买的'],
      en: ['server of another account', 'not the buyer', 'bought by someone else'],
    },
    source: ['tencent-code-faq', 'openbeian'],
  },
  {
    id: 'bought-term',
    topics: ['reason:resource.purchased_term_too_short'],
    zh: {
      title: '购买时长怎样计算？',
      body: '购买时长从本次包年包月的开始日（购买之日，或由按量计费转换之日）起算，到当前的到期日为止，已经过去的天数也计算在内，续费会使其延长。购买时长与剩余有效期是两项条件，须同时满足。按月的规则计自然月，按天的规则计天数；续费至原因所列的到期日即可。',
    },
    en: {
      title: 'How is the purchased term counted?',
      body: 'From the first day of the current prepaid term (the day of purchase, or of conversion from pay-as-you-go) to the current expiry date. Days that have passed count, and renewal extends it. The purchased term and the remaining term are separate conditions, and both must be met. Rules in months count calendar months, rules in days count days. Renew until the date given in the reason.',
    },
    asked: {
      zh: ['买满三个月', '续费算不算', '购买三个月', '90 天怎么算', '买了多久'],
      en: ['three months purchased', 'does renewal count', '90 days'],
    },
    source: ['tencent-code-faq', 'alibaba-code-faq-2019'],
  },
  {
    id: 'first-order',
    topics: ['reason:resource.first_term_too_short', 'reason:resource.order_amount_too_low'],
    zh: {
      title: '首单的时长或金额不够，续费能补上吗？',
      body: '不能。有的产品以首单为准：首次订购的时长，或单笔订单的金额。续费不改变首单，多笔订单也不能累加。请新购首单即满足条件的产品，或换用其他可备案的资源。',
    },
    en: {
      title: 'The first order’s term or amount is too small. Does renewal help?',
      body: 'No. For some products the first order is decisive: its term, or the amount of that one order. Renewal does not change the first order, and orders are not added up. Buy a product whose first order meets the condition, or use another eligible resource.',
    },
    asked: {
      zh: ['首单', '第一次购买', '订单金额', '买贵一点'],
      en: ['first order', 'order amount', 'minimum price'],
    },
    source: ['alibaba-docs-2019', 'openbeian'],
  },
  {
    id: 'load-balancer-address',
    topics: ['reason:resource.load_balancer_ip'],
    zh: {
      title: '为什么负载均衡的 IP 不能生成授权码？',
      body: '负载均衡按使用量后付费，它的 IP 不能作为授权码的依据。请在其后端的云服务器上生成授权码，使用云服务器的公网 IP 或其绑定的弹性公网 IP；网站仍可经由负载均衡访问。',
    },
    en: {
      title: 'Why can no code be created on a load balancer’s IP address?',
      body: 'A load balancer is billed by usage, so no code can be created on its IP address. Create the code on the server behind it, with the server’s own public IP address or an elastic IP bound to it. The site can still be served through the load balancer.',
    },
    asked: {
      zh: ['SLB', 'CLB', 'ELB', '负载均衡', '弹性公网 IP 绑在负载均衡'],
      en: ['load balancer', 'SLB address', 'CLB IP'],
    },
    source: ['tencent-code-faq'],
  },
  {
    id: 'outside-the-mainland',
    topics: ['reason:resource.region_not_mainland'],
    zh: {
      title: '资源在中国内地以外，需要备案吗？',
      body: '不需要。备案只针对用内地服务器提供的网站和 APP；资源在中国香港或境外时既不需要备案，也不能生成授权码。如果以后改用内地的服务器，或经由内地的 CDN 提供访问，就需要先备案。',
    },
    en: {
      title: 'The resource is outside the Chinese mainland. Do I have to file?',
      body: 'No. Only sites and apps served from mainland servers are filed. With a resource in Hong Kong or overseas no filing is needed, and no code can be created on it. Before you move to a mainland server, or serve the site through a mainland CDN, you have to file.',
    },
    asked: {
      zh: ['香港服务器', '海外服务器', '新加坡服务器', '境外节点', '免备案服务器'],
      en: ['Hong Kong server', 'Singapore server', 'overseas hosting'],
    },
    source: ['tencent-filing-resources', 'openbeian'],
  },
  {
    id: 'trial-resource',
    topics: ['reason:resource.trial'],
    zh: {
      title: '试用的资源能备案吗？',
      body: '不能。试用期短，且资源可能随时被收回，备案将因此失去关联的资源。请正式购买后再备案；由试用转为正式购买的，购买时长从转正之日起计算。',
    },
    en: {
      title: 'Can I file with a trial resource?',
      body: 'No. A trial is short and can end at any time, and the filing would lose its resource. Buy the resource first. If a trial was converted to a purchase, the purchased term counts from the conversion.',
    },
    asked: {
      zh: ['试用机', '免费试用', '体验版', '学生机', '代金券'],
      en: ['trial server', 'free trial', 'student plan'],
    },
    source: ['openbeian'],
  },
  {
    id: 'not-running',
    topics: ['reason:resource.not_running'],
    zh: {
      title: '资源已停止或已释放怎么办？',
      body: '已停止的资源启动后即可再试，已有的备案不受影响。已释放的资源不能恢复：使用该资源的备案须更换为其他资源，其授权码也不再可用，请换用其他符合条件的资源。',
    },
    en: {
      title: 'What if the resource is stopped or released?',
      body: 'If it is stopped, start it and try again; existing filings are not affected. A released resource cannot be restored: filings that use it need another resource, and its codes no longer work. Use another eligible resource.',
    },
    asked: {
      zh: ['关机了', '停机', '已释放', '欠费停服', '实例已停止'],
      en: ['stopped instance', 'shut down', 'suspended for arrears'],
    },
    source: ['openbeian'],
  },
  {
    id: 'product-carries-no-filing',
    topics: [
      'reason:resource.product_not_fileable',
      'reason:resource.product_closed',
      'reason:code.product_cannot_issue',
    ],
    zh: {
      title: '为什么这个产品不能备案或不能生成授权码？',
      body: '备案须关联有独立公网 IP 的内地服务器等资源。对象存储、CDN、防火墙等产品本身不能用于备案，网站可以使用这些产品，但须使用源站服务器备案；有的产品已停止受理新的备案，原有备案不受影响；还有的产品可由购买账号直接备案，但不能生成授权码。请换用可备案的资源，或使用其他账号授权的授权码。',
    },
    en: {
      title: 'Why can this product not be used for a filing or for codes?',
      body: 'A filing must be attached to a mainland server, or a similar resource, with its own public IP address. Object storage, CDNs and firewalls cannot be used for a filing: a site may use them, but you file with the origin server. Some products are closed to new filings, which does not affect existing ones. With others the account that bought them can file, but cannot create codes. Use an eligible resource, or a code granted by another account.',
    },
    asked: {
      zh: ['选不到', '这个产品不能备案', '数据库', '不支持的产品'],
      en: ['product not supported', 'cannot be selected', 'which products'],
    },
    source: ['tencent-filing-resources', 'openbeian'],
  },
  {
    id: 'cannot-be-decided',
    topics: ['reason:resource.no_policy', 'reason:resource.fact_missing'],
    zh: {
      title: '结果是“无法判断”，是什么意思？',
      body: '表示缺少判断依据，并非拒绝：资源清单缺少判断所需的信息（原因中写明缺少哪一项），或没有该产品当日的规则。缺少信息的，补全清单后重新判断；没有规则的，请向接入商客服确认，运营人员可将确认后的规则写入规则文件。',
    },
    en: {
      title: 'What does “Undetermined” mean?',
      body: 'It is not a refusal: information is missing. Either the inventory lacks a value that the rules need (the reason says which), or there is no rule for the product on that day. In the first case complete the inventory and check again. In the second, ask the provider’s support; an operator can then add the confirmed rule to the policy files.',
    },
    asked: {
      zh: ['无法判断', '信息不足', '缺少信息'],
      en: ['undetermined', 'cannot be decided', 'missing facts'],
    },
    source: ['openbeian'],
  },
  {
    id: 'code-over-for-good',
    topics: ['reason:code.lifetime_over', 'reason:code.not_revived'],
    zh: {
      title: '为什么续费后授权码仍不能用？',
      body: '多数产品的授权码在资源续费后自动恢复，但有两种例外：有的授权码有自身的有效期，过期即失效；有的产品规定，因资源不符合条件而暂停过的授权码不再恢复。这两种情况都需要资源所有者在符合条件的资源上重新生成授权码。',
    },
    en: {
      title: 'Why does a code not work again after the renewal?',
      body: 'For most products a suspended code works again after the renewal. There are two exceptions: a code with a validity period of its own expires with it, and some products do not reactivate a code once it has been suspended. In both cases the owner has to create a new code on an eligible resource.',
    },
    asked: {
      zh: ['续费后还是不能用', '续费不恢复', '过期后续费'],
      en: ['renewed but code invalid', 'code dead after renewal'],
    },
    source: ['openbeian'],
  },
];

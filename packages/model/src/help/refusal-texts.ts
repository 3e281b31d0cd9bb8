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
      body: 'Only the buying account files on a resource or issues codes on it; who pays for it or uses it does not count. Sign in with that account. If the resource changed hands, buy one with the new account, or let the buying account issue a code and grant it to you.',
    },
    source: ['tencent-code-faq', 'openbeian'],
  },
  {
    id: 'bought-term',
    topics: ['reason:resource.purchased_term_too_short'],
    zh: {
      title: '购买时长怎样计算？',
      body: '购买时长从本次包年包月的开始日（购买之日，或由按量计费转换之日）算到现在的到期日，续费会使它变长，已经过去的日子也算在内。它和剩余有效期是两项条件，要同时满足。按月的规则数日历月，按天的规则数天数；把到期日续到原因所列的日期即可。',
    },
    en: {
      title: 'How is the bought term counted?',
      body: 'From the first day of the present prepaid term (the purchase, or the conversion from pay-as-you-go) to the present expiry. Renewing makes it longer, and days gone by count. It is a condition of its own beside the time left; both must hold. Rules in months count calendar months, rules in days count days; renew to the day that the reason names.',
    },
    source: ['tencent-code-faq', 'alibaba-code-faq-2019'],
  },
  {
    id: 'first-order',
    topics: ['reason:resource.first_term_too_short', 'reason:resource.order_amount_too_low'],
    zh: {
      title: '首单的时长或金额不够，续费能补上吗？',
      body: '不能。有的产品看的是第一笔订单：订购了多久，或单笔付了多少钱。后来的续费不改变首单，几笔订单也不能相加。请新购一份首单就满足条件的产品，或换用其他可备案的资源。',
    },
    en: {
      title: 'The first order was too short or too cheap: does renewing help?',
      body: 'No. Some products look at the first order, its term or what that one order cost. Later renewals do not change it, and orders do not add up. Buy one whose first order meets the condition, or use another resource that carries filings.',
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
      title: 'Why does a load balancer’s address back no code?',
      body: 'A load balancer is paid after use, so a code cannot be issued on it. Issue the code on the server behind it, with the server’s own public address or an elastic one bound to it; the site may still be reached through the load balancer.',
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
      title: 'The resource lies outside the mainland: must I file?',
      body: 'No. Filing is for sites and apps served from mainland servers; on a resource in Hong Kong or abroad no filing is needed and no code can be issued. Moving to a mainland server later, or serving through a mainland CDN, needs a filing first.',
    },
    source: ['tencent-filing-resources', 'openbeian'],
  },
  {
    id: 'trial-resource',
    topics: ['reason:resource.trial'],
    zh: {
      title: '试用的资源能备案吗？',
      body: '不能。试用期短，且资源可能随时被收回，备案将因此失去关联的资源。请正式购买后再备案；从试用转为正式购买的，请看转正之后的购买时长是否满足条件。',
    },
    en: {
      title: 'Can a trial carry a filing?',
      body: 'No. A trial is short and may be taken back, and the filing would lose its ground. Buy the resource first; where a trial was turned into a purchase, see whether the term from then on is long enough.',
    },
    source: ['openbeian'],
  },
  {
    id: 'not-running',
    topics: ['reason:resource.not_running'],
    zh: {
      title: '资源已停止或已释放怎么办？',
      body: '已停止的资源启动并运行后即可再试，不影响已有的备案。已释放的资源不能恢复：在它上面的备案需要接入到其他资源，它的授权码也不再可用，请换用另一个符合条件的资源。',
    },
    en: {
      title: 'What if the resource is stopped or released?',
      body: 'A stopped one can be tried again as soon as it runs; filings made before are untouched. A released one does not come back: filings on it need another resource, and its codes work no more. Use another resource that meets the conditions.',
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
      body: '备案须关联有固定公网 IP 的内地服务器等资源。对象存储、CDN、防火墙等产品本身不承载备案，网站可以用它们，但要在源站的服务器上备案；有的产品已停止受理新的备案，原有备案不受影响；还有的产品能由购买账号自己备案，只是不能生成授权码。请换用可备案的资源，或使用其他账号提供的授权码。',
    },
    en: {
      title: 'Why does this product carry no filing, or issue no codes?',
      body: 'A filing is attached to a mainland server or the like with a public address of its own. Object storage, CDN and firewalls carry none: a site may use them, but files on the server behind. Some products take no new filings any more, those made before stay; others let the buying account file but issue no codes. Use a resource that carries filings, or a code that another account grants you.',
    },
    source: ['tencent-filing-resources', 'openbeian'],
  },
  {
    id: 'cannot-be-decided',
    topics: ['reason:resource.no_policy', 'reason:resource.fact_missing'],
    zh: {
      title: '结果是“无法判断”，是什么意思？',
      body: '不是拒绝，而是缺少依据：要么资源清单里缺少判断所需的一项信息（原因里写明了是哪一项），要么没有掌握该产品当日的规则。缺信息的，补全清单后重新判断；没有规则的，请向接入商客服确认，管理员可以把确认到的规则写进规则文件。',
    },
    en: {
      title: 'What does “cannot be decided” mean?',
      body: 'It is no refusal; the ground is missing. Either the inventory lacks a fact that the rules need (the reason names it), or no rule of that day is known for the product. Complete the inventory and check again; where the rule is unknown, ask the provider’s support. An administrator may then add what was confirmed to the policy files.',
    },
    source: ['openbeian'],
  },
  {
    id: 'code-over-for-good',
    topics: ['reason:code.lifetime_over', 'reason:code.not_revived'],
    zh: {
      title: '为什么续费后授权码仍不能用？',
      body: '多数产品的授权码随资源续费自动恢复，但有两种例外：有的授权码自带有效期，过期即作废；有的产品规定，因资源不符合条件而停用过的授权码不再恢复。这两种情况都请其所有者在符合条件的资源上重新生成一个。',
    },
    en: {
      title: 'Why does a code not work again after the renewal?',
      body: 'With most products codes come back with the renewal. Two kinds do not: codes with a life of their own, which end with it, and codes of products whose rules let a code that once stopped stay stopped. In both cases its owner issues a new one on a resource that meets the conditions.',
    },
    source: ['openbeian'],
  },
];

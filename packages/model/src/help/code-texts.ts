import type { HelpText } from './help.ts';

/** What people ask about filing codes. */
export const codeHelp: readonly HelpText[] = [
  {
    id: 'code-what',
    topics: ['page:codes'],
    zh: {
      title: '什么是备案授权码？',
      body: '授权码（有的接入商叫备案服务号、备案操作码）是在一台可备案的资源上生成的凭证。在备案信息里填上它，就表示网站将放在那台资源的 IP 上。有了授权码，资源的主人可以让别的账号用这台资源备案。',
    },
    en: {
      title: 'What is a filing code?',
      body: 'A filing code is made on a resource that can carry filings. Entered in a filing, it says that the site will live on that resource’s address. With a code, the owner of a resource lets another account file on it.',
    },
    source: ['tencent-code-faq', 'alibaba-code-faq-2019', 'alibaba-filing-faq-2020'],
  },
  {
    id: 'code-how-to-get',
    topics: ['page:codes', 'page:resources', 'page:resource'],
    zh: {
      title: '怎样得到授权码？',
      body: '在“资源”页查看哪些资源可以生成授权码；不能生成的，页面会列出全部原因和处理办法。选择可以生成的资源，点“生成授权码”，填写要授权的账号即可。生成后可复制给对方，并在“授权码”页查看状态、重新授权或撤销。',
    },
    en: {
      title: 'How do I get a code?',
      body: 'The resources page says which resources can issue codes; for the others it lists every reason and what to do. Choose one that can, issue a code, and name the account it is for. Copy it to them; the codes page shows its state and lets you grant it anew or revoke it.',
    },
    source: ['tencent-code-faq', 'alibaba-code-faq-2019'],
  },
  {
    id: 'code-not-for-sale',
    topics: ['page:codes'],
    zh: {
      title: '授权码可以买卖吗？',
      body: '不可以。授权码只能由符合条件的账号在自己购买的内地资源上生成，数量有限，不得出售，也买不到。请不要购买他人兜售的授权码：资源到期或被停用后，用它备案的网站会受影响。',
    },
    en: {
      title: 'Can codes be bought or sold?',
      body: 'No. An account that meets the conditions makes codes on mainland resources it bought; their number is limited and they may not be sold. Do not buy a code that somebody offers: when their resource ends, the site filed with it suffers.',
    },
    source: ['tencent-code-faq'],
  },
  {
    id: 'code-one-site',
    topics: ['page:codes', 'page:start', 'page:form', 'reason:code.bound'],
    zh: {
      title: '一个授权码能备案几个域名？',
      body: '一个。无论主办者是个人还是单位，一个授权码只对应一个网站的备案，一个网站只有一个域名。要备案多个域名，请为每个域名准备一个授权码，或直接用自己的资源备案。',
    },
    en: {
      title: 'How many domain names does one code file?',
      body: 'One. For individuals and units alike a code stands for the filing of one site, and a site has one domain name. For more names, get a code for each, or file on a resource of your own.',
    },
    source: ['tencent-code-faq'],
  },
  {
    id: 'code-reuse',
    topics: ['page:codes', 'reason:code.used', 'reason:code.bound'],
    zh: {
      title: '授权码可以重复使用吗？',
      body: '备案中途放弃，授权码没有真正用掉，只要资源仍在有效期内就可以再用于另一次备案。备案一旦成功，这个授权码就用完了，不能再用于任何备案，即使之后注销了那个网站。',
    },
    en: {
      title: 'Can a code be used again?',
      body: 'If the filing was given up, the code was not spent: as long as its resource stands, it can serve another filing. Once a filing succeeded, its code is spent for good, even if that site is cancelled later.',
    },
    source: ['tencent-code-faq', 'alibaba-code-faq-2019', 'alibaba-filing-faq-2020'],
  },
  {
    id: 'code-suspended',
    topics: [
      'page:codes',
      'reason:code.resource_expired',
      'reason:code.remaining_term_too_short',
      'reason:code.resource_ineligible',
    ],
    zh: {
      title: '授权码为什么提示无效或剩余有效期不足？',
      body: '授权码没有自己的期限，它随生成它的资源：资源到期，或剩余有效期少于规则要求的天数，授权码就暂时不可用。请资源的主人续费，续费后原来的授权码自动恢复可用，不需要重新生成。如果资源没有问题，请检查授权码是否已经用掉。',
    },
    en: {
      title: 'Why is a code invalid, or its time too short?',
      body: 'A code has no term of its own, it follows the resource that made it: when that expires, or has fewer days left than the rules ask for, the code stops for the time being. The owner renews, and the same code works again by itself. If the resource is fine, see whether the code was used already.',
    },
    source: ['tencent-code-faq'],
  },
  {
    id: 'code-not-restorable',
    topics: ['page:codes', 'reason:code.revoked'],
    zh: {
      title: '授权码注销后能恢复或重新申请吗？',
      body: '不能恢复。注销备案不会使已用掉的授权码复活，也不退回它占用的名额；删除授权码同样不能换来新的名额（具体接入商规则写明退回的除外）。名额不够时请换用其他资源。',
    },
    en: {
      title: 'Can a cancelled code be restored or applied for again?',
      body: 'It cannot be restored. Cancelling a filing neither revives the code it used nor gives its slot back, and deleting a code brings no new slot, unless the provider’s rule says so. When the quota is short, use another resource.',
    },
    source: ['alibaba-code-faq-2019', 'alibaba-filing-faq-2020'],
  },
  {
    id: 'individual-without-code',
    topics: ['reason:code.issuer_not_enterprise', 'page:codes'],
    zh: {
      title: '个人账号怎样得到授权码？',
      body: '有的接入商只允许企业实名认证的账号生成授权码，个人账号不能生成。个人备案不必用授权码：购买符合条件的资源后可以直接备案。也可以由企业账号把它的授权码授权给您。',
    },
    en: {
      title: 'How does an individual’s account get a code?',
      body: 'Some providers let only enterprise accounts issue codes. An individual needs none: a resource that meets the conditions files directly. An enterprise account may also grant one of its codes to you.',
    },
    source: ['tencent-code-faq'],
  },
  {
    id: 'quota-used-up',
    topics: ['reason:code.limit_reached', 'reason:resource.quota_exhausted'],
    zh: {
      title: '名额用完了怎么办？',
      body: '每个资源（有的产品按账号、订单或 IP）能备案的网站和能生成的授权码数量有限。用完后请换用其他符合条件的资源，或新购一台，在它上面备案或生成授权码；续费不会增加名额。',
    },
    en: {
      title: 'What if the quota is used up?',
      body: 'A resource (with some products an account, an order or an IP) carries a limited number of sites and codes. Then use another resource that meets the conditions, or buy one and file or issue there; renewing adds no quota.',
    },
    source: ['alibaba-filing-faq-2020', 'tencent-code-faq'],
  },
  {
    id: 'code-not-compulsory',
    topics: ['page:start', 'page:form', 'page:codes'],
    zh: {
      title: '备案一定要用授权码吗？',
      body: '不一定。只要有一种符合条件的资源就能备案：自己的云服务器、轻量服务器、容器或 Serverless 资源都可以直接选择，授权码只是其中一种方式。',
    },
    en: {
      title: 'Does a filing need a code?',
      body: 'No. One eligible resource is enough: a server, a light server, container hosting or Serverless of your own can be chosen directly. A code is only one of the ways.',
    },
    source: ['tencent-code-faq'],
  },
];

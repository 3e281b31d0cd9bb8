import type { HelpText } from './help-text.ts';

/** What people ask about filing codes. */
export const codeHelp: readonly HelpText[] = [
  {
    id: 'code-what',
    topics: ['page:codes'],
    zh: {
      title: '什么是备案授权码？',
      body: '授权码（有的接入商叫备案服务号、备案操作码）是在一台可备案的资源上生成的凭证。在备案信息中填写授权码，表示网站将使用该资源的 IP。有了授权码，资源所有者可以让其他账号使用该资源备案。',
    },
    en: {
      title: 'What is a filing code?',
      body: 'A filing code is created on an eligible resource. Entering it in a filing states that the site will be hosted on that resource’s IP address. With a code, the owner of a resource lets another account file with it.',
    },
    asked: {
      zh: ['授权码', '备案服务号', '备案操作码', '授权码是什么'],
      en: ['code', 'codes', 'authorisation code', 'service number'],
    },
    source: ['tencent-code-faq', 'alibaba-code-faq-2019', 'alibaba-filing-faq-2020'],
  },
  {
    id: 'code-how-to-get',
    topics: ['page:codes', 'page:resources', 'page:resource'],
    zh: {
      title: '怎样取得授权码？',
      body: '在“我的云资源”页面查看哪些资源可以生成授权码；不能生成的，页面会列出全部原因和处理办法。选择可以生成的资源，点击“生成授权码”，填写要授权的账号即可。生成后请复制并交给对方；在“备案授权码”页面可查看状态、更换授权账号或撤销。',
    },
    en: {
      title: 'How do I get a code?',
      body: 'The resources page shows which resources can create codes, and for the others every reason and how to fix it. Choose an eligible resource, create a code and enter the account it is for. Then send the code to its user; on the codes page you can see its status, reassign it or revoke it.',
    },
    asked: {
      zh: ['授权给别人', '授权给其他账号', '生成授权码', '申请服务号', '获取授权码'],
      en: ['grant a code', 'create a code', 'request a code'],
    },
    source: ['tencent-code-faq', 'alibaba-code-faq-2019'],
  },
  {
    id: 'code-not-for-sale',
    topics: ['page:codes'],
    zh: {
      title: '授权码可以买卖吗？',
      body: '不可以。授权码只能由符合条件的账号在自己购买的内地资源上生成，数量有限，不得买卖。请不要购买他人出售的授权码：对方的资源到期或被停用后，使用该授权码备案的网站会受到影响。',
    },
    en: {
      title: 'Can codes be bought or sold?',
      body: 'No. Only an eligible account can create codes, on mainland resources it bought; their number is limited and they must not be sold. Do not buy codes: when the seller’s resource expires or is suspended, the site filed with it is affected.',
    },
    asked: {
      zh: ['授权码能卖吗', '出售授权码', '卖授权码', '买授权码', '朋友给的授权码', '别人的授权码'],
      en: ['sell a code', 'buy a code'],
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
      title: 'How many domains can I file with one code?',
      body: 'One. For individuals and organisations alike, one code is for the filing of one site, and a site has one domain. For more domains, get a code for each, or file with your own resources.',
    },
    asked: {
      zh: ['一个码几个网站', '一码一站', '一个授权码对应几个域名'],
      en: ['one code per site', 'sites per code'],
    },
    source: ['tencent-code-faq'],
  },
  {
    id: 'code-reuse',
    topics: ['page:codes', 'reason:code.used', 'reason:code.bound'],
    zh: {
      title: '授权码可以重复使用吗？',
      body: '放弃备案后授权码即被释放，资源仍在有效期内时可用于其他备案。备案成功后授权码即为已使用，不能再用于任何备案，即使之后注销了该网站。',
    },
    en: {
      title: 'Can a code be used again?',
      body: 'If a filing is discarded, its code is not consumed: it can be used for another filing as long as its resource is valid. When a filing succeeds, its code is consumed permanently, even if the site’s filing is cancelled later.',
    },
    asked: {
      zh: ['二次使用', '重复用', '用过的授权码', '再次使用'],
      en: ['reuse a code', 'use twice', 'used code'],
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
      body: '授权码一般没有独立的有效期，而是以所属云资源为准：资源到期，或剩余有效期少于规则要求的天数时，授权码会暂停使用。资源所有者续费后，原授权码自动恢复可用，无需重新生成。如果资源没有问题，请检查授权码是否已使用。',
    },
    en: {
      title: 'Why is a code invalid, or its remaining term too short?',
      body: 'A code usually has no validity period of its own; it depends on its resource. When the resource expires, or has fewer days left than the rules require, the code is suspended. After the owner renews the resource, the same code works again automatically. If the resource is valid, check whether the code has been used.',
    },
    asked: {
      zh: ['授权码不可用', '授权码失效', '提示无效', '剩余时间不够'],
      en: ['invalid code', 'code rejected', 'code not accepted'],
    },
    source: ['tencent-code-faq'],
  },
  {
    id: 'code-not-restorable',
    topics: ['page:codes', 'reason:code.revoked'],
    zh: {
      title: '授权码撤销后可以恢复或重新生成吗？',
      body: '不能恢复。注销备案后，已使用的授权码不会恢复可用，名额也不返还；撤销授权码同样不返还名额（接入商规则另有规定的除外）。名额不足时请换用其他资源。',
    },
    en: {
      title: 'Can a revoked code be restored or replaced?',
      body: 'It cannot be restored. Cancelling a filing does not reactivate its code or return its quota, and revoking a code does not return its quota either, unless the provider’s rules say so. If you need more quota, use another resource.',
    },
    asked: {
      zh: ['名额退回', '注销后名额', '返还名额', '重新生成授权码'],
      en: ['quota given back', 'quota returned after cancellation', 'get the code back'],
    },
    source: ['alibaba-code-faq-2019', 'alibaba-filing-faq-2020'],
  },
  {
    id: 'individual-without-code',
    topics: ['reason:code.issuer_not_enterprise', 'page:codes'],
    zh: {
      title: '个人账号怎样取得授权码？',
      body: '有的接入商只允许企业实名认证的账号生成授权码，个人账号不能生成。个人备案不一定需要授权码：购买符合条件的资源后可以直接备案，也可以使用企业账号授权给您的授权码。',
    },
    en: {
      title: 'How does an individual account get a code?',
      body: 'Some providers let only enterprise accounts create codes. An individual does not need one: with an eligible resource you can file directly. An enterprise account can also grant one of its codes to you.',
    },
    asked: {
      zh: ['个人账号', '个人用户怎么拿授权码', '个人实名'],
      en: ['private person', 'personal account', 'individual account code'],
    },
    source: ['tencent-code-faq'],
  },
  {
    id: 'quota-used-up',
    topics: ['reason:code.limit_reached', 'reason:resource.quota_exhausted'],
    zh: {
      title: '名额用完了怎么办？',
      body: '每个资源（有的产品按账号、订单或 IP）能备案的网站和能生成的授权码数量有限。用完后请换用其他符合条件的资源，或新购一台；续费不会增加名额。',
    },
    en: {
      title: 'What if the quota is used up?',
      body: 'Each resource (for some products each account, order or IP) has a limited quota of sites and codes. When it is used up, use another eligible resource or buy one. Renewing does not add quota.',
    },
    asked: {
      zh: ['名额', '名额满了', '超过限制', '次数用完', '一台服务器能备案几个网站', '能备案几个域名'],
      en: ['quota', 'quota exceeded', 'limit reached', 'how many sites per server'],
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
      title: 'Do I need a code to file?',
      body: 'No. One eligible resource is enough: you can choose your own cloud server, lightweight server, container hosting or serverless resource directly. A code is only one of the ways.',
    },
    asked: {
      zh: ['不用授权码', '没有授权码也能备案', '必须要授权码吗'],
      en: ['without a code', 'code required'],
    },
    source: ['tencent-code-faq'],
  },
];

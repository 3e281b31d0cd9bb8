import type { HelpText } from './help-text.ts';

/** What people ask when a site is blocked, or when what is on record and what they see differ. */
export const blockHelp: readonly HelpText[] = [
  {
    id: 'before-buying',
    topics: ['page:resources', 'page:resource', 'page:codes'],
    zh: {
      title: '购买服务器前，怎样知道能否备案、能生成几个授权码？',
      body: '先看产品是否支持备案、是否支持授权码，再看计费方式、购买时长和地域：按量计费、试用和到期时间不足的资源通常不能备案；轻量服务器等产品可以备案但不生成授权码。“云资源”页面按当日规则列出每台资源能否备案、还剩多少名额、何时不再符合条件。',
    },
    en: {
      title: 'Before I buy a server: can it be used for a filing, and how many codes will it give?',
      body: 'Check whether the product can be used for filings and for codes, then billing, purchased term and region. Pay-as-you-go and trial resources, and those that expire soon, usually cannot; lightweight servers can be filed with but issue no codes. The resources page lists by today’s rules for each resource whether it is eligible, how much quota is left and when it stops being eligible.',
    },
    asked: {
      zh: ['试用服务器', '轻量服务器', '学生机', '按量计费能备案吗', '买哪种服务器', '剩余名额'],
      en: ['trial server', 'lightweight server', 'pay-as-you-go', 'which server to buy', 'how many codes left'],
    },
    source: ['user-questions-2026', 'tencent-code-faq', 'tencent-filing-resources'],
  },
  {
    id: 'site-without-server',
    topics: ['page:resources', 'page:start'],
    zh: {
      title: '网站放在对象存储、Pages 或 Serverless 上，只为备案要买服务器吗？',
      body: '对象存储、静态托管和 CDN 本身不能用于备案，域名仍须有备案号。可以使用支持备案的 Serverless 或容器资源包，也可以使用他人授权的授权码，不一定要买服务器。备案后须至少保留一台本接入商的内地资源为该域名提供服务，否则可能被取消接入。',
    },
    en: {
      title: 'My site is on object storage, Pages or serverless. Must I buy a server just to file?',
      body: 'Object storage, static hosting and CDNs cannot be used for a filing themselves, but the domain still needs a number. You can use an eligible serverless or container package, or a code that somebody grants to you, instead of a server. After the filing keep at least one mainland resource of the provider that serves the domain, or its access may be cancelled.',
    },
    asked: {
      zh: ['静态网站', 'OSS', 'COS', 'GitHub Pages', '无服务器', '云函数', '博客'],
      en: ['static site', 'object storage', 'serverless', 'bucket', 'no server'],
    },
    source: ['user-questions-2026', 'tencent-filing-resources', 'tencent-serverless-filing'],
  },
  {
    id: 'release-server',
    topics: ['page:resources', 'page:resource', 'page:records'],
    zh: {
      title: '备案后可以释放服务器或让它到期吗？',
      body: '不建议。备案成功后域名仍须解析到本接入商的内地资源；释放资源、长期不续费或改到其他接入商，核查时会被判为空壳网站，先通知整改，逾期取消接入，之后管局注销备案号。更换服务器时，请先在新资源上恢复访问，并更新备案的云资源。',
    },
    en: {
      title: 'May I release the server, or let it expire, after the filing?',
      body: 'Better not. The domain must keep resolving to a mainland resource of this provider. If you release it, do not renew it or move away, checks find the site empty: first a notice, then the access is cancelled, and later the authority cancels the number. When you change servers, bring the site up on the new resource first and update the filing’s resource.',
    },
    asked: {
      zh: ['释放', '退订服务器', '服务器到期', '空壳网站', '不续费', '关机', '更换服务器'],
      en: ['delete server', 'server expired', 'empty site', 'not renewing', 'terminate instance'],
    },
    source: ['user-questions-2026', 'tencent-filing-duties'],
  },
  {
    id: 'find-the-block',
    topics: ['reason:unfiled', 'reason:access_missing', 'page:host'],
    zh: {
      title: '怎样确认是备案阻断，而不是程序故障？证书为什么申请失败？',
      body: '在“域名查询”中输入域名，可查看当前结论、原因、备案域名和处理办法。被阻断的特征：HTTP 跳转到提示页或返回 403，HTTPS 在握手时断开，用 IP 访问正常，服务器日志正常或没有请求。HTTP-01 方式申请证书会拿到提示页而失败，请改用 DNS-01，或在备案完成后再申请。接口被阻断时，请按返回内容中的原因代码处理，不要只看状态码。',
    },
    en: {
      title: 'Is it the filing that blocks my site, or a fault of mine? Why does my certificate request fail?',
      body: 'Enter the domain in the domain lookup: it shows the result, the reason, the filing domain and what to do. Signs of a block: HTTP redirects to a notice page or answers 403, HTTPS is cut off in the handshake, the IP address works, and the server’s log shows nothing unusual. A certificate request by HTTP-01 gets the notice page and fails: use DNS-01, or ask again after the filing. If an API is blocked, look at the reason code in the answer, not only at the status.',
    },
    asked: {
      zh: [
        '网关',
        '打不开',
        '无法访问',
        '403',
        '网站打不开',
        '连接被重置',
        'ACME',
        "Let's Encrypt",
        '证书申请失败',
        '拦截页',
        '为什么被封',
        '接口被拦截',
      ],
      en: [
        'cannot open',
        'notice page instead of content',
        'cannot open site',
        'connection reset',
        '403 Forbidden',
        'ACME HTTP-01',
        "Let's Encrypt",
        'block page',
        'API blocked',
      ],
    },
    source: ['user-questions-2026', 'tencent-filing-duties'],
  },
  {
    id: 'approved-still-blocked',
    topics: ['reason:unfiled', 'reason:access_missing', 'page:host', 'page:filing'],
    zh: {
      title: '备案已通过，为什么网站仍被阻断？短信已核验，状态为什么没变？',
      body: '状态从管局同步到接入商需要时间：短信核验后一般几分钟内更新，放行一般在数分钟到数小时，个别情况到下一个工作日。请在“域名查询”中查看当前结论，并清除浏览器、DNS 和 CDN 缓存后再试。公共查询已能查到、但一个工作日后仍未放行的，请联系客服。',
    },
    en: {
      title:
        'The filing is approved. Why is the site still blocked? The SMS is confirmed. Why has the status not changed?',
      body: 'Status travels from the authority to the provider with a delay: an SMS verification shows after some minutes, and a domain opens after minutes to hours, sometimes on the next working day. Look it up in the domain lookup, clear the caches of browser, DNS and CDN, and try again. If the public query shows the record and the site is still blocked after one working day, contact support.',
    },
    asked: {
      zh: ['备案下来了还是打不开', '同步延迟', '状态不更新', '审核通过了多久能访问', '多久解封', '放行时间', '白名单'],
      en: ['approved but blocked', 'sync delay', 'status not updated', 'how long until it opens'],
    },
    source: ['user-questions-2026', 'timers', 'tencent-filing-duties'],
  },
  {
    id: 'periodic-check',
    topics: ['page:records', 'reason:access_missing', 'reason:suspended'],
    zh: {
      title: '收到备案核查或整改通知怎么办？',
      body: '接入商会定期核查主体信息、联系电话、域名解析、网站内容、域名持有者和网站底部的备案号。请在通知的期限内按原因处理：信息变化的办理变更；域名没有解析到本接入商的改回解析，或取消接入；域名过期或不再使用的注销网站。整改期内网站可以访问，逾期会被取消接入，之后可能被管局注销。',
    },
    en: {
      title: 'I got a notice of a check or correction. What do I do?',
      body: 'Providers check the organiser, phone numbers, DNS, content, the domain’s holder and the number in the footer from time to time. Act within the period of the notice: file a change if details changed; if the domain does not resolve to this provider, change its DNS back or cancel the access; cancel the site if the domain has expired or is no longer used. The site stays online during the period; after it the access is cancelled, and the authority may cancel the number.',
    },
    asked: {
      zh: ['专项核查', '整改', '取消接入通知', '解析不在本接入商', '国外 CDN', '空壳', '限期整改'],
      en: ['inspection', 'rectification', 'notice to correct', 'access cancelled', 'foreign CDN', 'DNS moved'],
    },
    source: ['user-questions-2026', 'tencent-filing-duties', 'other-clouds-filing-kinds'],
  },
  {
    id: 'message-changed',
    topics: ['page:filing', 'page:records'],
    zh: {
      title: '收到短信“备案信息已被变更”是什么意思？',
      body: '管局在备案数据有任何更新时都会发送，可能是：您提交的备案已通过；新增或取消了接入；接入商或管局更正了信息；备案被注销。请在工信部公共查询和本系统的“备案记录”中查看当前状态；不是您发起、又查不到原因的，请联系接入商。',
    },
    en: {
      title: 'What does the text message “your filing information was changed” mean?',
      body: 'The authority sends it for any update of the record: a filing of yours was approved, an access was added or cancelled, the provider or authority corrected something, or the record was cancelled. See MIIT’s public query and the records page for the present state. If you did not start it and find no reason, contact the provider.',
    },
    asked: { zh: ['12381', '工信部短信', '备案信息变更短信'], en: ['SMS from MIIT', 'information changed message'] },
    source: ['user-questions-2026'],
  },
  {
    id: 'cancelled-still-shown',
    topics: ['page:records', 'page:start'],
    zh: {
      title: '管局已注销，公共查询为什么还能查到？为什么不能重新备案？',
      body: '各省管局与工信部的数据同步有延迟。公共查询仍显示原备案时，重新提交会被判为已备案而驳回。请等公共查询查不到后再提交；超过十个工作日仍显示的，请联系所在省的管局更新。',
    },
    en: {
      title:
        'The authority cancelled the record. Why does the public query still show it, and why can I not file again?',
      body: 'The provinces’ data reach MIIT with a delay. While the public query shows the old record, a new filing is returned as already filed. Submit when the query no longer finds it; if it is still there after ten working days, ask the authority of your province to update it.',
    },
    asked: {
      zh: ['注销后还能查到', '数据不同步', '无法重新备案'],
      en: ['still shown after cancellation', 'cannot refile', 'stale record'],
    },
    source: ['user-questions-2026', 'other-clouds-filing-kinds'],
  },
  {
    id: 'query-empty',
    topics: ['page:records', 'page:host'],
    zh: {
      title: '公共查询没有结果，就是没有备案吗？',
      body: '不一定。查询网站繁忙、需要验证码或暂时无法访问时，也会没有结果。请用主域名（不带 www）、备案号或主办单位全称再查一次，或稍后再试。批量查询时逐条查看结果，查询失败的不要当作未备案。',
    },
    en: {
      title: 'The public query finds nothing. Does that mean unfiled?',
      body: 'Not always. It also finds nothing while the site is busy, asks for a captcha or cannot be reached. Search again by registered domain (without www), by number or by the organiser’s full name, or later. In a batch look at each row’s result, and do not take a failed query for unfiled.',
    },
    asked: {
      zh: ['查不到备案', '查询失败', '批量查询', '域名在哪里备案', '查备案号'],
      en: ['query returns nothing', 'batch query', 'where is my domain filed', 'lookup number'],
    },
    source: ['user-questions-2026', 'STANDARDS'],
  },
  {
    id: 'ip-differs',
    topics: ['page:records', 'page:resource', 'page:filing'],
    zh: {
      title: '备案的 IP 与实际解析的 IP 不一致，有影响吗？',
      body: '在同一接入商内更换服务器，一般不需要重新备案，但个别省（如黑龙江、浙江）要求备案 IP 与解析 IP 一致，核查时会要求变更。建议更换后及时更新备案的云资源。经营性网站须一致。',
    },
    en: {
      title: 'The filed IP address differs from the one the site resolves to. Does it matter?',
      body: 'Within one provider a new server usually needs no new filing, but some provinces, such as Heilongjiang and Zhejiang, require the two to be equal and ask for a change during checks. Update the filing’s resource after you change servers. For commercial sites they must be equal.',
    },
    asked: {
      zh: ['换 IP', '更换服务器 IP', 'IP 不一致', '弹性公网 IP 变了'],
      en: ['IP changed', 'different IP', 'new server address'],
    },
    source: ['other-clouds-filing-kinds', 'user-questions-2026'],
  },
  {
    id: 'filing-api',
    topics: ['page:filings', 'page:start', 'page:overview'],
    zh: {
      title: '备案可以用接口办理吗？需要到管局网站再填一遍吗？',
      body: '备案信息填写一次即可：初审通过后由本系统上报管局，无需到管局网站重复填写。从发起、填写、上传材料、提交到查询备案号，都可以用 API 密钥调用接口，见“接口文档”页面；身份核验和短信核验须由负责人本人完成。中途离开不会丢失：填写内容自动保存，退回后只需修改被驳回的项。',
    },
    en: {
      title: 'Is there an API for filings, and must I enter everything again on the authority’s site?',
      body: 'You enter the details once: after the review this system hands the filing to the authority, so nothing is entered again on the authority’s site. From starting and filling in a filing to uploading, submitting and following it to its number, a program can do it with an API key; see the page API documentation. The people in charge verify themselves and confirm the SMS. Nothing is lost if you leave: entries are saved automatically, and after a return you fix only the rejected fields.',
    },
    asked: {
      zh: ['API', '接口', '自动备案', '批量备案', '重复填写', '自动填写', '从哪一步继续'],
      en: ['API', 'automation', 'bulk filing', 'enter twice', 'autofill', 'resume filing'],
    },
    source: ['user-questions-2026', 'huawei-filing-guide', 'openbeian'],
  },
];

import type { HelpText } from './help-text.ts';

/** What people ask about which filing a domain needs, if any. */
export const routeHelp: readonly HelpText[] = [
  {
    id: 'cdn-number',
    topics: [
      'reason:route.delivery_any_number',
      'reason:route.delivery_needs_number',
      'page:start',
      'reason:access_missing',
    ],
    zh: {
      title: '使用 CDN 或高防、WAF 时要备案吗？',
      body: '使用内地节点的 CDN、WAF、高防等加速和防护产品，域名须有有效的备案号，经任一接入商备案均可，不要求在 CDN 的接入商办理接入备案。这类产品本身不能用于备案：没有备案号的，请用源站服务器在其接入商备案；源站在内地的，源站的接入商仍须办理首次或接入备案。只使用境外节点的不需要。',
    },
    en: {
      title: 'Do I need a filing for a CDN, WAF or anti-DDoS service?',
      body: 'A domain that mainland nodes of such a service serve needs a valid filing number, filed through any provider; no access filing with the CDN’s provider is asked for. The service itself cannot be used for a filing: without a number, file with the origin server at its provider. An origin in the mainland still needs its own first or access filing. With nodes outside the mainland only, nothing is needed.',
    },
    asked: {
      zh: [
        '源站在境外用国内 CDN 要备案吗',
        '加速域名备案',
        'CDN 要不要接入备案',
        '回源',
        'EdgeOne 备案',
        'Cloudflare 中国',
      ],
      en: ['accelerated domain', 'CDN in front of origin abroad', 'edge acceleration', 'reverse proxy filing'],
    },
    source: ['alibaba-docs-2019', 'deployment-note-2026'],
  },
  {
    id: 'second-hand-domain',
    topics: [
      'reason:route.record_of_former_owner',
      'reason:route.record_of_other_subject',
      'reason:route.not_own_record',
      'reason:route.record_taken_as_own',
      'page:start',
    ],
    zh: {
      title: '买来的域名仍有原持有人的备案，怎么办？',
      body: '原备案属于原主办者，您不能接入或变更，号码也不会随域名转让。请让原主办者注销该网站的备案；联系不上的，凭域名证书和证件向备案所在省的管局申请注销。公共查询不再显示后，再以您的主体首次备案或新增网站，取得新的备案号。',
    },
    en: {
      title: 'I bought a domain that still has its former owner’s record. What now?',
      body: 'The record is the former organiser’s: you cannot access or change it, and the number does not pass on with the domain. Ask the former owner to cancel it; if that fails, apply to the authority of the record’s province with the domain certificate and your documents. When the public query no longer shows it, make a first filing or add the site, and get a number of your own.',
    },
    asked: {
      zh: ['二手域名备案', '域名过户后备案', '域名已被别人备案', '域名被他人占用备案', '抢注域名', '老域名'],
      en: [
        'second-hand domain',
        'transferred domain',
        'domain filed by somebody else',
        'previous owner',
        'expired domain bought',
      ],
    },
    source: ['other-clouds-filing-kinds', 'alibaba-docs-2019'],
  },
  {
    id: 'subject-changed',
    topics: [
      'reason:route.certificate_changed',
      'reason:route.nature_changed',
      'reason:route.change_filing',
      'page:start',
      'page:records',
    ],
    zh: {
      title: '证件换了，或个人备案要改为企业备案，怎么办？',
      body: '证件、证件号码或名称有变化的，先办理变更备案，再新增网站或接入，否则会因主体信息不符被驳回。个人改为企业等主体性质变化，各省规定不同：多数省只允许变更为本人任法定代表人的单位；不允许的，先注销个人主体的备案，再以企业首次备案，网站会取得新的备案号。',
    },
    en: {
      title: 'The certificate was replaced, or an individual’s filing becomes a company’s. What do I do?',
      body: 'If the certificate, its number or the name has changed, make a change filing before you add a site or an access, or the filing is returned because the organiser does not match. A change of nature, such as from an individual to a company, depends on the province: most allow it only if the individual is the company’s legal representative. Otherwise cancel the individual’s filing first and make a first filing for the company; the site gets a new number.',
    },
    asked: {
      zh: [
        '个人转企业',
        '营业执照变更',
        '公司改名',
        '统一社会信用代码',
        '身份证换护照',
        '变更主体',
        '法人变更',
        '证件到期',
        '换新证',
      ],
      en: [
        'individual to company',
        'change of organiser',
        'new business licence',
        'company renamed',
        'new ID number',
        'certificate expired',
        'renewed certificate',
      ],
    },
    source: ['ALI19-REJECT', 'other-clouds-filing-kinds', 'TC-SUBJECT'],
  },
  {
    id: 'internal-domain',
    topics: [
      'reason:route.internal_name',
      'reason:route.suffix_unknown',
      'reason:malformed_host',
      'page:start',
      'page:host',
    ],
    zh: {
      title: '.local、.lan 等内部域名需要备案吗？',
      body: '不需要，也无法备案：.local、.lan、.corp、.test 等名称不属于公共域名，任何注册商都不能注册，只在您自己的网络中有效。对外提供服务的，请注册一个域名并为它备案。如果提示后缀不在公共后缀表中，请先检查域名是否写错。',
    },
    en: {
      title: 'Do internal names such as .local or .lan need a filing?',
      body: 'No, and they cannot be filed: names such as .local, .lan, .corp or .test are not public, no registrar sells them, and they work in your own network only. For a public service register a domain and file that. If you are told that the suffix is not on the public list, check the spelling first.',
    },
    asked: {
      zh: ['内网域名', '局域网', '私有域名', '没有公网域名'],
      en: ['intranet name', 'private network', 'home network', 'no public suffix'],
    },
    source: ['openbeian'],
  },
  {
    id: 'platform-domain',
    topics: ['reason:route.platform_name', 'reason:route.provider_hostname', 'page:start'],
    zh: {
      title: '使用平台赠送的域名（如 github.io）需要备案吗？',
      body: '平台或接入商提供的默认域名由其持有，您无法也无需为它备案。要使用自己的域名，请先注册、完成实名认证，再在网站所在的接入商备案；绑定自己的域名之前必须完成。',
    },
    en: {
      title: 'Do I have to file a platform’s domain such as github.io?',
      body: 'Default domains of a platform or provider belong to it: you cannot file them and need not. To use a domain of your own, register it, complete its real-name verification, and file it with the provider that hosts the site before you bind it.',
    },
    asked: {
      zh: ['默认域名', '三级域名', '测试域名', '免费域名', 'vercel', 'pages'],
      en: ['default domain', 'free subdomain', 'test domain', 'preview URL'],
    },
    source: ['tencent-serverless-filing', 'openbeian'],
  },
  {
    id: 'domain-suffix',
    topics: ['reason:route.suffix_not_listed', 'reason:route.unapproved_suffix_final', 'page:start', 'page:form'],
    zh: {
      title: '哪些域名后缀可以备案？',
      body: '只有工信部批准的后缀，且在境内有资质的注册商注册的域名才能备案；.cn、.com、.net、.top、.中国 等可以，.io、.me、.hk 等通常不可以，个别省另有限制。清单会调整，请以工信部“域名行业管理”网站为准。历史上已备案但后缀未获批准的域名，一旦注销或取消接入就不能再备案。境外注册商的域名请先转入境内注册商。',
    },
    en: {
      title: 'Which suffixes can be filed?',
      body: 'Only domains below a suffix that MIIT has approved, held with a mainland registrar that MIIT has licensed. .cn, .com, .net and .top can be filed; .io, .me or .hk usually cannot, and some provinces restrict more. The list changes: MIIT’s site on domain administration is decisive. A domain filed in the past under a suffix without approval can never be filed again once it is cancelled. Transfer domains of foreign registrars to a mainland registrar first.',
    },
    asked: {
      zh: ['io 域名', 'me 域名', '不支持备案的后缀', '国外注册商', '域名转入', 'org 域名', 'ai 域名'],
      en: ['TLD', 'io domain', 'foreign registrar', 'approved suffix', 'transfer domain in'],
    },
    source: ['FILEABLE-SUFFIXES', 'ALI19-DOMAIN', 'alibaba-docs-2019'],
  },
  {
    id: 'mail-only',
    topics: ['reason:route.mail_needs_filing', 'reason:route.mail_at_provider', 'page:start'],
    zh: {
      title: '域名只用于企业邮箱，需要备案吗？',
      body: '只把 MX 记录指向接入商的邮箱服务，不解析到自己的服务器，不需要备案，完成实名认证即可。域名（包括 mail. 等子域名）解析到内地服务器的，即使只用于邮件，也需要备案。',
    },
    en: {
      title: 'Do I have to file a domain that is used for mail only?',
      body: 'If only its MX records point to a hosted mail service and nothing resolves to a server of yours, no filing is needed; real-name verification is enough. A domain that resolves to a mainland server, mail.… included, must be filed even if it serves mail only.',
    },
    asked: {
      zh: ['邮箱', '邮件服务器', 'MX 记录', 'mail 子域名'],
      en: ['email only', 'mail server', 'MX record', 'webmail'],
    },
    source: ['tencent-filing-duties'],
  },
  {
    id: 'app-backend',
    topics: ['reason:route.app_backend', 'page:start', 'page:form'],
    zh: {
      title: 'APP 要备案吗？与网站备案有什么区别？',
      body: '使用内地服务器的 APP 须办理 APP 备案，在服务器所在的接入商提交。APP 与网站分别备案、互不替代；同一主体可让网站和 APP 共用一个域名。每个平台填写包名、公钥和证书指纹，并填写实际使用的域名。单机 APP、服务器全部在境外的 APP 不需要备案。',
    },
    en: {
      title: 'Does an APP need a filing, and how does it differ from a website’s?',
      body: 'An APP with mainland servers is filed as an APP, with the provider of its servers. APPs and websites are filed separately and do not replace each other; one organiser may use the same domain for both. For each platform enter the package name, public key and certificate fingerprint, and the domains it really uses. An APP without servers, or with servers only outside the mainland, needs none.',
    },
    asked: {
      zh: ['App 备案', '安卓', 'iOS', '鸿蒙', '应用市场', '接口域名', 'API'],
      en: ['mobile app', 'Android', 'iOS', 'app store', 'API backend'],
    },
    source: ['huawei-filing-guide'],
  },
  {
    id: 'app-fingerprint',
    topics: ['page:form'],
    zh: {
      title: 'APP 的证书指纹填 MD5 还是 SHA-1？换证书怎么办？',
      body: '填写的是签名证书的指纹，不是安装包的。Android 一般填 MD5（32 位），iOS 填 SHA-1（40 位），鸿蒙以应用市场显示的为准；去掉冒号，只取叶子证书。更换签名证书或包名后须变更备案。私钥和密钥库文件请勿提供给任何人。',
    },
    en: {
      title: 'Is an APP’s fingerprint MD5 or SHA-1, and what if the certificate changes?',
      body: 'It is the fingerprint of the signing certificate, not of the package. Android usually takes MD5 (32 characters), iOS SHA-1 (40 characters), HarmonyOS what its store shows. Leave out the colons and use the leaf certificate only. A new certificate or package name needs a change filing. Never hand over the private key or the key store.',
    },
    asked: {
      zh: ['SHA-1', 'MD5', '公钥', '包名', 'Bundle ID', '签名证书'],
      en: ['signature', 'public key', 'package name', 'bundle id', 'signing certificate renewal'],
    },
    source: ['huawei-filing-guide', 'user-questions-2026'],
  },
  {
    id: 'mini-program',
    topics: ['reason:route.mini_program_backend', 'page:start'],
    zh: {
      title: '小程序要备案吗？后端域名呢？',
      body: '小程序本身在其平台（微信、抖音、百度、支付宝等）备案，不在服务器的接入商办理。后端使用自己的域名和内地服务器的，该域名须先按网站备案，再在平台配置为服务器域名。',
    },
    en: {
      title: 'Does a mini-program need a filing, and its backend’s domain?',
      body: 'The mini-program itself is filed at its platform (WeChat, Douyin, Baidu, Alipay …), not with the provider of its servers. If its backend uses a domain of yours on a mainland server, file that domain like a website first; then configure it at the platform.',
    },
    asked: {
      zh: ['微信小程序', '服务器域名', 'request 合法域名', '小游戏'],
      en: ['WeChat mini program', 'server domain', 'mini game'],
    },
    source: ['huawei-filing-guide', 'user-questions-2026'],
  },
  {
    id: 'port-protocol',
    topics: ['reason:route.any_port', 'reason:route.any_protocol', 'reason:route.ipv6', 'page:host', 'reason:unfiled'],
    zh: {
      title: '换端口、用 HTTPS 或 IPv6 可以不备案吗？',
      body: '不可以。是否备案按域名和服务判断，与端口、协议、IP 版本无关：使用 8080、8443 等端口、HTTPS、WebSocket 或仅 IPv6，只要在内地提供服务都须备案。未备案的域名在明文请求中按 Host、在 TLS 握手时按 SNI 阻断。只用 IP 访问的网站也须备案，由主办者向管局办理。',
    },
    en: {
      title: 'Can I avoid a filing with another port, HTTPS or IPv6?',
      body: 'No. What counts is the domain and its service, not the port, the protocol or the version of the address: with port 8080 or 8443, HTTPS, WebSocket or IPv6 only, a service in the mainland must be filed. Unfiled domains are blocked by the Host header of plain requests and by the SNI of TLS handshakes. Sites reached by IP address alone must be filed too, with the authority.',
    },
    asked: {
      zh: ['非标准端口', '8080', '8443', '80 443 端口', 'SNI', 'wss', 'IP 直接访问', '绕过备案', '用 IP 访问'],
      en: ['non-standard port', 'TLS', 'SNI', 'IP address only', 'bypass', 'bare IP'],
    },
    source: ['tencent-filing-duties', 'other-clouds-filing-kinds'],
  },
  {
    id: 'sub-domain',
    topics: ['reason:route.follows_registrable_name', 'page:start', 'page:host'],
    zh: {
      title: '子域名、二级域名要单独备案吗？',
      body: '不需要。网站备案按主域名办理，www、shop 等子域名随主域名有效。但子域名放到另一个接入商时，主域名须在那里办理接入备案。APP 按实际使用的域名填写；gov.cn 下的各单位分别备案。',
    },
    en: {
      title: 'Do sub-domains need a filing of their own?',
      body: 'No. A website is filed under its registered domain, and names below it follow. But if a sub-domain moves to another provider, the registered domain needs an access filing there. An APP enters the domains it really uses, and each unit below gov.cn files by itself.',
    },
    asked: { zh: ['二级域名', '三级域名', 'www', '泛域名', '子站'], en: ['subdomain', 'www', 'wildcard domain'] },
    source: ['other-clouds-filing-kinds'],
  },
  {
    id: 'access-filing',
    topics: [
      'reason:route.filed_elsewhere',
      'reason:route.not_accessed_here',
      'reason:route.subject_not_here',
      'reason:route.no_access_here',
      'reason:route.cancel_access',
      'reason:route.subject_is_here',
      'reason:access_missing',
      'page:start',
      'page:host',
    ],
    zh: {
      title: '已在其他服务商备案，换服务商还要备案吗？',
      body: '需要办理接入备案（新增接入），备案号不变；初审通过后即可在新接入商访问，不必等管局审核。原接入商不再使用的，请取消接入。变更、注销须在目前接入该备案的接入商办理；都没有接入的，请联系所在省的管局。',
    },
    en: {
      title: 'The site is filed with another provider. Do I have to file again when I move?',
      body: 'You need an access filing; the number stays. The site can go live with the new provider after its review, before the authority’s decision. Cancel the access of a provider that you no longer use. Changes and cancellations are made with a provider that accesses the record now; if none does, ask the authority of your province.',
    },
    asked: {
      zh: [
        '接入',
        '新增接入',
        '转移备案',
        '更换服务商',
        '迁移服务器',
        '转入备案',
        '搬家',
        '多个接入商',
        '备案在阿里云',
      ],
      en: ['access', 'move', 'move provider', 'migrate', 'transfer filing', 'two providers', 'change hosting'],
    },
    source: ['tencent-filing-kinds', 'alibaba-filing-faq-2020'],
  },
  {
    id: 'other-account',
    topics: [
      'reason:route.filed_here_other_account',
      'reason:route.in_other_account',
      'reason:route.move_account',
      'reason:route.filed_here',
      'page:records',
      'page:start',
    ],
    zh: {
      title: '备案在哪个账号下？怎样转到另一个账号？',
      body: '一个主体的备案由一个账号管理。不记得账号的，请联系客服，核验主体证件后查询。换账号时办理“迁移备案账号”：在原账号填写目标账号并验证手机号，目标账号须与备案主体一致、没有备案和进行中的订单；只换管理账号，不经管局审核，网站不受影响。',
    },
    en: {
      title: 'Which account has my record, and how do I move it?',
      body: 'One account manages the records of an organiser. If you do not remember which, ask support, which verifies the organiser’s documents first. To change it, move the filing: enter the target account in the old one and confirm by phone. The target must be verified for the same organiser and have no record and no filing in progress. Only the managing account changes; the authority is not involved and the site stays online.',
    },
    asked: {
      zh: ['账号', '忘记备案账号', '找回备案', '备案迁移', '过户账号', '备案在别的账号', '丢失账号'],
      en: ['account', 'lost account', 'recover account', 'transfer between accounts', 'forgot which account'],
    },
    source: ['tencent-filing-kinds', 'alibaba-docs-2019', 'user-questions-2026'],
  },
  {
    id: 'change-or-cancel',
    topics: [
      'reason:route.change_site',
      'reason:route.cancel_site',
      'reason:route.cancel_subject',
      'reason:route.no_record',
      'reason:route.no_subject',
      'page:records',
      'page:filing',
    ],
    zh: {
      title: '怎样变更或注销备案？变更和新增可以同时办吗？',
      body: '在备案所在的账号和目前的接入商办理。信息有变化的办理变更，期间网站可以访问；注销网站只结束该网站的备案号，注销主体会结束其下全部网站，均不可恢复。同一主体一般同时只能有一个进行中的订单，请先完成或撤回现有的订单。没有备案的，没有可变更或注销的内容。',
    },
    en: {
      title: 'How do I change or cancel a record, and can I add a site at the same time?',
      body: 'In the account that has the record, with a provider that accesses it. File a change when details have changed; the site stays online. Cancelling a site ends its number only, cancelling the organiser ends all of its sites, and neither can be undone. An organiser usually has one filing in progress at a time: complete or withdraw it first. Without a record there is nothing to change or cancel.',
    },
    asked: {
      zh: [
        '注销',
        '变更',
        '注销备案',
        '变更备案',
        '删除备案',
        '取消备案',
        '有进行中的订单',
        '没有操作按钮',
        '修改备案信息',
        '修改联系电话',
        '换手机号',
        '取消接入',
        '换负责人',
      ],
      en: [
        'cancel',
        'change',
        'cancel filing',
        'delete record',
        'update details',
        'order in progress',
        'change phone number',
        'change contact',
        'cancel access',
      ],
    },
    source: ['tencent-filing-kinds', 'other-clouds-filing-kinds'],
  },
  {
    id: 'which-kind',
    topics: [
      'reason:route.never_filed',
      'reason:route.subject_here',
      'reason:route.subject_elsewhere',
      'reason:route.region_unknown',
      'reason:route.outside_mainland',
      'page:start',
    ],
    zh: {
      title: '首次备案、新增网站、接入备案有什么区别？',
      body: '系统按主体和域名的备案情况判断，无需自行选择：主体和域名都没有备案的是首次备案；主体已备案、域名没有备案的是新增网站；域名已备案但不在本接入商的是接入备案。判断与实际不符，多半是证件号码或名称与原备案不一致。服务器在境外的不需要备案。',
    },
    en: {
      title: 'What is the difference between a first filing, adding a site and an access filing?',
      body: 'The system determines it from what is on record; there is nothing to choose. Neither organiser nor domain on record: first filing. Organiser on record, domain not: add a site. Domain on record, but not with this provider: access filing. If the result surprises you, the certificate number or name usually differs from the record. A server outside the mainland needs no filing.',
    },
    asked: {
      zh: ['类型', '备案类型', '验证备案类型', '无主体', '有主体', '空壳主体', '类型不对'],
      en: ['types', 'filing type', 'which type', 'wrong type'],
    },
    source: ['other-clouds-filing-kinds', 'tencent-run-filing'],
  },
];

import type { HelpText } from './help-text.ts';

/** What people ask before and while they file. */
export const filingHelp: readonly HelpText[] = [
  {
    id: 'why-file',
    topics: ['page:overview', 'page:start', 'reason:unfiled'],
    zh: {
      title: '为什么要备案？',
      body: '《互联网信息服务管理办法》（国务院令第 292 号）对经营性互联网信息服务实行许可、对非经营性的实行备案；《非经营性互联网信息服务备案管理办法》（工信部令第 33 号）规定了备案的办法。没有许可或备案就提供互联网信息服务属于违法。因此，使用中国内地的资源和自己的域名开办网站，须先备案，取得备案号后才能开通访问。',
    },
    en: {
      title: 'Why do I have to file?',
      body: 'State Council Order 292 requires a licence for commercial internet information services and a filing for all others; MIIT Order 33 sets out the procedure. Offering a service without either is unlawful. A site on mainland resources with its own domain must therefore be filed first, and can go live when it has its filing number.',
    },
    asked: {
      zh: ['为什么要备案', '不备案会怎样', '不备案可以吗', '罚款', '法律规定'],
      en: ['what if I do not file', 'penalty', 'is it mandatory', 'legal basis'],
    },
    source: ['miit-order-33', 'tencent-run-filing', 'tencent-serverless-filing'],
  },
  {
    id: 'blocked-site',
    topics: ['reason:unfiled', 'reason:access_missing', 'page:host'],
    zh: {
      title: '域名为什么被阻断？',
      body: '没有备案号的域名解析到内地资源，访问会被阻断并转到提示页；已有备案号、但从未在本接入商备案的，也会被阻断，须办理接入备案。请先完成备案再开通网站。',
    },
    en: {
      title: 'Why is my domain blocked?',
      body: 'A domain without a filing number that resolves to a mainland resource is blocked and shows a notice page. A domain that is filed, but not with this provider, is blocked too: it needs an access filing. Complete the filing first, then go live.',
    },
    asked: {
      zh: ['拦截', '阻断', '被拦截', '未备案提示页', '提示未备案', '域名被拦截', '被阻断', '网站打开是提示页'],
      en: ['blocked', 'block', 'blocked domain', 'not filed notice', 'why is my site blocked'],
    },
    source: ['tencent-run-filing'],
  },
  {
    id: 'hosted-elsewhere',
    topics: ['reason:route.asked_elsewhere', 'page:start'],
    zh: {
      title: '域名在本接入商购买，服务器在其他接入商，应在哪里备案？',
      body: '备案在提供服务器的接入商办理，与域名在哪里注册无关。请到服务器所在的接入商取得授权码并提交备案。',
    },
    en: {
      title: 'I bought the domain here and the server elsewhere. Where do I file?',
      body: 'With the provider of the server, no matter where the domain is registered. Get a filing code and submit the filing there.',
    },
    asked: {
      zh: ['域名和服务器不在一家', '去哪里备案', '服务器在别家'],
      en: ['domain here server elsewhere', 'where to file'],
    },
    source: ['alibaba-code-faq-2019'],
  },
  {
    id: 'choose-resource',
    topics: ['page:start', 'page:form'],
    zh: {
      title: '怎样选择云资源？',
      body: '请选择资源类型：云服务器、轻量服务器、容器托管、Serverless，或填写授权码；使用 Serverless 备案时须选择 Serverless。列表仅显示当前账号可备案的资源；未显示的资源，可在“我的云资源”页面查看原因。',
    },
    en: {
      title: 'Which resource do I choose?',
      body: 'Choose the type of resource: cloud server, lightweight server, container hosting or serverless, or enter a code. If you file with a serverless resource, choose serverless here. The list shows the account’s eligible resources; the resources page shows why others are missing.',
    },
    asked: {
      zh: ['服务器', '选哪台服务器', '选择实例', '备案用哪个资源'],
      en: ['server', 'which server to choose', 'pick a server in the form', 'select resource'],
    },
    source: ['tencent-serverless-filing', 'tencent-run-filing'],
  },
  {
    id: 'province-differences',
    topics: ['page:start', 'page:form', 'page:filing'],
    zh: {
      title: '各省的要求一样吗？',
      body: '不一样。各省、自治区、直辖市管局要求的材料和限制不同，并会调整。提交前请先了解主办者所在省份的要求；系统检查会按该省的规则逐项提示。',
    },
    en: {
      title: 'Do all provinces have the same requirements?',
      body: 'No. The provincial authorities require different materials, have different limits and change them from time to time. Read the requirements of your province first; the system check before submission applies that province’s rules.',
    },
    asked: {
      zh: ['规则', '省份', '各省', '各省规定', '省份不同', '管局要求', '外省'],
      en: ['rules', 'province', 'rules by province', 'provinces differ', 'local rules'],
    },
    source: ['tencent-run-filing', 'tencent-serverless-filing'],
  },
  {
    id: 'filing-free',
    topics: ['page:start', 'page:filings'],
    zh: {
      title: '备案收费吗？',
      body: '备案本身不收取费用，只需购买备案所用的云资源，例如服务器或 Serverless 资源包。',
    },
    en: {
      title: 'Does filing cost anything?',
      body: 'Filing is free. You only pay for the resource, such as a server or a serverless package.',
    },
    asked: {
      zh: ['代备案收费', '备案要钱吗'],
      en: ['cost of filing', 'filing fee'],
    },
    source: ['tencent-serverless-filing'],
  },
  {
    id: 'name-without-site',
    topics: ['reason:route.no_site'],
    zh: {
      title: '域名暂不使用，需要备案吗？',
      body: '域名本身不需要备案，但必须完成实名认证。用该域名开通网站时才需要备案。',
    },
    en: {
      title: 'Do I have to file a domain that I do not use?',
      body: 'A domain needs no filing by itself, but its real-name verification must be complete. You have to file when you use it for a site.',
    },
    asked: {
      zh: ['域名不用', '域名放着', '域名停放', '停靠', '只注册不建站', '闲置域名', '暂时不做网站'],
      en: ['parked domain', 'unused domain', 'domain without a site', 'domain parking'],
    },
    source: ['tencent-serverless-filing'],
  },
  {
    id: 'filing-before-site',
    topics: ['reason:route.site_planned', 'page:start'],
    zh: {
      title: '网站还没建好，需要备案吗？',
      body: '网站对外开放之前才必须备案。办理需要一段时间，建议提前开始，网站做好后即可开通。',
    },
    en: {
      title: 'Do I have to file before the site is built?',
      body: 'You must file before the site opens to the public. Filing takes time, so start early; the site can then go live as soon as it is ready.',
    },
    asked: {
      zh: ['没做好网站', '先备案再建站', '网站还在开发', '提前备案'],
      en: ['before launch', 'site not ready', 'under construction'],
    },
    source: ['tencent-serverless-filing'],
  },
  {
    id: 'notices',
    topics: ['page:notices', 'page:account', 'page:filings', 'page:filing'],
    zh: {
      title: '备案进展如何通知我？怎样选择接收哪些通知？',
      body: '订单每有进展，“通知”都会提醒，顶栏铃铛显示未读数；填写了邮箱的，也会收到邮件。须在期限内处理的（短信核验 24 小时、审核员提问、核查整改、即将关闭的订单）必发邮件，其余可在“账号与安全”选择，并可选择邮件语言。系统也可通过 Webhook 通知您的程序。',
    },
    en: {
      title: 'How am I told about my filing, and how do I choose my notices?',
      body: 'Every step appears under “Notices”, and the bell at the top shows how many are unread. If you have an email address, you are emailed too: always about deadlines (the 24 hours of the SMS, a reviewer’s question, demanded corrections, filings about to be closed), and about everything else as you choose under “Account and security”, in the language you choose there. Your programs can be told by webhooks.',
    },
    asked: {
      zh: ['邮件', '提醒', '通知', '通知设置', '邮件通知', '短信提醒', '消息提醒', '怎么知道审核结果', '收不到邮件'],
      en: [
        'notification',
        'notices',
        'notifications',
        'preferences',
        'notice settings',
        'email',
        'reminders',
        'how do I know the result',
        'no email',
      ],
    },
    source: ['TC-SMS', 'openbeian'],
  },
  {
    id: 'sites-per-filing',
    topics: ['page:start', 'page:filings', 'reason:route.filed_elsewhere'],
    zh: {
      title: '一次能接入几个网站？',
      body: '同一主体可以同时接入多个网站，一次最多 10 个（云函数和云服务器合计）。个人主体一次能办理的数量更少，以系统检查为准。',
    },
    en: {
      title: 'How many sites can I file at a time?',
      body: 'One organiser can file up to ten sites at a time, functions and servers together. Individuals can file fewer; the system check before submission tells you.',
    },
    asked: {
      zh: ['一次备案几个网站', '同时提交', '批量备案', '多个域名一起'],
      en: ['several sites at once', 'multiple domains', 'batch filing'],
    },
    source: ['tencent-serverless-filing', 'tencent-filing-kinds'],
  },
];

import type { HelpText } from './help.ts';

/** What people ask before and while they file. */
export const filingHelp: readonly HelpText[] = [
  {
    id: 'why-file',
    topics: ['page:overview', 'page:start', 'reason:unfiled'],
    zh: {
      title: '为什么要备案？',
      body: '《互联网信息服务管理办法》（国务院令第 292 号）对经营性互联网信息服务实行许可、对非经营性的实行备案；《非经营性互联网信息服务备案管理办法》（工信部令第 33 号）规定了备案的办法。没有许可或备案就提供互联网信息服务属于违法。因此，用中国内地的资源并以自己的域名开办网站，须先备案，取得备案号后才能开通访问。',
    },
    en: {
      title: 'Why file at all?',
      body: 'State Council Order 292 licenses commercial internet information services and has the others filed; MIIT Order 33 says how. Offering such a service without licence or filing is unlawful. So a site on mainland resources under a name of its own is filed first and opens once it has its number.',
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
      title: 'Why is my name blocked?',
      body: 'A name without a number that resolves to a mainland resource is blocked and leads to a notice page; so is a name whose number was never tied to this provider: it needs an access filing. Complete the filing first, then open the site.',
    },
    source: ['tencent-run-filing'],
  },
  {
    id: 'hosted-elsewhere',
    topics: ['reason:route.asked_elsewhere', 'page:start'],
    zh: {
      title: '域名在这里买，服务器在别家，在哪里备案？',
      body: '备案在提供服务器的接入商办理，与域名在哪里注册无关。请到服务器所在的接入商申请授权码、提交备案。',
    },
    en: {
      title: 'The name was bought here, the server is elsewhere: where do I file?',
      body: 'With the provider of the server, wherever the name was registered. Apply there for a code and submit the filing there.',
    },
    source: ['alibaba-code-faq-2019'],
  },
  {
    id: 'choose-resource',
    topics: ['page:start', 'page:form'],
    zh: {
      title: '备案信息里的资源怎么选？',
      body: '在网站信息一步选择资源类型：云服务器、轻量服务器、容器托管、Serverless，或填写授权码。用 Serverless 备案时须在这里选 Serverless。列表只显示当前账号可备案的资源；看不到的，可到“资源”页查看原因。',
    },
    en: {
      title: 'Which resource do I choose in the form?',
      body: 'With the site’s data, choose the kind of resource: server, light server, container hosting, Serverless, or enter a code. A filing on Serverless must choose Serverless here. The list holds what the account can file on; the resources page says why others are missing.',
    },
    source: ['tencent-serverless-filing', 'tencent-run-filing'],
  },
  {
    id: 'province-differences',
    topics: ['page:start', 'page:form', 'page:filing'],
    zh: {
      title: '各省的要求一样吗？',
      body: '不一样。各省、自治区、直辖市管局要求的材料和限制不同，并会调整。提交前请先了解主办者所在省份的要求和备案流程；提交前的检查会按该省的规则逐项提示。',
    },
    en: {
      title: 'Do all provinces ask for the same?',
      body: 'No. The authorities of the provinces ask for different materials and set different limits, and change them. Read the requirements of the organiser’s province and the steps first; the check before submitting goes by that province’s rules.',
    },
    source: ['tencent-run-filing', 'tencent-serverless-filing'],
  },
  {
    id: 'filing-free',
    topics: ['page:start', 'page:filings'],
    zh: {
      title: '备案收费吗？',
      body: '备案本身不收取费用。需要购买的只是承载备案的资源，例如服务器或 Serverless 资源包。',
    },
    en: {
      title: 'Does filing cost anything?',
      body: 'Filing itself is free. What you pay for is the resource that carries it, such as a server or a Serverless package.',
    },
    source: ['tencent-serverless-filing'],
  },
  {
    id: 'name-without-site',
    topics: ['reason:route.no_site'],
    zh: {
      title: '域名暂不使用，要备案吗？',
      body: '域名本身不需要备案，但必须完成实名认证。用它开通网站时才需要备案。',
    },
    en: {
      title: 'My name is not in use: must it be filed?',
      body: 'A name by itself needs no filing, but it must complete its real-name registration. Once it serves a site, it is filed.',
    },
    source: ['tencent-serverless-filing'],
  },
  {
    id: 'filing-before-site',
    topics: ['reason:route.site_planned', 'page:start'],
    zh: {
      title: '网站还没建好，要备案吗？',
      body: '网站对外开放之前才必须备案。办理需要一段时间，建议提前开始，网站做好后即可开通。',
    },
    en: {
      title: 'The site is not built yet: must it be filed?',
      body: 'The filing is due before the site opens to the public. It takes time, so begin early; the site can then open as soon as it is ready.',
    },
    source: ['tencent-serverless-filing'],
  },
  {
    id: 'sites-per-filing',
    topics: ['page:start', 'page:filings', 'reason:route.filed_elsewhere'],
    zh: {
      title: '一次能接入几个网站？',
      body: '同一主体可以同时接入多个网站，一次最多 10 个（云函数和云服务器合计）。个人主体一次能办理的数量更少，以提交前的检查为准。',
    },
    en: {
      title: 'How many sites can be accessed at a time?',
      body: 'One subject may have several sites accessed at once, ten at most, functions and servers together. Individuals may do fewer at a time; the check before submitting tells.',
    },
    source: ['tencent-serverless-filing', 'tencent-filing-kinds'],
  },
];

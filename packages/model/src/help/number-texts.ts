import type { HelpText } from './help.ts';

/** What people ask about numbers and records. */
export const numberHelp: readonly HelpText[] = [
  {
    id: 'filing-numbers',
    topics: ['page:records', 'page:filing'],
    zh: {
      title: '怎样才算备案成功？',
      body: '备案成功后，管局给主办者一个主体备案号，给网站一个网站备案号（主体号后加“-”和序号）。备案号以工信部的备案公共查询（beian.miit.gov.cn）为准，查得到即为成功；本系统的“备案查询”显示经由本接入商的备案。',
    },
    en: {
      title: 'When has a filing succeeded?',
      body: 'Then the authority gives the organiser a subject number and the site a site number, which is the subject number with a dash and a serial. The MIIT’s public query (beian.miit.gov.cn) is what counts; our query shows the filings made through this provider.',
    },
    source: ['tencent-run-filing', 'tencent-serverless-filing'],
  },
  {
    id: 'number-no-expiry',
    topics: ['page:records'],
    zh: {
      title: '备案号有有效期吗？',
      body: '没有设定有效期。只要备案信息真实准确、有变化及时变更、更换接入商及时办理接入备案、网站内容合法，备案号长期有效。',
    },
    en: {
      title: 'Does a filing number expire?',
      body: 'No term is set. It stays valid as long as its data are true, changes are filed in time, a new provider is filed as access, and the site’s content is lawful.',
    },
    source: ['alibaba-filing-faq-2020'],
  },
  {
    id: 'number-why-cancelled',
    topics: ['reason:cancelled', 'page:records'],
    zh: {
      title: '备案号为什么会被注销？',
      body: '常见的有四种：主办者自己向管局或接入商申请注销；域名过期后被他人注册，新持有者申请注销；信息不真实、不准确或缺失，被接入商取消接入，之后长期没有新的接入商；网站有违法内容，管局注销网站和主体，情节严重的列入黑名单。',
    },
    en: {
      title: 'Why is a filing number cancelled?',
      body: 'Mostly one of four: the organiser asked the authority or the provider for it; the name expired and its new holder asked; the data were untrue or incomplete, the provider ended the access, and no new one took over for long; or the site held illegal content, and the authority cancelled site and subject, in grave cases with a blacklisting.',
    },
    source: ['alibaba-filing-faq-2020'],
  },
  {
    id: 'number-not-restorable',
    topics: ['reason:cancelled', 'page:records'],
    zh: {
      title: '被注销的备案号能恢复吗？',
      body: '不能。注销后网站无法访问，只能重新提交备案，审核通过、取得新的备案号后才能重新开通。',
    },
    en: {
      title: 'Can a cancelled number be restored?',
      body: 'No. The site is closed; file anew, and it opens again once that filing is approved and has its new number.',
    },
    source: ['alibaba-filing-faq-2020'],
  },
  {
    id: 'blacklisted',
    topics: ['reason:blacklisted', 'page:records'],
    zh: {
      title: '被列入黑名单意味着什么？',
      body: '网站含违法内容且情节严重的，主体会被列入黑名单，对应的证件号码和网站名称都不能再备案。如对认定有异议，请直接联系所在省的通信管理局，接入商无法代为解除。',
    },
    en: {
      title: 'What does a blacklisting mean?',
      body: 'In grave cases of illegal content the subject is blacklisted: neither its certificate number nor that site name can be filed again. If you dispute it, turn to the authority of your province; a provider cannot lift it.',
    },
    source: ['alibaba-filing-faq-2020'],
  },
];

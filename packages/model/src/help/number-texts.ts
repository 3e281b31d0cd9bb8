import type { HelpText } from './help-text.ts';

/** What people ask about numbers and records. */
export const numberHelp: readonly HelpText[] = [
  {
    id: 'filing-numbers',
    topics: ['page:records', 'page:filing'],
    zh: {
      title: '怎样才算备案成功？',
      body: '备案成功后，管局向主办者下发主体备案号，向网站下发网站备案号（主体备案号后加“-”和序号）。以工信部备案公共查询（beian.miit.gov.cn）为准，能查询到即为备案成功；本系统的“备案记录”显示经由本接入商的备案。',
    },
    en: {
      title: 'When is a filing complete?',
      body: 'When the authority has given the organiser an ICP number, and the site the same number with a dash and a serial number. MIIT’s public query (beian.miit.gov.cn) is decisive; this system shows the filings made through this provider.',
    },
    asked: {
      zh: ['备案号', '备案成功', '备案通过', '主体备案号', '网站备案号', '怎么算通过'],
      en: ['ICP number', 'filing number', 'filing complete', 'subject number', 'service number'],
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
      body: 'No. It stays valid as long as its information is accurate, changes are filed in time, an access filing is made for a new provider, and the site’s content is lawful.',
    },
    asked: {
      zh: ['备案有效期', '备案会不会过期', '几年一次', '年审'],
      en: ['validity of the number', 'does the record expire', 'renew the record'],
    },
    source: ['alibaba-filing-faq-2020'],
  },
  {
    id: 'number-why-cancelled',
    topics: ['reason:cancelled', 'page:records'],
    zh: {
      title: '备案号为什么会被注销？',
      body: '常见的有四种：主办者主动向管局或接入商申请注销；域名过期后被他人注册，新持有者申请注销；信息不真实、不准确或缺失，被接入商取消接入，之后长期没有新的接入商；网站有违法内容，管局注销网站和主体，情节严重的列入黑名单。',
    },
    en: {
      title: 'Why is a filing number cancelled?',
      body: 'There are four common reasons: the organiser asked the authority or the provider to cancel it; the domain expired and its new owner asked for it; the information was false or incomplete, the provider cancelled the access and no other provider took over for a long time; or the site had illegal content and the authority cancelled the site and the organiser, in serious cases with a blacklisting.',
    },
    asked: {
      zh: ['备案号没了', '被注销', '备案掉了', '掉备案'],
      en: ['number gone', 'record was cancelled', 'lost the number'],
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
      body: 'No. The site stays offline. Submit a new filing; the site can go live again when it is approved and has its new number.',
    },
    asked: {
      zh: ['恢复备案', '找回备案号', '备案号恢复'],
      en: ['restore a number', 'get the number back'],
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
      title: 'What does it mean to be blacklisted?',
      body: 'In serious cases of illegal content the organiser is blacklisted: its certificate number and the site name can no longer be filed. To object, contact the authority of your province; a provider cannot remove the entry.',
    },
    asked: {
      zh: ['黑名单', '进黑名单', '拉黑'],
      en: ['blacklist', 'banned organiser'],
    },
    source: ['alibaba-filing-faq-2020'],
  },
];

import type { Words } from '../../language/words.ts';

export const sessionWords = {
  signIn: {
    title: { zh: '登录', en: 'Sign in' },
    lead: {
      zh: '从云资源到备案号，再到可访问的域名：条件、授权码、订单与管局结果都在一处。',
      en: 'From a server to a filing number to an open name: conditions, codes, filings and the authority’s answer in one place.',
    },
    points: [
      { zh: '每项判断列出全部原因和处理办法', en: 'Every decision lists all its reasons and what mends them' },
      { zh: '备案授权码的签发、授权与核验', en: 'Filing codes: issue, grant and verify' },
      { zh: '初审、短信核验与管局审核的进度', en: 'Progress through review, SMS verification and the authority' },
    ],
    login: { zh: '登录名', en: 'Login' },
    password: { zh: '密码', en: 'Password' },
    submit: { zh: '登录', en: 'Sign in' },
    sampleTitle: { zh: '示例账号', en: 'Sample accounts' },
    sampleHint: { zh: '点选即可登录体验。数据均为虚构。', en: 'Choose one to sign in. All data is fictional.' },
    toHost: { zh: '查询域名为何无法访问', en: 'Why is a name not served?' },
  },
} satisfies Words;

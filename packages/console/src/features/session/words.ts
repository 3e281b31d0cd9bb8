import type { Words } from '../../language/words.ts';

export const sessionWords = {
  signIn: {
    title: { zh: '登录', en: 'Sign in' },
    lead: {
      zh: '从购买云资源到取得备案号、开通访问：备案条件、授权码、订单和管局结果，一站办理。',
      en: 'From a server to a filing number and a live site: conditions, codes, filings and the authority’s results in one place.',
    },
    points: [
      { zh: '列出不符合条件的全部原因和处理办法', en: 'Every decision lists all reasons and how to fix them' },
      { zh: '备案授权码的生成、授权与核验', en: 'Create, grant and verify filing codes' },
      { zh: '初审、短信核验与管局审核进度', en: 'Track review, SMS verification and the authority’s review' },
    ],
    login: { zh: '用户名', en: 'User name' },
    password: { zh: '密码', en: 'Password' },
    submit: { zh: '登录', en: 'Sign in' },
    sampleTitle: { zh: '示例账号', en: 'Sample accounts' },
    sampleHint: { zh: '点击即可登录体验，数据均为虚构。', en: 'Click one to sign in. All data is fictional.' },
    toHost: { zh: '域名无法访问？查询原因', en: 'Domain not accessible? Find out why' },
  },
} satisfies Words;

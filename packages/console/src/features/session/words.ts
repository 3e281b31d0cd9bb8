import type { Words } from '../../language/words.ts';

export const sessionWords = {
  signIn: {
    title: { zh: '登录', en: 'Sign in' },
    lead: {
      zh: '从购买云资源到取得备案号、开通访问：备案条件、授权码、订单和管局结果，一站式办理。',
      en: 'From a server to a filing number and a live site: eligibility, codes, filings and the authority’s results in one place.',
    },
    points: [
      { zh: '列出不符合条件的全部原因和处理办法', en: 'Every decision lists all reasons and how to fix them' },
      { zh: '备案授权码的生成、授权与核验', en: 'Create, grant and verify filing codes' },
      { zh: '初审、短信核验与管局审核进度', en: 'Track review, SMS verification and the authority’s review' },
    ],
    ended: { zh: '登录已失效，请重新登录。', en: 'Your session has ended. Sign in again.' },
    againTitle: { zh: '登录已失效', en: 'Your session has ended' },
    againLead: (name: string) => ({
      zh: `${name}，请重新登录。本页已填写的内容仍然保留。`,
      en: `${name}, sign in again. What you entered on this page is kept.`,
    }),
    againElsewhere: { zh: '使用其他方式登录（新标签页）', en: 'Sign in another way (new tab)' },
    againOther: { zh: '换用其他用户', en: 'Sign in as another user' },
    login: { zh: '用户名', en: 'User name' },
    password: { zh: '密码', en: 'Password' },
    code: { zh: '验证码或恢复码', en: 'Code or recovery code' },
    codeHint: { zh: '验证器应用中的 6 位数字', en: 'The 6 digits of your authenticator app' },
    byPasskey: { zh: '使用通行密钥登录', en: 'Sign in with a passkey' },
    passkeyBrokenOff: {
      zh: '通行密钥登录未完成，请重试或使用密码登录',
      en: 'Passkey sign-in was not completed. Try again, or sign in with your password',
    },
    forgotten: { zh: '忘记密码', en: 'Forgot password' },
    submit: { zh: '登录', en: 'Sign in' },
    sampleTitle: { zh: '示例账号', en: 'Sample accounts' },
    sampleHint: { zh: '点击即可登录体验，数据均为虚构。', en: 'Click one to sign in. All data is fictional.' },
    toHost: { zh: '域名无法访问？查询原因', en: 'Domain not accessible? Find out why' },
  },
} satisfies Words;

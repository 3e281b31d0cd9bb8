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
    sendLink: { zh: '发送重置链接', en: 'Send a link' },
    forgottenDone: {
      zh: '如果该用户存在且已设置邮箱，重置链接将在几分钟内送达；如未收到，请联系运营人员。',
      en: 'If this user exists and has an email address, a link will arrive within minutes. If it does not, contact an operator.',
    },
    linkCut: {
      zh: '链接不完整，请重新打开完整的链接。',
      en: 'The link is incomplete. Open the whole link again.',
    },
    linkTitle: { zh: '一次性链接', en: 'One-time link' },
    linkLead: {
      invitation: (name: string, login: string) => ({
        zh: `${name}，欢迎使用。您的用户名是 ${login}，请设置密码。`,
        en: `Welcome, ${name}. Your user name is ${login}. Set a password.`,
      }),
      reset: (name: string, login: string) => ({
        zh: `${name}（${login}），请设置新密码。`,
        en: `${name} (${login}), set a new password.`,
      }),
    },
    unlockLead: (name: string, login: string) => ({
      zh: `${name}（${login}），运营人员已为您解除登录限制。确认后，在此浏览器登录不受他人登录失败的影响；密码不变。请只在自己的浏览器上确认。`,
      en: `${name} (${login}), an operator unlocked sign-in for you. Confirm, and failed sign-ins of others no longer affect you in this browser; your password stays the same. Only confirm in your own browser.`,
    }),
    unlock: { zh: '确认并去登录', en: 'Confirm and sign in' },
    unlockDone: (login: string) => ({
      zh: `登录限制已解除，请使用用户名 ${login} 和原密码登录。`,
      en: `Sign-in is unlocked. Sign in as ${login} with your password.`,
    }),
    linkDone: (login: string) => ({
      zh: `密码已设置，请使用用户名 ${login} 登录。`,
      en: `The password is set. Sign in as ${login}.`,
    }),
    newPassword: { zh: '新密码', en: 'New password' },
    passwordHint: {
      zh: '至少 10 个字符，建议由多个词组成',
      en: 'At least 10 characters; several words are a good choice',
    },
    again: { zh: '确认新密码', en: 'Confirm new password' },
    notTheSame: { zh: '两次输入的密码不一致', en: 'The passwords do not match' },
    setPassword: { zh: '设置密码', en: 'Set password' },
    ticketTitle: { zh: '正在登录', en: 'Signing in' },
    notSignedIn: { zh: '登录未完成', en: 'Sign-in was not completed' },
    ticketConfirmTitle: { zh: '确认登录', en: 'Confirm sign-in' },
    ticketLead: {
      zh: '您将以下列身份登录备案系统。如果不是您本人从服务商控制台点击进入，请关闭本页：在他人的账号中填写资料，会被他人看到。',
      en: 'You are about to sign in as the following person. If you did not come here from your provider’s console, close this page: whatever you enter in somebody else’s account can be read by them.',
    },
    ticketPerson: { zh: '姓名', en: 'Name' },
    ticketAccount: { zh: '账号', en: 'Account' },
    ticketOther: (name: string) => ({
      zh: `当前已登录为 ${name}。继续将退出该用户并重新登录。`,
      en: `You are signed in as ${name}. Continue to sign in as another user.`,
    }),
    ticketGo: { zh: '继续登录', en: 'Continue' },
    submit: { zh: '登录', en: 'Sign in' },
    sampleTitle: { zh: '示例账号', en: 'Sample accounts' },
    sampleHint: { zh: '点击即可登录体验，数据均为虚构。', en: 'Click one to sign in. All data is fictional.' },
    toHost: { zh: '域名无法访问？查询原因', en: 'Domain not accessible? Find out why' },
  },
} satisfies Words;

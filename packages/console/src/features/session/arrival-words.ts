import type { Words } from '../../language/words.ts';

/** Of pages that a link leads to: apart, so that signing in does not load them. */
export const arrivalWords = {
  arrival: {
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
  },
} satisfies Words;

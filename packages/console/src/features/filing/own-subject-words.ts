import type { Words } from '../../language/words.ts';

export const ownSubjectWords = {
  ownSubject: {
    notVerified: {
      zh: '账号尚未完成实名认证，不能发起备案。请先在接入商的用户中心完成实名认证。',
      en: 'The account is not real-name verified and cannot start a filing. Complete the verification with the provider first.',
    },
    filledIn: (subject: string) => ({
      zh: `已按本账号备案的主体填写：${subject}。请填写其证件号码；为其他主体办理的，请改为该主体的信息。`,
      en: `Filled in from the organiser on record of this account: ${subject}. Enter its certificate number. To file for another organiser, change the answers.`,
    }),
  },
} satisfies Words;

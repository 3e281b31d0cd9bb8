import type { Words } from '../../language/words.ts';

export const ownSubjectWords = {
  ownSubject: {
    notVerified: {
      zh: '账号尚未完成实名认证，不能发起备案。请先在接入商的用户中心完成实名认证。',
      en: 'The account is not real-name verified and cannot start a filing. Complete the verification with the provider first.',
    },
    othersAllowed: {
      zh: '为其他主体备案时，须上传该主体的委托书。',
      en: 'To file for another organiser, its letter of agency is uploaded.',
    },
    ownOnly: {
      zh: '本账号只能为自己备案；其他主体请使用其自己的账号，以授权码共用资源。',
      en: 'This account files for itself only. Another organiser files from its own account, with a code for the resource.',
    },
    filledIn: (subject: string) => ({
      zh: `已按本账号备案的主体填写：${subject}。请填写其证件号码。`,
      en: `Filled in from the organiser on record of this account: ${subject}. Enter its certificate number.`,
    }),
  },
} satisfies Words;

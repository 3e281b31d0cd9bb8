import type { Words } from '../../language/words.ts';

/** Minutes in the largest unit that is whole, as people say it: 1440 is 24 hours, 10080 is 7 days. */
const units = (minutes: number): readonly [count: number, unit: 0 | 1 | 2] => {
  if (minutes % 1440 === 0 && minutes > 1440) return [minutes / 1440, 2];
  return minutes % 60 === 0 ? [minutes / 60, 1] : [minutes, 0];
};
const spanZh = (minutes: number): string => {
  const [count, unit] = units(minutes);
  return `${count} ${['分钟', '小时', '天'][unit]}`;
};
const spanEn = (minutes: number): string => {
  const [count, unit] = units(minutes);
  return `${count} ${['minute', 'hour', 'day'][unit]}${count === 1 ? '' : 's'}`;
};

export const ownAccessWords = {
  own: {
    title: { zh: '账号与安全', en: 'Account and security' },
    due: {
      zh: '您的角色必须启用两步验证。请先设置验证器或添加通行密钥，再使用其他功能。',
      en: 'Your role requires a second factor. Set up an authenticator app or a passkey first.',
    },
    password: { zh: '密码', en: 'Password' },
    current: { zh: '当前密码', en: 'Current password' },
    fresh: { zh: '新密码', en: 'New password' },
    freshHint: {
      zh: '至少 10 个字符，建议由多个词组成',
      en: 'At least 10 characters; several words are a good choice',
    },
    change: { zh: '修改密码', en: 'Change password' },
    changed: { zh: '密码已修改，其他会话已结束', en: 'Password changed; other sessions have ended' },
    mailTitle: { zh: '邮箱', en: 'Email' },
    mail: { zh: '邮箱（用于通知和重置密码）', en: 'Email (for notices and to reset the password)' },
    saveMail: { zh: '保存邮箱', en: 'Save email' },
    totp: { zh: '验证器应用', en: 'Authenticator app' },
    totpOn: { zh: '已启用', en: 'Enabled' },
    totpOff: { zh: '未启用', en: 'Not enabled' },
    totpSet: { zh: '设置验证器', en: 'Set up the app' },
    totpLead: {
      zh: '用验证器应用扫描二维码，或手动输入密钥，然后填写应用显示的 6 位验证码。',
      en: 'Scan the code with an authenticator app, or enter the key by hand, then enter the 6 digits it shows.',
    },
    totpKey: { zh: '密钥', en: 'Key' },
    code: { zh: '验证码', en: 'Code' },
    confirm: { zh: '启用', en: 'Turn on' },
    remove: { zh: '移除', en: 'Remove' },
    removeTotp: { zh: '移除验证器', en: 'Remove the app' },
    removeTitle: { zh: '确定移除该验证方式？', en: 'Remove this factor?' },
    removeLead: { zh: '移除后，登录时不再验证此项。', en: 'It will no longer be required when you sign in.' },
    recovery: { zh: '恢复码', en: 'Recovery codes' },
    recoveryLeft: (n: number) => ({ zh: `剩余 ${n} 个恢复码`, en: `${n} recovery codes left` }),
    recoveryRenew: { zh: '重新生成恢复码', en: 'Regenerate recovery codes' },
    recoveryOnce: {
      zh: '手机丢失时，每个恢复码可代替验证码使用一次。恢复码仅显示一次，请妥善保存。',
      en: 'If you lose your phone, each recovery code can be used once in place of a code. They are shown only once: store them safely.',
    },
    passkeys: { zh: '通行密钥', en: 'Passkeys' },
    passkeyAdd: { zh: '添加通行密钥', en: 'Add a passkey' },
    passkeyName: { zh: '名称', en: 'Name' },
    passkeyNone: { zh: '暂无通行密钥', en: 'No passkeys' },
    passkeyAtAddress: {
      zh: '通行密钥只能用于域名：请以域名（本机为 localhost）而不是 IP 地址打开本系统，再添加。',
      en: 'Passkeys belong to a host name. Open this console by its name (localhost on this machine), not by an IP address, to add one.',
    },
    passkeyBrokenOff: { zh: '浏览器未创建通行密钥', en: 'The browser did not create a passkey' },
    sessions: { zh: '登录会话', en: 'Sessions' },
    device: { zh: '设备', en: 'Device' },
    begun: { zh: '登录时间', en: 'Signed in' },
    seen: { zh: '最近使用', en: 'Last used' },
    here: { zh: '当前会话', en: 'This session' },
    unknownDevice: { zh: '未知设备', en: 'Unknown device' },
    end: { zh: '结束', en: 'End' },
    endOthers: { zh: '结束其他会话', en: 'End other sessions' },
    limits: (minutes: number, hours: number) => ({
      zh: `${spanZh(minutes)}无操作，或登录满 ${spanZh(hours * 60)}后，须重新登录。`,
      en: `A session ends after ${spanEn(minutes)} without use, and ${spanEn(hours * 60)} after signing in.`,
    }),
  },
} satisfies Words;

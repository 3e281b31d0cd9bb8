import type { FaultText } from './fault-text.ts';

/** Faults of who is asking and how people sign in. */
export const authFaults = {
  'auth.required': {
    zh: '登录已失效或尚未登录，请登录后重试。',
    en: 'You are not signed in, or the session has ended. Sign in and try again.',
    internal: 'No valid session or token came with the request.',
    retry: 'never',
  },
  'auth.wrong_credentials': {
    zh: '用户名或密码不正确，请检查后重试；忘记密码请联系运营人员重置。',
    en: 'Wrong user name or password. Try again, or ask an operator to reset the password.',
    internal: 'Sign-in failed; the same answer for an unknown login and a wrong password.',
    retry: 'never',
  },
  'auth.second_factor_required': {
    zh: '密码正确。请再输入验证器应用中的 6 位验证码，或一个恢复码。',
    en: 'The password is correct. Now enter the 6-digit code from your authenticator app, or a recovery code.',
    internal: 'The person has a second factor and the request brought none; the caller repeats it with `code`.',
    retry: 'never',
  },
  'auth.wrong_second_factor': {
    zh: '验证码不正确，或已使用过。请等待验证器显示下一个验证码后再试；登录时也可使用恢复码。',
    en: 'The code is wrong or already used. Wait for your app to show the next code; to sign in, a recovery code works too.',
    internal: 'No TOTP step near now has this code, its step was taken before, or no unused recovery code is this one.',
    retry: 'never',
  },
  'auth.extra_proof_required': {
    zh: '登录请求过多，暂时需要额外验证。请填写验证器中的验证码（或恢复码）后重试，或使用通行密钥、以前登录过的浏览器登录；未启用两步验证的，请用“忘记密码”的邮件链接，或请运营人员解除登录限制。',
    en: 'Too many sign-in attempts, so more proof is needed for now. Enter the code of your authenticator app (or a recovery code), or use a passkey or a browser in which you signed in before. Without a second factor, use the link of “Forgot password”, or ask an operator to unlock sign-in for you.',
    internal:
      'The line of slowed sign-ins of this address or login is full; a right `code` or a known browser skips the line, whatever others do.',
    retry: 'later',
  },
  'auth.support_read_only': {
    zh: '客服访问为只读，不能代客户操作。请由客户自行操作，或结束客服访问后以运营人员身份处理。',
    en: 'Support access is read-only: nothing is done in the customer’s place. Ask the customer to do it, or end the support access and act as an operator.',
    internal: 'The session is in support access (beginSupportAccess); only reading operations are let through.',
    retry: 'never',
  },
  'auth.right_missing': {
    zh: '您在本账号中的权限不足，不能进行此操作。请由账号的所有者操作，或请所有者在“成员”页面调整您的权限。',
    en: 'Your right in this account is not enough for this. Ask an owner of the account to do it, or to change your right on the Members page.',
    internal:
      'A person of a customer’s account lacks the right that the operation needs (`rightNeeded` in the contract); `detail` names both.',
    retry: 'never',
  },
  'auth.second_factor_due': {
    zh: '您的角色必须启用两步验证。请先在“账号与安全”中设置验证器或通行密钥。',
    en: 'Your role requires a second factor. Set up an authenticator app or a passkey under Account and security first.',
    internal:
      'signIn.staff.secondFactor (or customers’) is `required` and the person has none: only setting one up is allowed.',
    retry: 'never',
  },
  'auth.sign_in_again': {
    zh: '为确认是您本人，此操作须在登录后 15 分钟内进行。请退出并重新登录后再操作。',
    en: 'To confirm that it is you, this action requires a sign-in within the last 15 minutes. Sign out, sign in again and repeat it.',
    internal: 'Changes of passwords and second factors need a session that began lately.',
    retry: 'never',
  },
  'auth.person_disabled': {
    zh: '该用户已被停用，请联系运营人员。',
    en: 'This user is disabled. Contact an operator.',
    internal: 'Said only to somebody who brought the right password, passkey or ticket.',
    retry: 'never',
  },
  'auth.passkey_refused': {
    zh: '通行密钥未通过验证。请重试，或改用密码登录。',
    en: 'The passkey was not accepted. Try again, or sign in with your password.',
    internal: 'An unknown credential, a challenge that is over or used, a wrong signature or a counter that went back.',
    retry: 'never',
  },
  'auth.link_not_usable': {
    zh: '该链接无效、已使用或已过期。请重新申请，或请发出链接的一方重新发送。',
    en: 'This link is invalid, used or expired. Ask for a new one.',
    internal: 'No such one-time token any more; one answer for all cases.',
    retry: 'never',
  },
  'auth.provider_refused': {
    zh: '统一登录未成功，或您的身份没有对应本系统的角色或客户账号。请重试，或联系运营人员。',
    en: 'Single sign-on failed, or you have no role or customer account here. Try again, or contact an operator.',
    internal:
      'The OpenID provider’s answer did not verify, its claims map to no role, or the login belongs to somebody else.',
    retry: 'never',
  },
  'auth.provider_unreachable': {
    zh: '统一登录服务暂时无法访问，请稍后再试。',
    en: 'The single sign-on service cannot be reached. Try again later.',
    internal: 'Discovery or the token endpoint of signIn.oidc.issuer failed.',
    retry: 'later',
  },
} as const satisfies Readonly<Record<string, FaultText>>;

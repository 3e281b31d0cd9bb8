import { z } from 'zod';
import { secretSetting, setting } from './setting.ts';

const text = z.string().min(1).max(2000);

const sessionsOf = (idleMinutes: number, absoluteHours: number, zh: string, en: string) =>
  z
    .strictObject({
      idleMinutes: setting(
        z.int().min(1).max(525_600).default(idleMinutes),
        `${zh}：无操作多少分钟后须重新登录`,
        `${en}: minutes without a request after which a session ends`,
      ),
      absoluteHours: setting(
        z.int().min(1).max(8760).default(absoluteHours),
        `${zh}：登录后最长多少小时须重新登录`,
        `${en}: hours after which a session ends in any case`,
      ),
      secondFactor: setting(
        z.enum(['required', 'optional']).default('optional'),
        `${zh}：是否必须启用两步验证（required 时，未启用者登录后只能先设置）`,
        `${en}: whether a second factor is compulsory; with required, whoever has none can only set one up`,
      ),
    })
    .prefault({});

/** What every provider of OpenID Connect is asked with. */
const relyingParty = {
  issuer: z.url({ protocol: /^https?$/ }),
  clientId: text,
  clientSecret: text,
  name: z.strictObject({ zh: text, en: text }),
  scope: text.default('openid profile'),
  nameClaim: text.default('name'),
  isSecondFactor: z.boolean().default(true),
  requiredAcr: z.array(z.string().regex(/^\S+$/)).min(1).nullable().default(null),
  timeoutMs: z.int().min(100).max(60_000).default(10_000),
};

/** How people sign in. */
export const signInSchema = z
  .strictObject({
    staff: sessionsOf(30, 12, '接入商人员', 'Staff'),
    customers: sessionsOf(24 * 60, 7 * 24, '客户', 'Customers'),
    oidc: secretSetting(
      z
        .strictObject({
          ...relyingParty,
          loginClaim: text.default('preferred_username'),
          roleClaim: text.default('roles'),
          roles: z.record(text, z.enum(['reviewer', 'operator', 'auditor'])),
        })
        .nullable()
        .default(null),
      '接入商人员的统一登录（OpenID Connect）：issuer、clientId、clientSecret、name（按钮文字）、roles（把 roleClaim 的值对应到角色，如 {beian-ops: operator}）；isSecondFactor 表示对方已做两步验证；requiredAcr 列出 ID 令牌的 acr 应为哪些值之一。回调地址为 publicUrl 加 /oidc',
      'Single sign-on for staff by OpenID Connect: issuer, clientId, clientSecret, name (of the button), roles (from values of roleClaim to roles here, as {beian-ops: operator}); isSecondFactor says that the provider asks for one; requiredAcr lists what acr of the ID token must be one of. The redirect address is publicUrl with /oidc',
    ),
    customerOidc: secretSetting(
      z
        .strictObject({
          ...relyingParty,
          accountClaim: text.default('account_id'),
          accountNameClaim: text.default('account_name'),
          realNameClaim: text.default('real_name'),
          realNames: z
            .record(text, z.enum(['none', 'individual', 'enterprise']))
            .default({ none: 'none', individual: 'individual', enterprise: 'enterprise' }),
        })
        .nullable()
        .default(null),
      '客户的统一登录（OpenID Connect），使用接入商自己的账号系统：issuer、clientId、clientSecret、name（按钮文字）、accountClaim（客户账号编号，必有）、accountNameClaim（账号名称）、realNameClaim 与 realNames（实名状态及其对应，未列出的值视为未实名）；isSecondFactor 表示对方已做两步验证；requiredAcr 列出 ID 令牌的 acr 应为哪些值之一。回调地址为 publicUrl 加 /oidc/customers',
      'Single sign-on for customers by OpenID Connect, at the provider’s own account system: issuer, clientId, clientSecret, name (of the button), accountClaim (the id of the customer’s account, required), accountNameClaim, realNameClaim with realNames (how its values map; any other counts as not verified); isSecondFactor says that the provider asks for one; requiredAcr lists what acr of the ID token must be one of. The redirect address is publicUrl with /oidc/customers',
    ),
    portalTokens: secretSetting(
      z
        .array(
          z
            .string()
            .min(16)
            .max(500)
            .regex(/^[\x21-\x7e]+$/),
        )
        .default([]),
      '接入商门户的令牌，凭此为客户生成一次性登录票据；为空则不提供',
      'Tokens of the provider’s portal, which asks for one-time tickets that sign customers in; without any there are none',
    ),
  })
  .prefault({});

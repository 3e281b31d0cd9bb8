import { z } from 'zod';
import { operation } from '../operation.ts';
import { emptyShape, idShape, instantShape, noBody, sessionShape } from '../shapes.ts';
import { codeShape, loginShape, passwordShape, personNameShape, secretShape, webAuthnShape } from './sign-in-shapes.ts';

export const signIn = operation({
  id: 'signIn',
  method: 'POST',
  path: '/api/v1/session',
  summary: { zh: '登录', en: 'Sign in' },
  roles: 'public',
  command: false,
  nouns: [],
  // The caller is not authenticated yet.
  bodyKiB: 4,
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    login: z.string().min(1).max(100),
    password: z.string().min(1).max(200),
    code: codeShape.optional().meta({
      description:
        'After `auth.second_factor_required` or `auth.extra_proof_required`: the code of the authenticator app, or a recovery code',
    }),
  }),
  answer: sessionShape,
  faults: [
    'auth.wrong_credentials',
    'auth.too_many_attempts',
    'auth.extra_proof_required',
    'auth.second_factor_required',
    'auth.wrong_second_factor',
    'auth.person_disabled',
  ],
});

export const getSession = operation({
  id: 'getSession',
  method: 'GET',
  path: '/api/v1/session',
  summary: { zh: '当前登录者', en: 'Get the current session' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: sessionShape,
  faults: [],
});

export const signOut = operation({
  id: 'signOut',
  method: 'DELETE',
  path: '/api/v1/session',
  summary: { zh: '退出登录', en: 'Sign out' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({ signedOut: z.literal(true) }),
  faults: [],
});

export const beginPasskeySignIn = operation({
  id: 'beginPasskeySignIn',
  method: 'POST',
  path: '/api/v1/session/passkey/begin',
  summary: { zh: '开始用通行密钥登录', en: 'Start a passkey sign-in' },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ options: webAuthnShape }),
  faults: [],
});

export const signInWithPasskey = operation({
  id: 'signInWithPasskey',
  method: 'POST',
  path: '/api/v1/session/passkey',
  summary: { zh: '用通行密钥登录', en: 'Sign in with a passkey' },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ response: webAuthnShape }),
  answer: sessionShape,
  faults: ['auth.passkey_refused', 'auth.person_disabled'],
});

/** Whose single sign-on: that of the provider's people, or that of its customers. */
const oidcSideShape = z.enum(['staff', 'customers']).default('staff');

export const beginOidcSignIn = operation({
  id: 'beginOidcSignIn',
  method: 'POST',
  path: '/api/v1/session/oidc/begin',
  summary: { zh: '开始统一登录（OpenID Connect）', en: 'Start single sign-on (OpenID Connect)' },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ side: oidcSideShape }),
  answer: z.object({ url: z.string().meta({ description: 'Where the browser goes' }) }),
  faults: ['auth.provider_refused', 'auth.provider_unreachable'],
});

export const signInWithOidc = operation({
  id: 'signInWithOidc',
  method: 'POST',
  path: '/api/v1/session/oidc',
  summary: { zh: '完成统一登录', en: 'Complete single sign-on' },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    side: oidcSideShape,
    query: z.string().max(4000).meta({ description: 'The query that the browser came back with' }),
  }),
  answer: sessionShape,
  faults: ['auth.provider_refused', 'auth.provider_unreachable', 'auth.person_disabled'],
});

export const createSignInTicket = operation({
  id: 'createSignInTicket',
  method: 'POST',
  path: '/api/v1/portal/sign-in-tickets',
  summary: {
    zh: '接入商门户为其客户生成登录票据（60 秒内有效，限使用一次）',
    en: 'Create a sign-in ticket for a customer of the provider’s portal, valid once within 60 seconds',
  },
  roles: 'portal',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    account: z.strictObject({
      id: idShape,
      displayName: z.string().trim().max(200),
      realName: z.enum(['none', 'individual', 'enterprise']),
    }),
    person: z.strictObject({ id: idShape, displayName: personNameShape }),
  }),
  answer: z.object({ ticket: z.string(), url: z.string(), expiresAt: instantShape }),
  faults: ['auth.person_disabled'],
});

export const openTicket = operation({
  id: 'openTicket',
  method: 'POST',
  path: '/api/v1/session/ticket/open',
  summary: {
    zh: '查看登录票据属于谁（登录前由本人确认）',
    en: 'Get whose sign-in ticket it is, for the person to confirm first',
  },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ ticket: secretShape }),
  answer: z.object({
    displayName: z.string(),
    accountId: z.string(),
    accountName: z.string(),
    realName: z.string(),
    expiresAt: instantShape,
  }),
  faults: ['auth.link_not_usable'],
});

export const signInWithTicket = operation({
  id: 'signInWithTicket',
  method: 'POST',
  path: '/api/v1/session/ticket',
  summary: { zh: '用票据登录', en: 'Sign in with a ticket' },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ ticket: secretShape }),
  answer: sessionShape,
  faults: ['auth.link_not_usable', 'auth.person_disabled'],
});

export const openLink = operation({
  id: 'openLink',
  method: 'POST',
  path: '/api/v1/links/open',
  summary: { zh: '查看一次性链接的用途', en: 'Get the purpose of a one-time link' },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ token: secretShape }),
  answer: z.object({ purpose: z.enum(['invitation', 'reset', 'unlock']), login: loginShape, displayName: z.string() }),
  faults: ['auth.link_not_usable'],
});

export const useLink = operation({
  id: 'useLink',
  method: 'POST',
  path: '/api/v1/links/use',
  summary: {
    zh: '使用一次性链接：设置密码，或解除登录限制',
    en: 'Use a one-time link: set a password, or unlock sign-in',
  },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    token: secretShape,
    password: passwordShape
      .optional()
      .meta({ description: 'For invitations and resets; a link that unlocks sets none' }),
  }),
  answer: z.object({ login: z.string() }),
  faults: ['auth.link_not_usable', 'auth.too_many_attempts'],
});

export const requestPasswordReset = operation({
  id: 'requestPasswordReset',
  method: 'POST',
  path: '/api/v1/password-resets',
  summary: {
    zh: '申请通过邮件重置密码（无论用户是否存在，响应相同）',
    en: 'Request a password link by mail; the response is the same whether or not the user exists',
  },
  roles: 'public',
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ login: z.string().min(1).max(100) }),
  answer: z.object({ accepted: z.literal(true) }),
  faults: ['auth.too_many_attempts'],
});

import { z } from 'zod';
import { operation, roles } from '../operation.ts';
import { emptyShape, idShape, instantShape, noBody } from '../shapes.ts';
import { codeShape, passwordShape, personNameShape, signInSessionShape, webAuthnShape } from './sign-in-shapes.ts';

/** What everybody who is signed in does with their own ways in. */

const ownAccessShape = z
  .object({
    login: z.string(),
    displayName: z.string(),
    hasPassword: z.boolean(),
    mail: z.string().nullable(),
    mailEnabled: z.boolean().meta({ description: 'This deployment can send mail' }),
    totp: z.boolean(),
    recoveryCodes: z.number().int().meta({ description: 'How many are left' }),
    passkeys: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        madeAt: instantShape,
        lastUsedAt: instantShape.nullable(),
      }),
    ),
    secondFactorRequired: z.boolean(),
    idleMinutes: z.number().int(),
    absoluteHours: z.number().int(),
  })
  .meta({ id: 'OwnAccess' });

const recoveryCodes = z.object({
  recoveryCodes: z.array(z.string()).nullable().meta({
    description: '恢复码，只在第一次答复中给出 / In the first answer only; a repetition gets null',
  }),
});

export const getOwnAccess = operation({
  id: 'getOwnAccess',
  method: 'GET',
  path: '/api/v1/own/access',
  summary: { zh: '本人的登录方式', en: 'Get the caller’s sign-in methods' },
  roles,
  command: false,
  nouns: ['own_access'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: ownAccessShape,
  faults: [],
});

const tourShape = z.object({
  endedAt: instantShape.nullable().meta({ description: 'When it was taken or skipped; null: not yet' }),
});

export const getOwnTour = operation({
  id: 'getOwnTour',
  method: 'GET',
  path: '/api/v1/own/tour',
  summary: {
    zh: '本人是否已看过或跳过控制台导览',
    en: 'Whether the caller has taken or skipped the tour of the console',
  },
  roles,
  command: false,
  nouns: ['own_access'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: tourShape,
  faults: [],
});

export const endOwnTour = operation({
  id: 'endOwnTour',
  method: 'POST',
  path: '/api/v1/own/tour/end',
  summary: { zh: '不再提示控制台导览', en: 'Offer the tour of the console no more' },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['own_access'],
  params: emptyShape,
  query: emptyShape,
  body: emptyShape,
  answer: tourShape,
  faults: [],
});

export const changeOwnPassword = operation({
  id: 'changeOwnPassword',
  method: 'POST',
  path: '/api/v1/own/password',
  summary: { zh: '修改本人密码；其他会话随之结束', en: 'Change the caller’s password; other sessions end' },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['session'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ current: passwordShape, password: passwordShape }),
  answer: z.object({ changed: z.literal(true) }),
  faults: ['auth.wrong_credentials', 'auth.too_many_attempts'],
});

export const putOwnMail = operation({
  id: 'putOwnMail',
  method: 'PUT',
  path: '/api/v1/own/mail',
  summary: {
    zh: '设置本人邮箱（用于通知和重置密码）',
    en: 'Set the caller’s email address (for notices and to reset the password)',
  },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['own_access'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ mail: z.email().max(254).nullable() }),
  answer: ownAccessShape,
  faults: ['auth.sign_in_again'],
});

export const beginTotp = operation({
  id: 'beginTotp',
  method: 'POST',
  path: '/api/v1/own/totp/begin',
  summary: { zh: '生成验证器密钥', en: 'Create a secret for an authenticator app' },
  roles,
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ secret: z.string(), uri: z.string().meta({ description: 'otpauth://, for a QR code' }) }),
  faults: ['auth.sign_in_again', 'object.changed'],
});

export const confirmTotp = operation({
  id: 'confirmTotp',
  method: 'POST',
  path: '/api/v1/own/totp/confirm',
  summary: { zh: '启用验证器', en: 'Enable the authenticator app' },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['own_access'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ code: codeShape }),
  answer: recoveryCodes,
  faults: ['auth.sign_in_again', 'auth.wrong_second_factor', 'auth.too_many_attempts', 'object.changed'],
});

export const removeTotp = operation({
  id: 'removeTotp',
  method: 'POST',
  path: '/api/v1/own/totp/remove',
  summary: { zh: '移除验证器', en: 'Remove the authenticator app' },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['own_access'],
  params: emptyShape,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ removed: z.literal(true) }),
  faults: ['auth.sign_in_again', 'object.not_found', 'person.second_factor_needed'],
});

export const renewRecoveryCodes = operation({
  id: 'renewRecoveryCodes',
  method: 'POST',
  path: '/api/v1/own/recovery-codes',
  summary: { zh: '重新生成恢复码', en: 'Regenerate recovery codes' },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['own_access'],
  params: emptyShape,
  query: emptyShape,
  body: emptyShape,
  answer: recoveryCodes,
  faults: ['auth.sign_in_again', 'object.changed', 'object.not_found'],
});

export const beginPasskey = operation({
  id: 'beginPasskey',
  method: 'POST',
  path: '/api/v1/own/passkeys/begin',
  summary: { zh: '开始添加通行密钥', en: 'Start adding a passkey' },
  roles,
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ options: webAuthnShape }),
  faults: ['auth.sign_in_again'],
});

export const addPasskey = operation({
  id: 'addPasskey',
  method: 'POST',
  path: '/api/v1/own/passkeys',
  summary: { zh: '添加通行密钥', en: 'Add a passkey' },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['own_access'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ name: personNameShape, response: webAuthnShape }),
  answer: z.object({ id: z.string() }),
  faults: ['auth.sign_in_again', 'auth.passkey_refused'],
});

export const removePasskey = operation({
  id: 'removePasskey',
  method: 'POST',
  path: '/api/v1/own/passkeys/{passkeyId}/remove',
  summary: { zh: '移除通行密钥', en: 'Remove a passkey' },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['own_access'],
  params: z.strictObject({ passkeyId: idShape }),
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ removed: z.literal(true) }),
  faults: ['auth.sign_in_again', 'object.not_found', 'person.second_factor_needed'],
});

export const listOwnSessions = operation({
  id: 'listOwnSessions',
  method: 'GET',
  path: '/api/v1/own/sessions',
  summary: { zh: '本人的登录会话', en: 'List the caller’s sessions' },
  roles,
  command: false,
  nouns: ['session'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({ sessions: z.array(signInSessionShape) }),
  faults: [],
});

export const endOwnSession = operation({
  id: 'endOwnSession',
  method: 'POST',
  path: '/api/v1/own/sessions/{sessionId}/end',
  summary: { zh: '结束本人的一个会话', en: 'End one of the caller’s sessions' },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['session'],
  params: z.strictObject({ sessionId: idShape }),
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ ended: z.number().int() }),
  faults: ['object.not_found'],
});

export const endOtherSessions = operation({
  id: 'endOtherSessions',
  method: 'POST',
  path: '/api/v1/own/sessions/end-others',
  summary: { zh: '结束本人的其他会话', en: 'End all other sessions of the caller' },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['session'],
  params: emptyShape,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ ended: z.number().int() }),
  faults: [],
});

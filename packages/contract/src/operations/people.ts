import { z } from 'zod';
import { memberRights, operation, roles } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { emptyShape, idShape, instantShape, noBody } from '../shapes.ts';
import { loginShape, personNameShape, signInSessionShape } from './sign-in-shapes.ts';

const personShape = z
  .object({
    id: z.string(),
    login: z.string(),
    displayName: z.string(),
    role: z.enum(roles),
    accountId: z.string().nullable(),
    right: z.enum(memberRights).nullable().meta({ description: 'In the customer’s account; null for other roles' }),
    state: z.enum(['invited', 'active', 'disabled']),
    signsInBy: z.enum(['here', 'oidc', 'portal']),
    mail: z.string().nullable().meta({ description: 'Masked' }),
    totp: z.boolean(),
    passkeys: z.number().int(),
    sessions: z.number().int(),
    createdAt: instantShape,
  })
  .meta({ id: 'Person' });

const withLink = z.object({
  person: personShape,
  link: z.string().nullable().meta({
    description:
      '一次性链接，只在第一次答复中给出；已用邮件发送时为 null / The one-time link, in the first answer only; null where it goes by mail',
  }),
});
const personParams = z.strictObject({ personId: idShape });
const manageFaults = ['object.not_found', 'object.changed', 'person.own_account', 'person.last_operator'] as const;

export const listPeople = operation({
  id: 'listPeople',
  method: 'GET',
  path: '/api/v1/people',
  summary: { zh: '人员列表', en: 'List people' },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['person', 'session'],
  params: emptyShape,
  query: z.strictObject({
    search: z.string().min(1).max(100).optional(),
    role: z.enum(roles).optional(),
    state: z.enum(['invited', 'active', 'disabled']).optional(),
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({ people: z.array(personShape), next: nextShape }),
  faults: [],
});

export const invitePerson = operation({
  id: 'invitePerson',
  method: 'POST',
  path: '/api/v1/people',
  summary: { zh: '邀请用户（一次性链接，由本人设置密码）', en: 'Invite a person with a one-time link' },
  roles: ['operator'],
  command: true,
  nouns: ['person'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    login: loginShape,
    displayName: personNameShape,
    role: z.enum(roles),
    accountId: idShape.nullable().default(null),
    right: z.enum(memberRights).default('owner').meta({ description: 'Of a customer, in the account' }),
    mail: z.email().max(254).nullable().default(null),
  }),
  answer: withLink,
  faults: ['person.login_taken'],
});

export const createPersonLink = operation({
  id: 'createPersonLink',
  method: 'POST',
  path: '/api/v1/people/{personId}/link',
  summary: { zh: '重新发送邀请或重置密码的链接', en: 'Send a new link to set a password' },
  roles: ['operator'],
  command: true,
  nouns: ['person'],
  params: personParams,
  query: emptyShape,
  body: emptyShape,
  answer: withLink,
  faults: ['object.not_found', 'person.own_account', 'object.changed'],
});

export const unlockPerson = operation({
  id: 'unlockPerson',
  method: 'POST',
  path: '/api/v1/people/{personId}/unlock',
  summary: {
    zh: '解除登录限制：清除登录失败计数，并给出一次性链接，使本人的浏览器不受他人失败影响',
    en: 'Unlock sign-in: failures of the login are forgotten, and a one-time link makes the person’s browser known',
  },
  roles: ['operator'],
  command: true,
  nouns: ['person'],
  params: personParams,
  query: emptyShape,
  body: emptyShape,
  answer: withLink,
  faults: ['object.not_found', 'person.own_account', 'object.changed'],
});

export const changePersonRole = operation({
  id: 'changePersonRole',
  method: 'POST',
  path: '/api/v1/people/{personId}/role',
  summary: { zh: '更改角色', en: 'Change a person’s role' },
  roles: ['operator'],
  command: true,
  nouns: ['person', 'session'],
  params: personParams,
  query: emptyShape,
  body: z.strictObject({ role: z.enum(['reviewer', 'operator', 'auditor']) }),
  answer: personShape,
  faults: manageFaults,
});

export const disablePerson = operation({
  id: 'disablePerson',
  method: 'POST',
  path: '/api/v1/people/{personId}/disable',
  summary: {
    zh: '停用用户：结束其会话，吊销其创建的 API 密钥',
    en: 'Disable a person; their sessions end and their API keys are revoked',
  },
  roles: ['operator'],
  command: true,
  nouns: ['person', 'session', 'api_key'],
  params: personParams,
  query: emptyShape,
  body: emptyShape,
  answer: personShape,
  faults: manageFaults,
});

export const enablePerson = operation({
  id: 'enablePerson',
  method: 'POST',
  path: '/api/v1/people/{personId}/enable',
  summary: { zh: '启用用户', en: 'Enable a person' },
  roles: ['operator'],
  command: true,
  nouns: ['person'],
  params: personParams,
  query: emptyShape,
  body: emptyShape,
  answer: personShape,
  faults: ['object.not_found', 'object.changed', 'person.own_account'],
});

export const deletePerson = operation({
  id: 'deletePerson',
  method: 'POST',
  path: '/api/v1/people/{personId}/delete',
  summary: { zh: '删除用户及其个人信息', en: 'Delete a person and their personal data' },
  roles: ['operator'],
  command: true,
  nouns: ['person', 'session', 'api_key'],
  params: personParams,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ deleted: z.literal(true) }),
  faults: ['object.not_found', 'person.own_account', 'person.last_operator'],
});

export const resetSecondFactor = operation({
  id: 'resetSecondFactor',
  method: 'POST',
  path: '/api/v1/people/{personId}/reset-second-factor',
  summary: { zh: '重置两步验证', en: 'Reset a person’s second factors' },
  roles: ['operator'],
  command: true,
  nouns: ['person', 'session'],
  params: personParams,
  query: emptyShape,
  body: emptyShape,
  answer: personShape,
  faults: ['object.not_found', 'person.own_account'],
});

export const listPersonSessions = operation({
  id: 'listPersonSessions',
  method: 'GET',
  path: '/api/v1/people/{personId}/sessions',
  summary: { zh: '某用户的登录会话', en: 'List a person’s sessions' },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['session'],
  params: personParams,
  query: emptyShape,
  body: noBody,
  answer: z.object({ sessions: z.array(signInSessionShape) }),
  faults: ['object.not_found'],
});

export const endPersonSession = operation({
  id: 'endPersonSession',
  method: 'POST',
  path: '/api/v1/people/{personId}/sessions/{sessionId}/end',
  summary: { zh: '结束某用户的一个会话', en: 'End one session of a person' },
  roles: ['operator'],
  command: true,
  nouns: ['person', 'session'],
  params: z.strictObject({ personId: idShape, sessionId: idShape }),
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ ended: z.number().int() }),
  faults: ['object.not_found'],
});

export const endPersonSessions = operation({
  id: 'endPersonSessions',
  method: 'POST',
  path: '/api/v1/people/{personId}/sessions/end',
  summary: { zh: '结束某用户的全部会话', en: 'End all sessions of a person' },
  roles: ['operator'],
  command: true,
  nouns: ['person', 'session'],
  params: personParams,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ ended: z.number().int() }),
  faults: ['object.not_found'],
});

import { z } from 'zod';
import { memberRights, operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { emptyShape, idShape, instantShape, noBody } from '../shapes.ts';
import { loginShape, personNameShape } from './sign-in-shapes.ts';

const rightShape = z.enum(memberRights).meta({
  description:
    '所有者：全部操作；经办人：办理备案和授权码；查看者：只读 / owner: everything; filer: filings and codes; viewer: reads only',
});

const memberShape = z
  .object({
    id: z.string(),
    login: z.string(),
    displayName: z.string(),
    right: rightShape,
    state: z.enum(['invited', 'active', 'disabled']),
    signsInBy: z.enum(['here', 'oidc', 'portal']),
    mail: z.string().nullable().meta({ description: 'Masked; owners see it' }),
    lastSignInAt: instantShape.nullable().meta({ description: 'Owners see it' }),
    createdAt: instantShape,
  })
  .meta({ id: 'Member', description: 'Somebody of a customer’s account' });

const withLink = z.object({
  member: memberShape,
  link: z.string().nullable().meta({
    description:
      '一次性链接，只在第一次答复中给出；已用邮件发送时为 null / The one-time link, in the first answer only; null where it goes by mail',
  }),
});
const memberParams = z.strictObject({ personId: idShape });

export const listMembers = operation({
  id: 'listMembers',
  method: 'GET',
  path: '/api/v1/members',
  summary: { zh: '本账号的成员', en: 'List the people of one’s own account' },
  roles: ['customer'],
  command: false,
  nouns: ['person', 'session'],
  params: emptyShape,
  query: z.strictObject({ ...pageQuery }),
  body: noBody,
  answer: z.object({ members: z.array(memberShape), next: nextShape }),
  faults: [],
});

export const inviteMember = operation({
  id: 'inviteMember',
  method: 'POST',
  path: '/api/v1/members',
  summary: {
    zh: '邀请成员（一次性链接，由本人设置密码）',
    en: 'Invite somebody into one’s own account with a one-time link',
  },
  roles: ['customer'],
  right: 'owner',
  command: true,
  nouns: ['person'],
  // A mail to an address that the customer names.
  cost: 20,
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    login: loginShape,
    displayName: personNameShape,
    right: rightShape,
    mail: z.email().max(254).nullable().default(null),
  }),
  answer: withLink,
  faults: ['auth.right_missing', 'person.login_taken'],
});

export const createMemberLink = operation({
  id: 'createMemberLink',
  method: 'POST',
  path: '/api/v1/members/{personId}/link',
  summary: { zh: '重新发送成员邀请', en: 'Send a member’s invitation again' },
  roles: ['customer'],
  right: 'owner',
  command: true,
  nouns: ['person'],
  cost: 20,
  params: memberParams,
  query: emptyShape,
  body: emptyShape,
  answer: withLink,
  faults: ['auth.right_missing', 'object.not_found', 'object.changed'],
});

export const changeMemberRight = operation({
  id: 'changeMemberRight',
  method: 'POST',
  path: '/api/v1/members/{personId}/right',
  summary: {
    zh: '更改成员的权限；改为查看者时，其创建的 API 密钥一并吊销',
    en: 'Change what a member may do; API keys made by somebody who becomes a viewer are revoked',
  },
  roles: ['customer', 'operator'],
  right: 'owner',
  command: true,
  nouns: ['person', 'api_key'],
  params: memberParams,
  query: emptyShape,
  body: z.strictObject({ right: rightShape }),
  answer: memberShape,
  faults: ['auth.right_missing', 'object.not_found', 'object.changed', 'account.last_owner'],
});

export const removeMember = operation({
  id: 'removeMember',
  method: 'POST',
  path: '/api/v1/members/{personId}/remove',
  summary: {
    zh: '移除成员：停用其登录，结束会话，吊销其创建的 API 密钥',
    en: 'Remove a member: they can no longer sign in, their sessions end and their API keys are revoked',
  },
  roles: ['customer'],
  right: 'owner',
  command: true,
  nouns: ['person', 'session', 'api_key'],
  params: memberParams,
  query: emptyShape,
  body: emptyShape,
  answer: memberShape,
  faults: ['auth.right_missing', 'object.not_found', 'object.changed', 'person.own_account'],
});

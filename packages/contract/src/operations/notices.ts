import { deskEventTypes, noticeGroupNames } from '@openbeian/model/filing';
import { z } from 'zod';
import { operation, roles } from '../operation.ts';
import { cursorShape, nextShape, pageQueryOf } from '../page.ts';
import { codeShape, dayShape, emptyShape, idShape, instantShape, noBody, textShape } from '../shapes.ts';

const noticeShape = z
  .object({
    id: z.string(),
    at: instantShape,
    accountId: z.string().nullable().meta({ description: 'Null: for the provider’s operators' }),
    type: z.enum([
      'CodeStopping',
      'CodeSuspended',
      'CodeRevived',
      'WebhookPaused',
      'RevealQuotaSpent',
      'FilingContested',
      'ContestDecided',
      'SupportAccessBegun',
      ...deskEventTypes,
    ]),
    group: z.enum(noticeGroupNames).meta({ description: 'By which people choose what is mailed' }),
    text: textShape.meta({ description: 'What happened and what to do' }),
    resourceId: z.string().nullable(),
    webhookId: z.string().nullable(),
    filingId: z.string().nullable(),
    codes: z.number().int().meta({ description: 'How many codes of the resource it is about' }),
    stopsOn: dayShape.nullable().meta({ description: 'The first day on which the codes cannot be used' }),
    daysLeft: z.number().int().nullable(),
    readAt: instantShape.nullable(),
  })
  .meta({ id: 'Notice' });

export const listNotices = operation({
  id: 'listNotices',
  method: 'GET',
  path: '/api/v1/notices',
  summary: { zh: '通知列表（按时间倒序）', en: 'List notices, newest first' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['notice'],
  params: emptyShape,
  query: z.strictObject({
    unread: z.enum(['true', 'false']).default('false').meta({ description: 'true: unread ones only' }),
    group: z.enum(noticeGroupNames).optional(),
    before: cursorShape
      .optional()
      .meta({ description: 'As `after`, or the last id of the page before', deprecated: true }),
    ...pageQueryOf({ most: 200, usual: 50 }),
  }),
  body: noBody,
  answer: z.object({ unread: z.number().int(), notices: z.array(noticeShape), next: nextShape }),
  faults: [],
});

export const markNoticesRead = operation({
  id: 'markNoticesRead',
  method: 'POST',
  path: '/api/v1/notices/read',
  summary: { zh: '标为已读或未读', en: 'Mark notices as read, or as unread again' },
  roles: ['customer', 'reviewer', 'operator'],
  command: true,
  nouns: ['notice'],
  // 200 ids.
  bodyKiB: 128,
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    ids: z.array(idShape).max(200).optional().meta({ description: 'Left out: all that are there now' }),
    read: z.boolean().default(true).meta({ description: 'false: unread again' }),
  }),
  answer: z.object({ unread: z.number().int() }),
  faults: [],
});

const mailAnswer = z.object({
  enabled: z.boolean().meta({ description: 'False: this deployment sends no mail' }),
  addresses: z.array(z.string()),
});

export const getNoticeMail = operation({
  id: 'getNoticeMail',
  method: 'GET',
  path: '/api/v1/notices/mail',
  summary: { zh: '接收通知的邮箱', en: 'Get the addresses for notices' },
  roles: ['customer'],
  command: false,
  nouns: ['notice_mail'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: mailAnswer,
  faults: [],
});

export const putNoticeMail = operation({
  id: 'putNoticeMail',
  method: 'PUT',
  path: '/api/v1/notices/mail',
  summary: { zh: '设置接收通知的邮箱', en: 'Set the addresses for notices' },
  roles: ['customer'],
  right: 'owner',
  command: true,
  nouns: ['notice_mail'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ addresses: z.array(z.email().max(254)).max(5).meta({ description: 'None: no mails' }) }),
  answer: mailAnswer,
  faults: [],
});

const choiceAnswer = z
  .object({
    enabled: z.boolean().meta({ description: 'False: this deployment sends no mail' }),
    mail: z
      .string()
      .nullable()
      .meta({ description: 'The caller’s own address, as in OwnAccess; null: nothing is mailed' }),
    language: z.enum(['zh', 'en', 'both']),
    groups: z.array(
      z.object({
        group: z.enum(noticeGroupNames),
        text: textShape,
        mailed: z.boolean(),
        mandatory: z.boolean().meta({ description: 'Mailed in any case' }),
      }),
    ),
  })
  .meta({ id: 'NoticeChoice' });

export const getNoticeChoice = operation({
  id: 'getNoticeChoice',
  method: 'GET',
  path: '/api/v1/own/notices',
  summary: { zh: '本人以邮件接收哪些通知', en: 'Get which notices the caller is mailed' },
  roles,
  command: false,
  nouns: ['notice_mail', 'own_access'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: choiceAnswer,
  faults: [],
});

export const putNoticeChoice = operation({
  id: 'putNoticeChoice',
  method: 'PUT',
  path: '/api/v1/own/notices',
  summary: {
    zh: '设置本人以邮件接收哪些通知；待办与期限类必发',
    en: 'Choose which notices the caller is mailed; deadlines always are',
  },
  roles,
  right: 'viewer',
  command: true,
  nouns: ['notice_mail'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    groups: z.array(z.enum(noticeGroupNames)).max(noticeGroupNames.length),
    language: z.enum(['zh', 'en', 'both']),
  }),
  answer: choiceAnswer,
  faults: [],
});

export const listStoppingCodes = operation({
  id: 'listStoppingCodes',
  method: 'GET',
  path: '/api/v1/stopping-codes',
  summary: {
    zh: '未来若干天内将失效的授权码（按失效日期排序）',
    en: 'List codes that expire within some days, earliest first',
  },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  scope: 'codes:read',
  command: false,
  nouns: ['code', 'resource', 'filing'],
  params: emptyShape,
  query: z.strictObject({
    days: z.coerce.number().int().min(1).max(400).default(30),
    accountId: idShape.optional().meta({ description: 'The issuing account; customers see their own only' }),
    ...pageQueryOf({ most: 200, usual: 50 }),
  }),
  body: noBody,
  answer: z.object({
    at: dayShape,
    total: z.number().int().meta({ description: 'By the index of stop days' }),
    indexing: z
      .number()
      .int()
      .meta({ description: 'Resources whose stop days are being worked out now; with 0 the total is complete' }),
    codes: z.array(
      z.object({
        code: codeShape,
        stopsOn: dayShape.meta({ description: 'The first day on which it cannot be used; derived for this answer' }),
        daysLeft: z.number().int(),
      }),
    ),
    next: nextShape,
  }),
  faults: [],
});

import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { emptyShape, idShape, instantShape, noBody } from '../shapes.ts';

const supportAccessShape = z
  .object({
    id: z.string(),
    accountId: z.string(),
    operatorName: z.string(),
    reason: z.string(),
    begunAt: instantShape,
    until: instantShape,
    endedAt: instantShape.nullable().meta({ description: 'Null: not ended before `until`' }),
    endedBy: z.enum(['operator', 'customer']).nullable(),
    active: z.boolean(),
  })
  .meta({ id: 'SupportAccess', description: 'An operator sees what a customer sees, and changes nothing' });

export const beginSupportAccess = operation({
  id: 'beginSupportAccess',
  method: 'POST',
  path: '/api/v1/support-accesses',
  summary: {
    zh: '开始客服访问：在本会话中以客户账号的身份只读查看，客户会收到通知',
    en: 'Begin support access: this session sees what the customer sees, read-only; the customer is notified',
  },
  roles: ['operator'],
  command: true,
  nouns: ['support_access', 'notice'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    accountId: idShape,
    reason: z.string().trim().min(5).max(500),
    minutes: z.number().int().min(5).max(120).default(30),
  }),
  answer: supportAccessShape,
  faults: ['object.not_found'],
});

export const endSupportAccess = operation({
  id: 'endSupportAccess',
  method: 'POST',
  path: '/api/v1/support-accesses/{accessId}/end',
  summary: { zh: '结束客服访问', en: 'End a support access' },
  roles: ['customer', 'operator'],
  command: true,
  nouns: ['support_access'],
  params: z.strictObject({ accessId: idShape }),
  query: emptyShape,
  body: emptyShape,
  answer: supportAccessShape,
  faults: ['object.not_found', 'object.changed'],
});

export const listSupportAccesses = operation({
  id: 'listSupportAccesses',
  method: 'GET',
  path: '/api/v1/support-accesses',
  summary: { zh: '客服访问记录，新的在前', en: 'Support accesses, newest first' },
  roles: ['customer', 'operator', 'auditor'],
  command: false,
  nouns: ['support_access'],
  params: emptyShape,
  query: z.strictObject({ accountId: idShape.optional(), ...pageQuery }),
  body: noBody,
  answer: z.object({ accesses: z.array(supportAccessShape), next: nextShape }),
  faults: [],
});

const supportViewShape = z
  .object({
    operation: z.string().meta({ description: 'An operation of this document' }),
    objectId: z
      .string()
      .nullable()
      .meta({ description: 'What its address names, such as a filing; null for lists, and after 500 objects' }),
    firstAt: instantShape,
    lastAt: instantShape,
    count: z.number().int(),
  })
  .meta({ id: 'SupportView', description: 'What an operator opened in a support access' });

export const listSupportViews = operation({
  id: 'listSupportViews',
  method: 'GET',
  path: '/api/v1/support-accesses/{accessId}/views',
  summary: { zh: '客服访问中查看的内容，按首次查看的时间', en: 'What was opened in a support access, in that order' },
  roles: ['customer', 'operator', 'auditor'],
  command: false,
  nouns: ['support_access'],
  params: z.strictObject({ accessId: idShape }),
  query: z.strictObject(pageQuery),
  body: noBody,
  answer: z.object({ views: z.array(supportViewShape), next: nextShape }),
  faults: ['object.not_found'],
});

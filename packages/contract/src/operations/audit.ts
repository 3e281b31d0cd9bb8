import { auditActionNames } from '@openbeian/model/audit';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { dayShape, emptyShape, idShape, instantShape, noBody } from '../shapes.ts';

const rowAtShape = z.object({ at: z.string(), id: z.string() }).nullable();
const checkShape = z
  .object({
    askedAt: instantShape,
    askedBy: z.string(),
    askedByName: z.string().nullable(),
    upToSeal: z
      .number()
      .int()
      .meta({ description: '校验到的最后一个封印 / The last seal there was when it was asked for' }),
    throughSeal: z.number().int().meta({ description: '到此为止一致；0 表示尚无 / As sealed up to here; 0: none yet' }),
    throughDay: dayShape.nullable(),
    rows: z.number().int(),
    endedAt: instantShape.nullable(),
    difference: z
      .object({
        what: z.enum([
          'changed',
          'added',
          'missing',
          'words_changed',
          'seal_missing',
          'seal_changed',
          'seal_forged',
          'clearing_forged',
        ]),
        seal: z.number().int(),
        day: z.string(),
        row: rowAtShape,
        after: rowAtShape.meta({ description: '缺失的记录之前的一条 / The row before one that is missing' }),
        before: rowAtShape,
      })
      .nullable()
      .meta({ description: '第一处不一致；null 表示没有 / Where the audit differs first; null: nowhere' }),
  })
  .meta({ id: 'AuditCheck' });

export const getAuditChain = operation({
  id: 'getAuditChain',
  method: 'GET',
  path: '/api/v1/audit-chain',
  summary: { zh: '审计记录的封印和最近一次校验', en: 'The seals of the audit and its last verification' },
  roles: ['auditor', 'operator'],
  command: false,
  nouns: ['audit'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    last: z.object({ seal: z.number().int(), day: dayShape, sealedAt: instantShape }).nullable(),
    unsealed: z.object({
      rows: z.number().int().meta({ description: '至多计到 1000 / Counted up to 1000' }),
      oldestAt: z.string().nullable(),
      late: z.boolean().meta({ description: '早该封印：后台任务可能没有运行 / Is a worker running?' }),
    }),
    verified: checkShape.nullable().meta({ description: '最近结束的校验 / The verification that ended last' }),
    underWay: checkShape.nullable(),
  }),
  faults: [],
});

export const checkAuditChain = operation({
  id: 'checkAuditChain',
  method: 'POST',
  path: '/api/v1/audit-chain/checks',
  summary: {
    zh: '校验全部审计记录与封印是否一致，在后台进行',
    en: 'Verify all of the audit against its seals, in the background',
  },
  roles: ['auditor', 'operator'],
  command: true,
  nouns: ['audit'],
  params: emptyShape,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({
    started: z.boolean().meta({ description: 'false：已有校验在进行 / One was under way' }),
  }),
  faults: [],
});

export const listAudit = operation({
  id: 'listAudit',
  method: 'GET',
  path: '/api/v1/audit',
  summary: { zh: '审计记录', en: 'List audit rows' },
  roles: ['auditor', 'operator'],
  command: false,
  nouns: ['audit'],
  params: emptyShape,
  query: z.strictObject({
    objectId: idShape.optional(),
    actorId: idShape
      .optional()
      .meta({ description: 'Who did it: a person or an API key; `system` is background work' }),
    action: z.enum(auditActionNames).optional(),
    from: dayShape.optional(),
    to: dayShape.optional().meta({ description: 'The last day, which counts' }),
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({
    next: nextShape,
    names: z.array(z.object({ id: z.string(), name: z.string() })).meta({
      description:
        '行内出现的编号（含 detail 中的）现在的名称 / What people, accounts, API keys and filings whose ids are in these rows are called now',
    }),
    rows: z.array(
      z.object({
        id: z.string(),
        at: instantShape,
        actorId: z.string(),
        actorName: z.string().nullable().meta({
          description: 'What the person or API key is called now; null for one that was deleted, and for programs',
        }),
        actorRole: z.string(),
        action: z.string(),
        objectKind: z.string(),
        objectId: z.string(),
        objectName: z.string().nullable().meta({ description: 'A filing’s domain, or a name as for the actor' }),
        detail: z.unknown(),
        address: z.string().nullable(),
        sessionId: z.string().nullable(),
      }),
    ),
  }),
  faults: [],
});

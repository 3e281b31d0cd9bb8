import { auditActionNames } from '@openbeian/model/audit';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { dayShape, emptyShape, idShape, instantShape, noBody } from '../shapes.ts';

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

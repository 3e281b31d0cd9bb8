import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { emptyShape, idShape, instantShape, noBody } from '../shapes.ts';

export const listAudit = operation({
  id: 'listAudit',
  method: 'GET',
  path: '/api/v1/audit',
  summary: { zh: '审计记录', en: 'List audit rows' },
  roles: ['auditor', 'operator'],
  command: false,
  nouns: ['audit'],
  params: emptyShape,
  query: z.strictObject({ objectId: idShape.optional(), ...pageQuery }),
  body: noBody,
  answer: z.object({
    next: nextShape,
    rows: z.array(
      z.object({
        id: z.string(),
        at: instantShape,
        actorId: z.string(),
        actorRole: z.string(),
        action: z.string(),
        objectKind: z.string(),
        objectId: z.string(),
        detail: z.unknown(),
        address: z.string().nullable(),
        sessionId: z.string().nullable(),
      }),
    ),
  }),
  faults: [],
});

import { cancellationScopes } from '@openbeian/model/filing';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery, totalShape } from '../page.ts';
import { emptyShape, idShape, instantShape, noBody } from '../shapes.ts';

export const listRecords = operation({
  id: 'listRecords',
  method: 'GET',
  path: '/api/v1/records',
  summary: { zh: '备案记录列表', en: 'List filing records' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['record'],
  params: emptyShape,
  query: z.strictObject(pageQuery),
  body: noBody,
  answer: z.object({
    next: nextShape,
    records: z.array(
      z.object({
        subjectNumber: z.string(),
        serviceNumber: z.string(),
        serviceKind: z.string(),
        serviceName: z.string(),
        domainName: z.string(),
        state: z.string(),
        accesses: z.array(z.string()),
        recordedAt: instantShape,
        cancelledAt: instantShape.nullable().default(null),
      }),
    ),
  }),
  faults: [],
});

export const countRecords = operation({
  id: 'countRecords',
  method: 'GET',
  path: '/api/v1/record-counts',
  summary: { zh: '备案记录数', en: 'Count filing records' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['record'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: totalShape,
  faults: [],
});

export const cancelRecord = operation({
  id: 'cancelRecord',
  method: 'POST',
  path: '/api/v1/records/cancel',
  summary: {
    zh: '登记管局已注销的主体、网站或已取消的接入',
    en: 'Record that the authority cancelled a subject, a service or an access',
  },
  roles: ['operator'],
  command: true,
  nouns: ['record', 'filing', 'code', 'gate'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    scope: z.enum(cancellationScopes).meta({
      description: 'subject: with all its services; service: one of them; access: one provider’s tie to it',
    }),
    number: z.string().min(1).max(100).meta({ description: 'The subject’s number for a subject, else the service’s' }),
    provider: idShape.optional().meta({ description: 'With scope access: whose; this deployment’s unless given' }),
    reason: z.string().trim().min(1).max(500).meta({ description: 'Kept in the audit row' }),
  }),
  answer: z.object({
    changed: z.boolean().meta({ description: 'False: it was entered before' }),
    services: z.array(
      z.object({
        serviceNumber: z.string(),
        domainName: z.string(),
        filings: z
          .array(
            z.object({
              filingId: z.string(),
              codeId: z.string().nullable().meta({ description: 'It stays used' }),
              quotaReturned: z.boolean().meta({ description: 'By the policy of the resource behind it' }),
            }),
          )
          .meta({ description: 'The filings that had led to it' }),
      }),
    ),
  }),
  faults: ['object.not_found'],
});

import { cancellationScopes, recordStates, serviceKinds } from '@openbeian/model/filing';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery, totalShape } from '../page.ts';
import { dayShape, emptyShape, findingShape, idShape, instantShape, noBody, provinceCodeShape } from '../shapes.ts';

export const listRecords = operation({
  id: 'listRecords',
  method: 'GET',
  path: '/api/v1/records',
  summary: { zh: '备案记录列表', en: 'List filing records' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  scope: 'records:read',
  command: false,
  nouns: ['record'],
  params: emptyShape,
  query: z.strictObject({
    state: z.enum(recordStates).optional(),
    serviceKind: z.enum(serviceKinds).optional(),
    provinceCode: provinceCodeShape.optional().meta({ description: 'The province whose authority gave the number' }),
    search: z.string().trim().min(1).max(200).optional().meta({
      description: 'A part of the number, the domain or the service’s name, in any case of letters',
    }),
    ...pageQuery,
  }),
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
        here: z.boolean().default(true).meta({ description: 'Is it accessed through this provider now?' }),
        shellSubject: z.boolean().default(false).meta({
          description: 'The subject is in force and has no service in force: it can be changed, cancelled and moved',
        }),
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
  scope: 'records:read',
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

export const useRecord = operation({
  id: 'useRecord',
  method: 'POST',
  path: '/api/v1/records/use',
  summary: {
    zh: '同账号复用备案：把已备案的服务用于另一个资源，无需重新备案',
    en: 'Use a record on another resource of the account; needs no filing',
  },
  roles: ['customer'],
  scope: 'records:use',
  command: true,
  nouns: ['record'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ serviceNumber: z.string().min(1).max(100), resourceId: idShape }),
  answer: z.object({
    changed: z.boolean().meta({ description: 'False: it was used there before' }),
    resources: z.array(z.string()).meta({ description: 'On which the service is now' }),
  }),
  faults: ['object.not_found', 'resource.not_eligible', 'quota.exhausted'],
});

const proofParts = { certificateType: z.string().min(1).max(40), certificateNumber: z.string().min(1).max(40) };
const moveShape = z
  .object({
    id: z.string(),
    subjectNumber: z.string(),
    fromAccountId: z.string().nullable().meta({ description: 'Null: the other side’s, which a customer is not told' }),
    toAccountId: z.string().nullable(),
    begunBy: z.enum(['holder', 'claimant']),
    begunAt: instantShape,
    until: instantShape.meta({ description: 'It can be confirmed until then' }),
    state: z.enum(['waiting', 'moved', 'refused', 'withdrawn', 'lapsed']),
    actions: z.array(z.enum(['confirm', 'refuse', 'withdraw'])).meta({ description: 'What the asker may do now' }),
  })
  .meta({ id: 'Move', description: 'An organiser’s records go from one account to another' });

export const beginMove = operation({
  id: 'beginMove',
  method: 'POST',
  path: '/api/v1/moves',
  summary: {
    zh: '发起备案迁移（转出或认领），由另一方账号确认',
    en: 'Begin to move records between accounts; the other account confirms',
  },
  roles: ['customer'],
  right: 'owner',
  command: true,
  nouns: ['record'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    subjectNumber: z.string().min(1).max(100),
    ...proofParts,
    toAccountId: idShape
      .optional()
      .meta({ description: '转出时填写目标账号；认领时不填 / Where to, given by the account that has the records' }),
  }),
  answer: moveShape,
  faults: ['move.not_proven', 'move.waiting', 'filing.precondition_unmet', 'filing.already_open'],
});

const moveParams = z.strictObject({ moveId: idShape });

export const confirmMove = operation({
  id: 'confirmMove',
  method: 'POST',
  path: '/api/v1/moves/{moveId}/confirm',
  summary: { zh: '确认备案迁移', en: 'Confirm a move: the records change hands' },
  roles: ['customer'],
  right: 'owner',
  command: true,
  nouns: ['record'],
  params: moveParams,
  query: emptyShape,
  body: z.strictObject(proofParts),
  answer: moveShape,
  faults: [
    'object.not_found',
    'move.ended',
    'move.not_proven',
    'move.own_side',
    'filing.precondition_unmet',
    'filing.already_open',
  ],
});

export const endMove = operation({
  id: 'endMove',
  method: 'POST',
  path: '/api/v1/moves/{moveId}/end',
  summary: { zh: '撤回或拒绝备案迁移', en: 'Withdraw a move, or refuse the other side’s' },
  roles: ['customer'],
  right: 'owner',
  command: true,
  nouns: ['record'],
  params: moveParams,
  query: emptyShape,
  body: emptyShape,
  answer: moveShape,
  faults: ['object.not_found', 'move.ended'],
});

export const listMoves = operation({
  id: 'listMoves',
  method: 'GET',
  path: '/api/v1/moves',
  summary: { zh: '备案迁移列表，新的在前', en: 'Moves between accounts, newest first' },
  roles: ['customer', 'operator', 'auditor'],
  scope: 'records:read',
  command: false,
  nouns: ['record'],
  params: emptyShape,
  query: z.strictObject({ state: moveShape.shape.state.optional(), ...pageQuery }),
  body: noBody,
  answer: z.object({ moves: z.array(moveShape), next: nextShape }),
  faults: [],
});

const demandShape = z
  .object({
    id: z.string(),
    accountId: z.string(),
    serviceNumber: z.string(),
    serviceName: z.string(),
    domainName: z.string(),
    demandedBy: z.enum(['provider', 'authority']),
    findings: z.array(findingShape),
    dueOn: dayShape.nullable().meta({ description: 'Null: nobody said by when' }),
    madeAt: instantShape,
  })
  .meta({ id: 'CorrectionDemand', description: 'Something on record is to be put right (核查整改)' });

export const demandCorrection = operation({
  id: 'demandCorrection',
  method: 'POST',
  bodyKiB: 128,
  path: '/api/v1/demands',
  summary: { zh: '提出核查要求', en: 'Demand that something on record is put right' },
  roles: ['reviewer', 'operator'],
  command: true,
  nouns: ['record'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    serviceNumber: z.string().min(1).max(100),
    demandedBy: z.enum(['provider', 'authority']),
    dueOn: dayShape.optional(),
    items: z
      .array(z.strictObject({ field: z.string().min(1).max(100), comment: z.string().trim().min(2).max(500) }))
      .min(1)
      .max(50),
  }),
  answer: demandShape,
  faults: ['object.not_found', 'demand.open'],
});

export const listDemands = operation({
  id: 'listDemands',
  method: 'GET',
  path: '/api/v1/demands',
  summary: { zh: '尚未完成的核查要求，新的在前', en: 'Open demands for corrections, newest first' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  scope: 'records:read',
  command: false,
  nouns: ['record'],
  params: emptyShape,
  query: z.strictObject(pageQuery),
  body: noBody,
  answer: z.object({ demands: z.array(demandShape), next: nextShape }),
  faults: [],
});

export const withdrawDemand = operation({
  id: 'withdrawDemand',
  method: 'POST',
  path: '/api/v1/demands/{demandId}/withdraw',
  summary: { zh: '撤销核查要求', en: 'Withdraw a demand' },
  roles: ['reviewer', 'operator'],
  command: true,
  nouns: ['record'],
  params: z.strictObject({ demandId: idShape }),
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ withdrawn: z.boolean() }),
  faults: ['object.not_found', 'demand.ended'],
});

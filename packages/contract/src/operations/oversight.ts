import { cancellationScopes } from '@openbeian/model/filing';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { dayShape, emptyShape, idShape, instantShape, noBody, textShape } from '../shapes.ts';

export const listRecords = operation({
  id: 'listRecords',
  method: 'GET',
  path: '/api/v1/records',
  summary: { zh: '已备案的服务', en: 'Filing records' },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
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

export const cancelRecord = operation({
  id: 'cancelRecord',
  method: 'POST',
  path: '/api/v1/records/cancel',
  summary: {
    zh: '登记管局已注销主体、网站或取消接入',
    en: 'Enter that the authority cancelled a subject, a service or an access',
  },
  roles: ['operator'],
  command: true,
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

export const listAudit = operation({
  id: 'listAudit',
  method: 'GET',
  path: '/api/v1/audit',
  summary: { zh: '审计记录', en: 'Audit rows' },
  roles: ['auditor', 'operator'],
  command: false,
  params: emptyShape,
  query: z.strictObject({ objectId: idShape.optional(), limit: z.coerce.number().int().min(1).max(500).default(100) }),
  body: noBody,
  answer: z.object({
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
      }),
    ),
  }),
  faults: [],
});

export const listJobs = operation({
  id: 'listJobs',
  method: 'GET',
  path: '/api/v1/jobs',
  summary: { zh: '等待中和重试中的后台任务', en: 'Waiting and failing jobs' },
  roles: ['operator'],
  command: false,
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    jobs: z.array(
      z.object({
        id: z.string(),
        topic: z.string(),
        attempts: z.number().int(),
        runAt: instantShape,
        lastError: z.string().nullable(),
      }),
    ),
  }),
  faults: [],
});

export const listHelp = operation({
  id: 'listHelp',
  method: 'GET',
  path: '/api/v1/help',
  summary: { zh: '帮助条目', en: 'Help texts' },
  roles: 'public',
  command: false,
  params: emptyShape,
  query: z.strictObject({ topic: z.string().max(100).optional() }),
  body: noBody,
  answer: z.object({
    articles: z.array(
      z.object({
        id: z.string(),
        title: textShape,
        body: textShape,
        topics: z.array(z.string()),
        source: z.array(z.string()),
      }),
    ),
  }),
  faults: [],
});

export const explainHost = operation({
  id: 'explainHost',
  method: 'GET',
  path: '/api/v1/gate/explain',
  summary: { zh: '某个域名为何被放行或阻断', en: 'Why a host is served or blocked' },
  roles: 'public',
  command: false,
  params: emptyShape,
  query: z.strictObject({ host: z.string().min(1).max(300) }),
  body: noBody,
  answer: z.object({
    host: z.string(),
    outcome: z.enum(['allow', 'block', 'indeterminate']),
    reason: z.string(),
    filingDomain: z.string().nullable(),
    message: textShape,
    next: textShape.nullable(),
    at: dayShape,
  }),
  faults: [],
});

export const getGateSnapshot = operation({
  id: 'getGateSnapshot',
  method: 'GET',
  path: '/api/v1/gate/snapshot',
  summary: { zh: '供阻断网关读取的快照（长轮询）', en: 'The snapshot for gates (long poll)' },
  roles: 'gate',
  command: false,
  params: emptyShape,
  query: z.strictObject({ waitMs: z.coerce.number().int().min(0).max(30000).default(0) }),
  body: noBody,
  answer: z.record(z.string(), z.unknown()),
  faults: [],
});

export const getGateChanges = operation({
  id: 'getGateChanges',
  method: 'GET',
  path: '/api/v1/gate/changes',
  summary: {
    zh: '阻断网关的变更，按序号连续（长轮询）；snapshot 为 true 时应重新读取整个快照',
    en: 'Changes for gates in one order without gaps (long poll); snapshot true: take the whole snapshot again',
  },
  roles: 'gate',
  command: false,
  params: emptyShape,
  query: z.strictObject({
    after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
    mark: z.string().max(100).default(''),
    waitMs: z.coerce.number().int().min(0).max(30000).default(0),
  }),
  body: noBody,
  answer: z.object({
    snapshot: z.boolean(),
    sequence: z.number(),
    mark: z.string(),
    at: z.string(),
    changes: z.array(
      z.object({
        sequence: z.number(),
        name: z.string(),
        exact: z.boolean(),
        record: z.record(z.string(), z.unknown()).nullable(),
      }),
    ),
  }),
  faults: [],
});

export const getGateFile = operation({
  id: 'getGateFile',
  method: 'GET',
  path: '/api/v1/gate/snapshot.bin',
  summary: {
    zh: '供阻断网关读取的二进制快照，格式见 docs/gate-snapshot.md',
    en: 'The binary snapshot for gates; its format: docs/gate-snapshot.md',
  },
  roles: 'gate',
  command: false,
  params: emptyShape,
  /** Of the last change that the file must contain. */
  query: z.strictObject({ atLeast: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0) }),
  body: noBody,
  answer: z.unknown(),
  faults: [],
});

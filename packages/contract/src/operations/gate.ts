import { z } from 'zod';
import { operation } from '../operation.ts';
import { dayShape, emptyShape, noBody, textShape } from '../shapes.ts';

export const explainHost = operation({
  id: 'explainHost',
  method: 'GET',
  path: '/api/v1/gate/explain',
  summary: { zh: '某个域名为何被放行或阻断', en: 'Explain why a host is served or blocked' },
  roles: 'public',
  command: false,
  nouns: ['gate'],
  cost: 2,
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
    topics: z.array(z.string()).default([]).meta({ description: 'Of the help, what is special about the name first' }),
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
  nouns: ['gate'],
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
    en: 'Changes for gates in sequence without gaps (long poll); if snapshot is true, fetch the whole snapshot again',
  },
  roles: 'gate',
  command: false,
  nouns: ['gate'],
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
  nouns: ['gate'],
  params: emptyShape,
  /** Of the last change that the file must contain. */
  query: z.strictObject({ atLeast: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0) }),
  body: noBody,
  answer: z.unknown(),
  faults: [],
});

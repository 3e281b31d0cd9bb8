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

/** As the gates' own reasons are named; those of a later release are taken as well. */
const blockedReasonShape = z.string().regex(/^[a-z_]{1,60}$/);
const hostShape = z.string().min(1).max(253);
/** As other whole numbers of bodies; a gate that counted further says this much. */
const mostCounted = 2_147_483_647;
const countShape = z.number().int().min(0).max(mostCounted);
/** The names that one report may have; a gate counts on and reports the others later. */
const blockedNamesOf = (most: number) =>
  z.array(z.strictObject({ name: hostShape, reason: blockedReasonShape, count: countShape })).max(most);

export const reportBlockedNames = operation({
  id: 'reportBlockedNames',
  method: 'POST',
  path: '/api/v1/gate/blocked-names',
  summary: {
    zh: '阻断网关上报被阻断最多的域名；同一 run 的同一 number 只计一次',
    en: 'A gate reports the names that it blocked most; a number of a run counts once, however often it comes',
  },
  roles: 'gate',
  command: false,
  nouns: ['gate'],
  bodyKiB: 256,
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    gate: z
      .string()
      .min(1)
      .max(120)
      .regex(/^[^\p{Cc}]+$/u),
    run: z.string().regex(/^[\w-]{1,64}$/),
    number: z.number().int().min(1).max(mostCounted),
    day: dayShape,
    total: countShape,
    malformed: countShape.meta({ description: 'Requests for what is no name, of any kind' }),
    tooLowBy: countShape.meta({ description: 'No count of this report is too low by more' }),
    domains: blockedNamesOf(100).meta({ description: 'By the name that is, or would have to be, filed' }),
    hosts: blockedNamesOf(150),
  }),
  answer: z.object({ counted: z.boolean().meta({ description: 'False: it was counted before, or its day is past' }) }),
  faults: [],
});

export const listBlockedNames = operation({
  id: 'listBlockedNames',
  method: 'GET',
  path: '/api/v1/blocked-names',
  summary: {
    zh: '被阻断最多的域名，各有什么备案或订单',
    en: 'The names that gates blocked most, and what is on file or under way for each',
  },
  roles: ['operator', 'auditor'],
  command: false,
  nouns: ['gate', 'filing', 'record'],
  cost: 5,
  params: emptyShape,
  query: z.strictObject({
    from: dayShape,
    to: dayShape.meta({ description: '含，最多 92 天 / Included; 92 days at most' }),
    reason: blockedReasonShape.optional(),
  }),
  body: noBody,
  answer: z.object({
    total: z.number().int().meta({ description: 'Blocked requests on these days, of whatever name' }),
    malformed: z.number().int(),
    tooLowBy: z.number().int().meta({ description: 'No count is too low by more; none is too high' }),
    names: z.array(
      z.object({
        domain: z.string(),
        count: z.number().int(),
        reasons: z.array(z.object({ reason: z.string(), count: z.number().int() })),
        hosts: z
          .array(z.object({ host: z.string(), count: z.number().int() }))
          .meta({ description: 'The most frequent at or below it' }),
        filing: z
          .object({ id: z.string(), state: z.string() })
          .nullable()
          .meta({ description: 'An open filing that holds the name' }),
        record: z.object({ number: z.string(), state: z.string() }).nullable(),
      }),
    ),
  }),
  faults: [],
});

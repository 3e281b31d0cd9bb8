import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery, totalShape } from '../page.ts';
import { emptyShape, instantShape, lastFaultShape, noBody, workKindShape } from '../shapes.ts';

export const listJobs = operation({
  id: 'listJobs',
  method: 'GET',
  path: '/api/v1/jobs',
  summary: { zh: '等待中和重试中的后台任务', en: 'List queued and retried jobs' },
  roles: ['operator'],
  command: false,
  nouns: ['job'],
  params: emptyShape,
  query: z.strictObject({
    failing: z
      .enum(['true', 'false'])
      .default('false')
      .meta({ description: 'true：只列失败过的 / Those only that have failed at least once' }),
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({
    next: nextShape,
    jobs: z.array(
      z.object({
        id: z.string(),
        topic: z.string(),
        attempts: z.number().int().meta({ description: '失败次数 / how often it failed' }),
        runAt: instantShape,
        lastError: z.string().nullable(),
        lastFault: lastFaultShape,
        filingId: z.string().nullable().meta({ description: '所属订单 / The filing that it is about' }),
        domainName: z.string().nullable(),
        provinceCode: z.string().nullable().meta({ description: '报送的省 / The province that it is sent to' }),
      }),
    ),
  }),
  faults: [],
});

const workItem = z.strictObject({
  kind: workKindShape,
  itemId: z.string().min(1).max(200),
});
const rescheduled = z.object({
  retryAt: instantShape.nullable().meta({ description: '再次尝试的时间；为空表示已搁置 / null: parked' }),
});

export const listWorkFailures = operation({
  id: 'listWorkFailures',
  method: 'GET',
  path: '/api/v1/work-failures',
  summary: {
    zh: '失败的后台任务：已搁置的和等待重试的',
    en: 'List failed background work: parked, or waiting for a retry',
  },
  roles: ['operator'],
  command: false,
  nouns: ['job'],
  params: emptyShape,
  query: z.strictObject({
    kind: workKindShape.optional(),
    parked: z.enum(['true', 'false']).default('false').meta({ description: 'true：只列已搁置的 / Parked ones only' }),
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({
    next: nextShape,
    failures: z.array(
      z.object({
        kind: workItem.shape.kind,
        itemId: z.string(),
        failures: z.number().int(),
        failedAt: instantShape,
        retryAt: instantShape.nullable(),
        lastError: z.string(),
        lastFault: lastFaultShape,
        filingId: z
          .string()
          .nullable()
          .meta({ description: '所属订单；与订单无关的为空 / The filing that it is about' }),
      }),
    ),
  }),
  faults: [],
});

export const countWorkFailures = operation({
  id: 'countWorkFailures',
  method: 'GET',
  path: '/api/v1/work-failure-counts',
  summary: { zh: '失败的后台任务数', en: 'How many items of background work failed, and how many of them are parked' },
  roles: ['operator'],
  command: false,
  nouns: ['job'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: totalShape.extend({ parked: z.number().int().meta({ description: 'Wait for an operator' }) }),
  faults: [],
});

export const retryWork = operation({
  id: 'retryWork',
  method: 'POST',
  path: '/api/v1/work-failures/{kind}/{itemId}/retry',
  summary: { zh: '立即重试一项失败的后台任务', en: 'Retry a failed item of background work now' },
  roles: ['operator'],
  command: true,
  nouns: ['job'],
  params: workItem,
  query: emptyShape,
  body: emptyShape,
  answer: rescheduled,
  faults: ['object.not_found'],
});

export const retryParkedWork = operation({
  id: 'retryParkedWork',
  method: 'POST',
  path: '/api/v1/work-failures/{kind}/retry',
  summary: {
    zh: '立即重试某一种后台任务中所有已搁置的；一次至多 5000 项，left 不为 0 时请再次请求',
    en: 'Retry all parked items of one kind of background work now; 5000 at once, ask again while `left` is not 0',
  },
  roles: ['operator'],
  command: true,
  nouns: ['job'],
  params: workItem.pick({ kind: true }),
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ retried: z.number().int(), left: z.number().int() }),
  faults: [],
});

export const parkWork = operation({
  id: 'parkWork',
  method: 'POST',
  path: '/api/v1/work-failures/{kind}/{itemId}/park',
  summary: {
    zh: '搁置一项失败的后台任务，不再自动重试',
    en: 'Park a failed item of background work; it is no longer retried automatically',
  },
  roles: ['operator'],
  command: true,
  nouns: ['job'],
  params: workItem,
  query: emptyShape,
  body: emptyShape,
  answer: rescheduled,
  faults: ['object.not_found'],
});

export const countJobs = operation({
  id: 'countJobs',
  method: 'GET',
  path: '/api/v1/job-counts',
  summary: { zh: '后台任务数', en: 'Count queued jobs, and those that have failed before' },
  roles: ['operator'],
  command: false,
  nouns: ['job'],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: totalShape.extend({ failing: z.number().int().meta({ description: 'Failed at least once' }) }),
  faults: [],
});

import { authorityKinds, claimFilters, filingStates, reviewOutcomes } from '@openbeian/model/filing';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery, totalShape } from '../page.ts';
import { dayShape, emptyShape, filingShape, idShape, noBody, provinceCodeShape, textShape } from '../shapes.ts';

const flag = z.enum(['true', 'false']).optional();
/** Which of the filings that wait for review. */
const queueFilter = {
  provinceCode: provinceCodeShape.optional(),
  kind: z.enum(authorityKinds).optional(),
  nature: z.string().min(1).max(40).optional().meta({ description: '主办单位性质，见 listNatures / See listNatures' }),
  accountId: idShape.optional(),
  claim: z.enum(claimFilters).default('all').meta({ description: 'mine: claimed by the asker; unclaimed: by nobody' }),
  claimedBy: idShape.optional().meta({ description: 'Claimed by that reviewer; goes before `claim`' }),
  overdue: flag.meta({ description: 'true: only those whose due date is over' }),
  secondLook: flag.meta({ description: 'true: only those that one reviewer has passed already; false: only others' }),
  search: z.string().min(1).max(100).optional().meta({ description: 'Part of domain, filing id or account id' }),
};

export const listReviewQueue = operation({
  id: 'listReviewQueue',
  method: 'GET',
  path: '/api/v1/review-queue',
  summary: { zh: '待审订单队列', en: 'List the filings that wait for review' },
  roles: ['reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['filing'],
  params: emptyShape,
  query: z.strictObject({
    ...queueFilter,
    order: z.enum(['due', 'age']).default('due').meta({
      description: 'due: the earliest due date first; age: the one that has waited longest',
    }),
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({ filings: z.array(filingShape), next: nextShape }),
  faults: [],
});

const countedShape = z.array(z.object({ value: z.string(), count: z.number().int() }));

export const countReviewQueue = operation({
  id: 'countReviewQueue',
  method: 'GET',
  path: '/api/v1/review-queue-counts',
  summary: {
    zh: '待审订单数，按省、类型、性质与认领人',
    en: 'Count the filings that wait for review, by what they are',
  },
  roles: ['reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['filing'],
  params: emptyShape,
  query: z.strictObject(queueFilter),
  body: noBody,
  answer: totalShape.extend({
    provinces: countedShape,
    kinds: countedShape,
    natures: countedShape,
    holders: z.array(z.object({ id: z.string(), name: z.string().nullable(), count: z.number().int() })),
  }),
  faults: [],
});

export const claimNextFiling = operation({
  id: 'claimNextFiling',
  method: 'POST',
  path: '/api/v1/filings/claim-next',
  summary: {
    zh: '认领筛选范围内最紧急的一份无人认领的订单',
    en: 'Claim the most urgent filing of a selection that nobody has',
  },
  roles: ['reviewer'],
  command: true,
  nouns: ['filing'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    provinceCode: queueFilter.provinceCode,
    kind: queueFilter.kind,
    nature: queueFilter.nature,
    accountId: queueFilter.accountId,
    overdue: z.boolean().optional(),
    secondLook: z.boolean().optional(),
    search: queueFilter.search,
  }),
  answer: z.object({ filing: filingShape.nullable().meta({ description: 'Null: there is none' }) }),
  faults: [],
});

/** How often, by what was done; approved and rejected: by the authority, of what that reviewer passed. */
const doneShape = z.partialRecord(z.enum(reviewOutcomes), z.number().int());

export const getReviewStatistics = operation({
  id: 'getReviewStatistics',
  method: 'GET',
  path: '/api/v1/review-statistics',
  summary: {
    zh: '审核统计：按审核员、省份、驳回原因与栏目，各步骤用时中位数',
    en: 'Review statistics by reviewer, province, reason and field, and the median time of each step',
  },
  roles: ['reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['filing'],
  cost: 5,
  params: emptyShape,
  query: z.strictObject({
    from: dayShape,
    to: dayShape.meta({ description: '含，最多 92 天 / Included; 92 days at most' }),
    provinceCode: queueFilter.provinceCode,
    reviewerId: idShape.optional(),
    kind: queueFilter.kind.meta({
      description: '备案类型；自启用按类型统计起 / Type of filing; counted since types are',
    }),
  }),
  body: noBody,
  answer: z.object({
    reviewers: z.array(
      z.object({
        id: z.string(),
        name: z.string().nullable(),
        done: doneShape,
        days: z.array(z.object({ day: dayShape, done: doneShape })),
      }),
    ),
    provinces: z.array(z.object({ code: z.string(), done: doneShape })),
    rules: z.array(z.object({ rule: z.string(), text: textShape, done: doneShape })),
    fields: z.array(
      z.object({
        field: z.string().meta({ description: 'Empty: the filing as a whole' }),
        text: textShape,
        done: doneShape,
      }),
    ),
    stays: z
      .array(
        z.object({
          state: z
            .string()
            .meta({ description: 'A state of filings, or `asked`: the customer was asked during the review' }),
          text: textShape,
          holder: z.enum(['customer', 'provider', 'authority']),
          count: z.number().int(),
          medianMinutes: z.number().int(),
        }),
      )
      .meta({ description: 'Of the filings that left a state on these days; to two significant digits' }),
  }),
  faults: [],
});

/** Object.keys forgets which keys there are. */
const states = Object.keys(filingStates) as (keyof typeof filingStates)[];

export const getDayStatistics = operation({
  id: 'getDayStatistics',
  method: 'GET',
  path: '/api/v1/day-statistics',
  summary: {
    zh: '每日统计：进入各状态的订单、备案授权码的变化、网关的判断',
    en: 'Statistics by day: filings that came into each state, what happened to codes, decisions of gates',
  },
  roles: ['reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['filing'],
  cost: 5,
  params: emptyShape,
  query: z.strictObject({
    from: dayShape,
    to: dayShape.meta({ description: '含，最多 92 天 / Included; 92 days at most' }),
    provinceCode: queueFilter.provinceCode.meta({ description: '只统计订单 / Of filings only' }),
    kind: queueFilter.kind.meta({ description: '只统计订单 / Of filings only' }),
  }),
  body: noBody,
  answer: z.object({
    filings: z.array(z.object({ day: dayShape, state: z.enum(states), count: z.number().int() })),
    codes: z.array(
      z.object({
        day: dayShape,
        type: z.string().meta({ description: 'As of events, e.g. CodeIssued' }),
        count: z.number().int(),
      }),
    ),
    gates: z.array(z.object({ day: dayShape, outcome: z.string(), reason: z.string(), count: z.number().int() })),
  }),
  faults: [],
});

import {
  type CalledPerson,
  type CallOutcome,
  calledPersons,
  callOutcomes,
  subjectKinds,
} from '@openbeian/model/filing';
import { z } from 'zod';
import { operation } from '../operation.ts';
import {
  emptyShape,
  filingShape,
  instantShape,
  lookUpNameShape,
  noBody,
  notCarriedShape,
  textShape,
} from '../shapes.ts';
import { expectedVersion, filingParams, step } from './filings/step.ts';

export const passFiling = operation({
  id: 'passFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/pass',
  summary: { zh: '初审通过', en: 'Pass the review' },
  roles: ['reviewer'],
  ...step,
  // Handed over by a job; an access filing is served from then on.
  nouns: ['filing', 'job', 'gate'],
  body: z.strictObject(expectedVersion),
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'object.changed',
    'filing.claimed_by_other',
    'filing.precondition_unmet',
    'review.own_work',
    'review.second_person',
    'review.asked',
    'review.checks_open',
    'review.verification_open',
  ],
});

// Object.keys forgets which keys there are, and that there is one.
const called = Object.keys(calledPersons) as [CalledPerson, ...CalledPerson[]];
// As above.
const outcomes = Object.keys(callOutcomes) as [CallOutcome, ...CallOutcome[]];

/** What is wrong, at which fields. */
const reasonsShape = <Field extends z.ZodType>(field: Field) =>
  z
    .array(z.strictObject({ field, reasonId: z.string().max(100), comment: z.string().max(500).default('') }))
    .min(1)
    .max(50);

export const returnFiling = operation({
  id: 'returnFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/return',
  summary: { zh: '初审驳回（逐字段说明原因）', en: 'Reject, with a reason for each field' },
  roles: ['reviewer'],
  ...step,
  nouns: ['filing'],
  // 50 reasons with comments of 500 characters.
  bodyKiB: 128,
  body: z.strictObject({
    ...expectedVersion,
    reasons: reasonsShape(z.string().max(100).nullable()),
  }),
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'object.changed',
    'filing.claimed_by_other',
    'review.own_work',
    'review.second_person',
    'review.calls_left',
  ],
});

const reviewFaults = [
  'object.not_found',
  'filing.wrong_state',
  'filing.claimed_by_other',
  'review.own_work',
  'review.second_person',
] as const;

export const askFiling = operation({
  id: 'askFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/ask',
  summary: {
    zh: '审核中请客户补充或更正指定栏目（不退回，仍由该审核员处理）',
    en: 'Ask the customer for some fields during the review; the filing stays with its reviewer',
  },
  roles: ['reviewer'],
  ...step,
  nouns: ['filing'],
  bodyKiB: 128,
  body: z.strictObject({ ...expectedVersion, reasons: reasonsShape(z.string().max(100)) }),
  faults: [...reviewFaults, 'object.changed', 'review.asked'],
});

export const answerFiling = operation({
  id: 'answerFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/answer',
  summary: { zh: '提交审核员要求补充的内容', en: 'Answer what the reviewer asked' },
  roles: ['customer'],
  scope: 'filings:submit',
  ...step,
  nouns: ['filing'],
  body: z.strictObject(expectedVersion),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed', 'filing.form_incomplete'],
});

export const recordCall = operation({
  id: 'recordCall',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/calls',
  summary: { zh: '登记一次电话核实', en: 'Note a call to the customer' },
  roles: ['reviewer'],
  ...step,
  nouns: ['filing'],
  body: z.strictObject({
    person: z.enum(called),
    outcome: z.enum(outcomes),
    againAt: instantShape
      .optional()
      .meta({ description: 'When to call again; not given: after the deployment’s retry time' }),
  }),
  faults: reviewFaults,
});

export const claimFiling = operation({
  id: 'claimFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/claim',
  summary: { zh: '认领订单（再次认领即延长）', en: 'Claim a filing; once more prolongs the claim' },
  roles: ['reviewer', 'operator'],
  ...step,
  nouns: ['filing'],
  body: emptyShape,
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'filing.claimed_by_other',
    'review.own_work',
    'review.second_person',
  ],
});

export const releaseFiling = operation({
  id: 'releaseFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/release',
  summary: { zh: '释放认领的订单', en: 'Release a claimed filing' },
  roles: ['reviewer', 'operator'],
  ...step,
  nouns: ['filing'],
  body: emptyShape,
  faults: ['object.not_found', 'filing.not_claimed', 'filing.claimed_by_other'],
});

export const listReturnReasons = operation({
  id: 'listReturnReasons',
  method: 'GET',
  path: '/api/v1/return-reasons',
  summary: { zh: '驳回原因目录', en: 'The catalogue of reasons for rejection' },
  roles: ['reviewer', 'operator', 'auditor'],
  command: false,
  nouns: [],
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    reasons: z.array(
      z.object({
        id: z.string(),
        fields: z.array(z.string()),
        subjectKinds: z
          .array(z.enum(subjectKinds))
          .default([])
          .meta({ description: '适用的主体类型，空为全部 / Whose filings it is offered for; empty: everybody’s' }),
        message: textShape,
        remedy: textShape,
        source: z.string(),
      }),
    ),
  }),
  faults: [],
});

const lookUpsShape = z.array(
  z.object({
    name: lookUpNameShape,
    isAsked: z.boolean().meta({ description: 'false: this deployment asks nobody' }),
    state: z.enum(['not_asked', 'answered', 'failed']),
    askedAt: instantShape.nullable(),
    source: z.string().nullable().meta({ description: 'Who was asked' }),
    said: textShape,
    goodUntil: instantShape.nullable(),
    isUsed: z.boolean().meta({ description: 'The check uses it: it is about the present form, and not too old' }),
    nextAt: instantShape.nullable().meta({ description: 'When it is asked next; null: not again' }),
  }),
);

export const refreshLookUps = operation({
  id: 'refreshLookUps',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/look-ups',
  summary: { zh: '重新向外查询（域名注册、解析、首页）', en: 'Ask services outside about a filing again' },
  roles: ['reviewer'],
  command: true,
  nouns: ['filing'],
  params: filingParams,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ lookUps: lookUpsShape }),
  faults: ['object.not_found', 'filing.wrong_state'],
});

const whoShape = z.object({ id: z.string(), name: z.string().nullable() });

export const getReview = operation({
  id: 'getReview',
  method: 'GET',
  path: '/api/v1/filings/{filingId}/review',
  summary: {
    zh: '审核所需：改动、勾选、同一主体与相似名称',
    en: 'What a review needs besides the form: changes, ticks, the organiser’s other filings, names alike',
  },
  roles: ['reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['filing', 'record'],
  params: filingParams,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    since: z
      .object({ from: z.enum(['submission', 'record']), at: instantShape })
      .nullable()
      .meta({ description: 'What the form is compared with: the submission before, or what is on record' }),
    changes: z.array(
      z.object({
        field: z.string().meta({ description: 'Of the form, or materials.<key>.<part>' }),
        before: z.unknown().meta({ description: 'Masked where it is personal; of pictures how many there were' }),
        after: z.unknown(),
        certain: z.boolean().meta({ description: 'false: the key that would tell is gone' }),
      }),
    ),
    ticks: z.array(z.object({ rule: z.string(), by: whoShape, at: instantShape })),
    ticksRequired: z.boolean().meta({ description: 'A pass needs all of the check list ticked that people must see' }),
    calls: z.object({
      made: z.array(
        z.object({
          at: instantShape,
          by: whoShape,
          person: z.enum(called),
          outcome: z.enum(outcomes),
          againAt: instantShape.nullable(),
        }),
      ),
      beforeReturn: z.number().int().meta({ description: 'Missed calls that a return because nobody answers needs' }),
    }),
    others: z.object({
      filings: z.array(filingShape),
      records: z.array(
        z.object({ number: z.string(), serviceName: z.string(), domainName: z.string(), state: z.string() }),
      ),
    }),
    similar: z.array(
      z.object({
        likeness: z.enum(['same_domain', 'same_name', 'similar_domain', 'similar_name']),
        domainName: z.string(),
        serviceName: z.string(),
        accountId: z.string(),
        filingId: z.string().nullable(),
        number: z.string().nullable(),
        state: z.string(),
      }),
    ),
    lookUps: lookUpsShape,
    notCarried: notCarriedShape,
  }),
  faults: ['object.not_found'],
});

export const tickChecks = operation({
  id: 'tickChecks',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/ticks',
  summary: { zh: '勾选或取消核对清单的项目', en: 'Tick items of the check list, or take ticks back' },
  roles: ['reviewer'],
  command: true,
  nouns: ['filing'],
  bodyKiB: 64,
  params: filingParams,
  query: emptyShape,
  body: z.strictObject({ rules: z.array(z.string().min(1).max(100)).min(1).max(200), ticked: z.boolean() }),
  answer: z.object({ ticks: z.array(z.object({ rule: z.string(), by: whoShape, at: instantShape })) }),
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'filing.claimed_by_other',
    'review.own_work',
    'review.second_person',
  ],
});

import { serviceKinds, subjectKinds } from '@openbeian/model/filing';
import { z } from 'zod';
import { operation } from '../operation.ts';
import {
  emptyShape,
  filingEventShape,
  filingShape,
  findingShape,
  formShape,
  idShape,
  noBody,
  routeShape,
  stateShape,
  textShape,
} from '../shapes.ts';

const filingParams = z.strictObject({ filingId: idShape });
const everyone = ['customer', 'reviewer', 'operator', 'auditor'] as const;
/** The version that the caller has seen: a stale screen is told so instead of overwriting. */
const seen = { version: z.number().int() };
const step = { params: filingParams, query: emptyShape, command: true, answer: filingShape } as const;

export const startFiling = operation({
  id: 'startFiling',
  method: 'POST',
  path: '/api/v1/filings',
  summary: { zh: '发起备案：系统判断备案类型', en: 'Start a filing; the system finds out which one it is' },
  roles: ['customer'],
  command: true,
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    domainName: z.string().min(1).max(300),
    serviceKind: z.enum(serviceKinds).default('website'),
    subjectKind: z.enum(subjectKinds),
    provinceCode: z.string().regex(/^\d{6}$/),
    certificateType: z.string().min(1).max(40),
    certificateNumber: z.string().min(1).max(40),
  }),
  answer: z.object({ filing: filingShape, route: routeShape }),
  faults: [
    'filing.not_needed',
    'filing.kind_not_offered',
    'filing.already_open',
    'filing.subject_in_other_account',
    'authority.unreachable',
  ],
});

export const listFilings = operation({
  id: 'listFilings',
  method: 'GET',
  path: '/api/v1/filings',
  summary: { zh: '备案订单列表', en: 'List filings' },
  roles: everyone,
  command: false,
  params: emptyShape,
  query: z.strictObject({ state: stateShape.optional() }),
  body: noBody,
  answer: z.object({ filings: z.array(filingShape) }),
  faults: [],
});

export const getFiling = operation({
  id: 'getFiling',
  method: 'GET',
  path: '/api/v1/filings/{filingId}',
  summary: { zh: '一个备案订单及其经过', en: 'One filing with its history' },
  roles: everyone,
  command: false,
  params: filingParams,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    filing: filingShape,
    events: z.array(filingEventShape),
    smsPageUrl: z.string().nullable().meta({ description: 'Where the SMS is confirmed, while it is due' }),
  }),
  faults: ['object.not_found'],
});

export const getFilingForm = operation({
  id: 'getFilingForm',
  method: 'GET',
  path: '/api/v1/filings/{filingId}/form',
  summary: { zh: '备案表单：栏目、已填内容、当前检查结果', en: 'The form: fields, values and present findings' },
  roles: everyone,
  command: false,
  params: filingParams,
  query: emptyShape,
  body: noBody,
  answer: formShape,
  faults: ['object.not_found'],
});

export const saveFilingForm = operation({
  id: 'saveFilingForm',
  method: 'PUT',
  path: '/api/v1/filings/{filingId}/form',
  summary: { zh: '保存表单（可分次）', en: 'Save the form (in parts, if you like)' },
  roles: ['customer'],
  command: true,
  params: filingParams,
  query: emptyShape,
  body: z.strictObject({ ...seen, values: z.record(z.string(), z.unknown()) }),
  answer: z.object({ filing: filingShape, form: formShape }),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed'],
});

export const bindFiling = operation({
  id: 'bindFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/bind',
  summary: { zh: '选择云资源或填写授权码', en: 'Bind a resource or a filing code' },
  roles: ['customer'],
  ...step,
  body: z.strictObject({
    ...seen,
    with: z.union([z.strictObject({ resourceId: idShape }), z.strictObject({ code: z.string().min(1).max(64) })]),
  }),
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'object.changed',
    'resource.not_eligible',
    'quota.exhausted',
    'code.not_usable',
  ],
});

export const submitFiling = operation({
  id: 'submitFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/submit',
  summary: { zh: '提交初审', en: 'Submit for review' },
  roles: ['customer'],
  ...step,
  body: z.strictObject(seen),
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'object.changed',
    'filing.form_incomplete',
    'filing.resource_missing',
    'resource.not_eligible',
    'code.not_usable',
  ],
});

export const withdrawFiling = operation({
  id: 'withdrawFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/withdraw',
  summary: { zh: '撤回修改（初审期间）', en: 'Withdraw during review, to edit' },
  roles: ['customer'],
  ...step,
  body: z.strictObject(seen),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed'],
});

export const abandonFiling = operation({
  id: 'abandonFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/abandon',
  summary: { zh: '放弃备案（授权码或名额退回）', en: 'Give up the filing (code or slot comes back)' },
  roles: ['customer'],
  ...step,
  body: z.strictObject(seen),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed'],
});

export const passFiling = operation({
  id: 'passFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/pass',
  summary: { zh: '初审通过', en: 'Pass the review' },
  roles: ['reviewer'],
  ...step,
  body: z.strictObject(seen),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed', 'review.own_work'],
});

export const returnFiling = operation({
  id: 'returnFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/return',
  summary: { zh: '初审退回（逐字段说明原因）', en: 'Return with reasons that name their fields' },
  roles: ['reviewer'],
  ...step,
  body: z.strictObject({
    ...seen,
    reasons: z
      .array(
        z.strictObject({
          field: z.string().max(100).nullable(),
          reasonId: z.string().max(100),
          comment: z.string().max(500).default(''),
        }),
      )
      .min(1)
      .max(50),
  }),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed', 'review.own_work'],
});

export const recallFiling = operation({
  id: 'recallFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/recall',
  summary: { zh: '运营人员收回滞留的订单', en: 'An operator takes back a filing that hangs' },
  roles: ['operator'],
  ...step,
  body: z.strictObject({ ...seen, comment: z.string().min(2).max(500) }),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed'],
});

export const lapseFiling = operation({
  id: 'lapseFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/lapse',
  summary: { zh: '运营人员关闭客户长期未处理的订单', en: 'An operator closes a filing that its customer left lying' },
  roles: ['operator'],
  ...step,
  body: z.strictObject({ ...seen, comment: z.string().min(2).max(500) }),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed'],
});

export const revealFilingForm = operation({
  id: 'revealFilingForm',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/reveal',
  summary: {
    zh: '查看未脱敏的表单内容（需理由，留审计记录）',
    en: 'See personal fields unmasked (with a reason, audited)',
  },
  roles: ['customer', 'reviewer', 'operator'],
  command: true,
  params: filingParams,
  query: emptyShape,
  body: z.strictObject({ reason: z.string().min(2).max(200) }),
  answer: z.object({ values: z.record(z.string(), z.unknown()) }),
  faults: ['object.not_found'],
});

export const listReturnReasons = operation({
  id: 'listReturnReasons',
  method: 'GET',
  path: '/api/v1/return-reasons',
  summary: { zh: '退回原因目录', en: 'The catalogue of reasons for returning' },
  roles: ['reviewer', 'operator', 'auditor'],
  command: false,
  params: emptyShape,
  query: emptyShape,
  body: noBody,
  answer: z.object({
    reasons: z.array(
      z.object({
        id: z.string(),
        fields: z.array(z.string()),
        message: textShape,
        remedy: textShape,
        source: z.string(),
      }),
    ),
  }),
  faults: [],
});

export const checkFiling = operation({
  id: 'checkFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/check',
  summary: { zh: '提交前检查', en: 'Check before submitting' },
  roles: ['customer', 'reviewer'],
  command: false,
  params: filingParams,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({ findings: z.array(findingShape) }),
  faults: ['object.not_found'],
});

import {
  type VerificationReason,
  type VerificationState,
  type VerificationWay,
  type VerifiedRole,
  verificationReasonIds,
  verificationStates,
  verificationWays,
  verifiedRoles,
} from '@openbeian/model/verification';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { emptyShape, instantShape, noBody, textShape } from '../shapes.ts';
import { everyone, expectedVersion, filingParams } from './filings/step.ts';

// Object.keys forgets which keys there are, and that there is one.
const roleShape = z.enum(Object.keys(verifiedRoles) as [VerifiedRole, ...VerifiedRole[]]);
// As above.
const wayShape = z.enum(Object.keys(verificationWays) as [VerificationWay, ...VerificationWay[]]);
// As above.
const stateShape = z.enum(Object.keys(verificationStates) as [VerificationState, ...VerificationState[]]);
// As above.
const reasonShape = z.enum(verificationReasonIds as [VerificationReason, ...VerificationReason[]]);

const personShape = z
  .object({
    role: roleShape,
    roleText: textShape,
    name: z.string().meta({ description: '遮盖后的姓名 / Masked' }),
    certificateType: z.string(),
    way: wayShape,
    wayText: textShape,
    by: z.enum(['service', 'reviewer']).meta({ description: '由谁核验 / Who verifies the person' }),
    fallback: wayShape,
    fallbackText: textShape.meta({ description: '不用手机核验时客户须做什么 / What to do instead of a telephone' }),
    isElectronicPossible: z.boolean(),
    state: stateShape,
    stateText: textShape,
    link: z
      .string()
      .nullable()
      .meta({ description: '本人打开的链接，只给客户 / For the person; only its customer sees it' }),
    linkUntil: instantShape.nullable(),
    resultAt: instantShape.nullable(),
    validUntil: instantShape.nullable(),
    reason: reasonShape.nullable(),
    reasonText: textShape.nullable(),
    remedy: textShape.nullable(),
    comment: z.string().meta({ description: '审核员的说明 / A reviewer’s words' }),
    daysGood: z.number().int().meta({ description: '结果有效的天数 / Days for which a result counts' }),
    startsLeft: z.number().int().meta({ description: '一天内还可取得链接的次数 / Links left within a day' }),
    source: z.string(),
    asOf: z.string().nullable(),
  })
  .meta({ id: 'VerifiedPerson' });

const verificationShape = z
  .object({
    isRequired: z.boolean().meta({ description: '未核验时不能提交或通过 / Filings wait for it' }),
    by: z.enum(['service', 'reviewer']),
    persons: z.array(personShape),
  })
  .meta({ id: 'Verification' });

export const getVerification = operation({
  id: 'getVerification',
  method: 'GET',
  path: '/api/v1/filings/{filingId}/verification',
  summary: { zh: '身份核验：须核验的人员、方式和状态', en: 'Verification of identity: who, how, and how far' },
  roles: everyone,
  scope: 'filings:read',
  command: false,
  nouns: ['filing'],
  params: filingParams,
  query: emptyShape,
  body: noBody,
  answer: verificationShape,
  faults: ['object.not_found'],
});

const change = {
  params: filingParams,
  query: emptyShape,
  command: true,
  answer: verificationShape,
  nouns: ['filing'],
} as const;

export const startVerification = operation({
  id: 'startVerification',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/verification/starts',
  summary: {
    zh: '开始一人的电子化核验，取得本人打开的链接；otherWay 为改用核验单或现场核验',
    en: 'Start the verification of one person and get the link for them; otherWay: a sheet or an appointment instead',
  },
  roles: ['customer'],
  scope: 'filings:write',
  ...change,
  body: z.strictObject({
    ...expectedVersion,
    role: roleShape,
    otherWay: z
      .boolean()
      .default(false)
      .meta({ description: '不用手机，由审核员核验 / Not on a telephone: a reviewer decides' }),
  }),
  faults: [
    'object.not_found',
    'object.changed',
    'filing.wrong_state',
    'verification.not_asked',
    'verification.too_many',
    'verification.unreachable',
    'idempotency.in_progress',
  ],
});

export const decideVerification = operation({
  id: 'decideVerification',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/verification/decisions',
  summary: { zh: '审核员核验一人', en: 'Decide about the identity of one person' },
  roles: ['reviewer'],
  ...change,
  body: z.strictObject({
    ...expectedVersion,
    role: roleShape,
    way: z.enum(['sheet', 'in_person']).meta({ description: '核验依据 / What the decision goes by' }),
    outcome: z.enum(['passed', 'failed']),
    reason: reasonShape.optional().meta({ description: '未通过时必填 / Needed where it failed' }),
    comment: z.string().max(500).default(''),
  }),
  faults: [
    'object.not_found',
    'object.changed',
    'filing.wrong_state',
    'filing.claimed_by_other',
    'review.own_work',
    'review.second_person',
    'verification.not_asked',
  ],
});

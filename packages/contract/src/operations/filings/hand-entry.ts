import { smsPeople, smsStateOrder } from '@openbeian/model/filing';
import { z } from 'zod';
import { operation } from '../../operation.ts';
import { emptyShape, instantShape, textShape } from '../../shapes.ts';
import { expectedVersion, filingParams, step } from './step.ts';

const numberText = z.string().min(1).max(60);

export const revealHandEntry = operation({
  id: 'revealHandEntry',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/hand-entry',
  summary: {
    zh: '按管局录入表的顺序列出备案信息，供手工录入（须先认领，记入审计；仅 authority.adapter 为 manual 时，或订单已改为手工录入）',
    en: 'What to type into the authority’s own form, in its order (claimed first, audited; only with authority.adapter manual, or of a filing that was taken over by hand)',
  },
  roles: ['operator'],
  command: true,
  nouns: [],
  params: filingParams,
  query: emptyShape,
  body: emptyShape,
  answer: z.object({
    sections: z.array(
      z.object({
        id: z.enum(['subject', 'subject_principal', 'service', 'service_principal', 'access']),
        title: textShape,
        rows: z.array(
          z
            .object({
              id: z.string(),
              label: textShape,
              value: z.string().meta({ description: 'What to type; empty where nothing is said' }),
              code: z.string().nullable().meta({
                description:
                  '录入表中的编号，多选为各项之和 / The number in the authority’s table; of several choices their sum of bits',
              }),
            })
            .meta({ id: 'HandEntryRow' }),
        ),
      }),
    ),
  }),
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'filing.not_claimed',
    'filing.claimed_by_other',
    'reveal.quota_spent',
    'authority.by_line',
  ],
});

export const takeOverByHand = operation({
  id: 'takeOverByHand',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/take-over-by-hand',
  summary: {
    zh: '把接口不能报送而搁置的订单改为手工录入：不再经接口报送，在管局网页录入后填写结果',
    en: 'Take a filing that the line cannot carry, and that is parked, out of the line: it is entered in the authority’s own pages, and its results here',
  },
  roles: ['operator'],
  ...step,
  nouns: ['filing', 'job', 'code', 'gate'],
  body: z.strictObject({ ...expectedVersion }),
  faults: ['object.not_found', 'object.changed', 'filing.wrong_state', 'authority.by_line', 'filing.claimed_by_other'],
});

export const enterAuthorityResult = operation({
  id: 'enterAuthorityResult',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/authority-result',
  summary: {
    zh: '录入管局的结果：短信核验、通过（备案号）或驳回（仅 authority.adapter 为 manual 时，或订单已改为手工录入）',
    en: 'Enter what became of a filing at the authority: SMS, approval with its numbers, or rejection (only with authority.adapter manual, or of a filing that was taken over by hand)',
  },
  roles: ['operator'],
  ...step,
  nouns: ['filing', 'code', 'record', 'gate'],
  // 50 reasons of 500 characters.
  bodyKiB: 128,
  body: z.strictObject({
    ...expectedVersion,
    result: z.discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('sms_requested'),
        dueAt: instantShape.meta({ description: '短信核验截止时间 / Until when the SMS can be confirmed' }),
      }),
      z.strictObject({
        kind: z.literal('sms_progress'),
        people: z.array(z.enum(smsPeople)).min(1).max(smsPeople.length),
        state: z.enum(smsStateOrder),
        code: z
          .string()
          .regex(/^\d{1,3}$/)
          .optional()
          .meta({ description: '核验页面的结果代码 / The page’s result code' }),
        resends: z.int().min(0).max(100).default(0),
        wrongCodes: z.int().min(0).max(100).default(0),
      }),
      z.strictObject({ kind: z.literal('sms_confirmed') }),
      z.strictObject({ kind: z.literal('sms_failed'), cause: z.enum(['timed_out', 'too_many_attempts']) }),
      z.strictObject({
        kind: z.literal('approved'),
        subjectNumber: numberText,
        serviceNumber: numberText
          .optional()
          .meta({ description: '涉及服务的订单必填 / Needed unless the filing is about the organiser alone' }),
      }),
      z.strictObject({
        kind: z.literal('rejected'),
        reasons: z
          .array(z.strictObject({ field: z.string().max(100).nullable(), text: z.string().trim().min(1).max(500) }))
          .min(1)
          .max(50),
      }),
    ]),
  }),
  faults: [
    'object.not_found',
    'object.changed',
    'filing.wrong_state',
    'authority.by_line',
    'filing.claimed_by_other',
    'record.number_conflict',
    'code.wrong_state',
  ],
});

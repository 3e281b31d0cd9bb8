import { codeStates } from '@openbeian/model/code';
import { partnerNumbers } from '@openbeian/model/partner';
import { z } from 'zod';
import { operation } from '../operation.ts';
import { cursorShape, nextShape } from '../page.ts';
import { codeShape, dayShape, emptyShape, idShape, quotaShape, reasonShape } from '../shapes.ts';
import { issueCodes } from './codes.ts';

const most = 20;
/** `401 account.unknown, 402 …`: the whole table, for whoever has the OpenAPI document alone. */
const numbersTold = Object.entries(partnerNumbers)
  .sort(([, a], [, b]) => a - b)
  .map(([code, number]) => `${number} ${code}`)
  .join(', ');
const clearCode = z.string().min(1).max(64);
const numberedReason = reasonShape
  .extend({
    number: z
      .number()
      .int()
      .meta({ description: `${numbersTold} / by number` }),
  })
  .meta({ id: 'NumberedReason' });

const serviceNumber = z.string().nullable().meta({ description: 'The filing number that a used code led to' });

/** Codes of filing travel in bodies only: addresses end in logs and histories. */
export const checkPartnerResources = operation({
  id: 'checkPartnerResources',
  method: 'POST',
  path: '/api/v1/partner/codes/check',
  summary: {
    zh: '查询资源能否生成授权码及剩余名额',
    en: 'Check whether resources can issue codes, and their remaining quota',
  },
  roles: ['customer'],
  scope: 'resources:read',
  command: false,
  nouns: ['resource', 'code', 'filing'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ resourceIds: z.array(idShape).min(1).max(most) }),
  answer: z.object({
    at: dayShape,
    results: z
      .array(
        z.object({
          resourceId: z.string(),
          mayIssue: z.boolean(),
          remaining: z.number().int().nullable().meta({ description: 'Null: no source states a limit' }),
          quota: quotaShape.nullable(),
          reasons: z.array(numberedReason),
        }),
      )
      .meta({ description: 'In the order asked' }),
  }),
  faults: [],
});

export const issuePartnerCodes = operation({
  id: 'issuePartnerCodes',
  method: 'POST',
  path: '/api/v1/partner/codes/issue',
  summary: { zh: '生成 1 至 20 个授权码（全部成功或全部不生成）', en: 'Issue 1 to 20 codes, all or none' },
  roles: ['customer'],
  scope: 'codes:issue',
  command: true,
  nouns: ['code'],
  params: emptyShape,
  query: emptyShape,
  body: issueCodes.body.extend({ resourceId: idShape }),
  answer: issueCodes.answer,
  faults: ['object.not_found', 'resource.not_eligible', 'quota.exhausted', 'object.changed'],
});

export const grantPartnerCodes = operation({
  id: 'grantPartnerCodes',
  method: 'POST',
  path: '/api/v1/partner/codes/grant',
  summary: { zh: '批量授权（全部成功或全部不授权）', en: 'Grant up to 20 codes, all or none' },
  roles: ['customer'],
  scope: 'codes:grant',
  command: true,
  nouns: ['code'],
  bodyKiB: 32,
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    grants: z
      .array(
        z.union([
          z.strictObject({ code: clearCode, granteeAccountId: idShape }),
          z.strictObject({ codeId: idShape, granteeAccountId: idShape }),
        ]),
      )
      .min(1)
      .max(most),
  }),
  answer: z.object({ codes: z.array(codeShape) }),
  faults: ['code.not_usable', 'code.wrong_state', 'auth.too_many_attempts'],
});

export const queryPartnerCodes = operation({
  id: 'queryPartnerCodes',
  method: 'POST',
  path: '/api/v1/partner/codes/query',
  summary: {
    zh: '按授权码查询状态（限生成账号和被授权账号）',
    en: 'Look up codes by their text; for the issuer and the grantee',
  },
  roles: ['customer'],
  scope: 'codes:read',
  command: false,
  nouns: ['code', 'resource', 'filing'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({ codes: z.array(clearCode).min(1).max(most) }),
  answer: z.object({
    results: z
      .array(
        z.object({ found: z.boolean(), code: codeShape.nullable(), serviceNumber, reasons: z.array(numberedReason) }),
      )
      .meta({ description: 'In the order asked' }),
  }),
  faults: ['auth.too_many_attempts'],
});

export const queryPartnerResource = operation({
  id: 'queryPartnerResource',
  method: 'POST',
  path: '/api/v1/partner/codes/query-resource',
  summary: { zh: '按资源查询已生成的授权码及剩余名额', en: 'List a resource’s codes and its remaining quota' },
  roles: ['customer'],
  scope: 'codes:read',
  command: false,
  nouns: ['code', 'resource', 'filing'],
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    resourceId: idShape,
    state: z.enum(codeStates).optional(),
    after: cursorShape.optional(),
    limit: z.number().int().min(1).max(100).default(20),
  }),
  answer: z.object({
    found: z.boolean().meta({ description: 'False for a resource that is not the caller’s' }),
    remaining: z.number().int().nullable().meta({ description: 'Null: no source states a limit' }),
    codes: z.array(z.object({ code: codeShape, serviceNumber, reasons: z.array(numberedReason) })),
    next: nextShape,
    reasons: z.array(numberedReason).meta({ description: 'Why it may not issue now' }),
  }),
  faults: [],
});

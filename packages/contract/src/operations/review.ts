import { z } from 'zod';
import { operation } from '../operation.ts';
import { emptyShape, noBody, textShape } from '../shapes.ts';
import { expectedVersion, step } from './filings/step.ts';

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
  ],
});

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
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed', 'filing.claimed_by_other', 'review.own_work'],
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
  faults: ['object.not_found', 'filing.wrong_state', 'filing.claimed_by_other', 'review.own_work'],
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
        message: textShape,
        remedy: textShape,
        source: z.string(),
      }),
    ),
  }),
  faults: [],
});

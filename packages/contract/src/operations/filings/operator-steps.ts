import { z } from 'zod';
import { operation } from '../../operation.ts';
import { expectedVersion, step } from './step.ts';

export const recallFiling = operation({
  id: 'recallFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/recall',
  summary: { zh: '运营人员撤回长时间未返回结果的订单', en: 'An operator recalls a stuck filing' },
  roles: ['operator'],
  ...step,
  nouns: ['filing', 'gate'],
  body: z.strictObject({ ...expectedVersion, comment: z.string().min(2).max(500) }),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed'],
});

export const lapseFiling = operation({
  id: 'lapseFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/lapse',
  summary: {
    zh: '运营人员关闭客户长期未处理的订单',
    en: 'An operator closes a filing that its customer has abandoned',
  },
  roles: ['operator'],
  ...step,
  nouns: ['filing', 'code', 'gate'],
  body: z.strictObject({ ...expectedVersion, comment: z.string().min(2).max(500) }),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed', 'code.wrong_state'],
});

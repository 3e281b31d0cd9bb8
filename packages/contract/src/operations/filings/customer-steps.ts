import { z } from 'zod';
import { operation } from '../../operation.ts';
import { idShape } from '../../shapes.ts';
import { expectedVersion, step } from './step.ts';

export const bindFiling = operation({
  id: 'bindFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/bind',
  summary: { zh: '选择云资源或填写授权码', en: 'Bind a resource or a filing code' },
  roles: ['customer'],
  scope: 'filings:write',
  ...step,
  nouns: ['filing', 'code'],
  body: z.strictObject({
    ...expectedVersion,
    with: z.union([
      z.strictObject({ resourceId: idShape }),
      z.strictObject({ code: z.string().min(1).max(64) }),
      z
        .strictObject({ codeId: idShape })
        .meta({ description: 'A code that was granted to the account, or is its own' }),
    ]),
  }),
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'object.changed',
    'resource.not_eligible',
    'quota.exhausted',
    'code.not_usable',
    'code.wrong_state',
    'auth.too_many_attempts',
  ],
});

export const submitFiling = operation({
  id: 'submitFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/submit',
  summary: { zh: '提交初审', en: 'Submit for review' },
  roles: ['customer'],
  scope: 'filings:submit',
  ...step,
  nouns: ['filing', 'code'],
  body: z.strictObject(expectedVersion),
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'object.changed',
    'filing.form_incomplete',
    'filing.resource_missing',
    'resource.not_eligible',
    'code.not_usable',
    'filing.held_by_other_account',
    'filing.subject_in_other_account',
    'filing.name_in_other_account',
    'filing.precondition_unmet',
  ],
});

export const withdrawFiling = operation({
  id: 'withdrawFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/withdraw',
  summary: { zh: '撤回修改（初审期间）', en: 'Withdraw during review to make changes' },
  roles: ['customer'],
  scope: 'filings:submit',
  ...step,
  nouns: ['filing', 'code'],
  body: z.strictObject(expectedVersion),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed'],
});

export const abandonFiling = operation({
  id: 'abandonFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/abandon',
  summary: { zh: '放弃备案（释放授权码、返还名额）', en: 'Discard the filing (its code or quota is released)' },
  roles: ['customer'],
  scope: 'filings:submit',
  ...step,
  nouns: ['filing', 'code', 'gate'],
  body: z.strictObject(expectedVersion),
  faults: ['object.not_found', 'filing.wrong_state', 'object.changed', 'code.wrong_state'],
});

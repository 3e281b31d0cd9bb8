import { type FaultCode, faultCodes } from '@openbeian/model/fault';
import { z } from 'zod';

/** The HTTP status of each fault; the compiler refuses a fault without one. */
export const problemStatuses = {
  'input.invalid': 400,
  'request.unknown_route': 404,
  'request.wrong_content_type': 415,
  'request.too_large': 413,
  'request.foreign_origin': 403,
  'request.unknown_host': 421,
  'auth.required': 401,
  'auth.wrong_credentials': 401,
  'auth.second_factor_required': 401,
  'auth.wrong_second_factor': 401,
  'auth.second_factor_due': 403,
  'auth.sign_in_again': 403,
  'auth.person_disabled': 403,
  'auth.passkey_refused': 401,
  'auth.link_not_usable': 410,
  'auth.provider_refused': 403,
  'auth.provider_unreachable': 503,
  'person.login_taken': 409,
  'person.last_operator': 409,
  'person.own_account': 409,
  'person.second_factor_needed': 409,
  'auth.forbidden': 403,
  'auth.too_many_attempts': 429,
  'auth.key_refused': 401,
  'auth.scope_missing': 403,
  'auth.rate_limited': 429,
  'object.not_found': 404,
  'idempotency.key_missing': 400,
  'idempotency.key_reused': 422,
  'object.changed': 409,
  'resource.not_eligible': 422,
  'quota.exhausted': 409,
  'code.not_usable': 422,
  'code.wrong_state': 409,
  'reveal.quota_spent': 429,
  'account.not_verified': 403,
  'filing.too_many_drafts': 409,
  'webhook.too_many': 409,
  'webhook.paused': 409,
  'code.not_repointable': 422,
  'filing.not_needed': 422,
  'filing.kind_not_offered': 422,
  'filing.already_open': 409,
  'filing.subject_in_other_account': 409,
  'filing.wrong_state': 409,
  'filing.form_incomplete': 422,
  'filing.resource_missing': 422,
  'record.number_conflict': 409,
  'review.own_work': 403,
  'authority.unreachable': 503,
  'authority.refused': 502,
  'store.directory_in_use': 503,
  'store.schema_newer': 503,
  'store.schema_altered': 503,
  'store.unavailable': 503,
  'secret.unknown_key': 500,
  'secret.wrong_key': 500,
  'config.invalid': 500,
  internal: 500,
} as const satisfies Record<FaultCode, number>;

/** Every error answer is one of these (RFC 9457, `application/problem+json`), with a `code` from the closed catalogue. */
export const problemShape = z
  .object({
    type: z.string().meta({ description: 'Relative URI `/problems/<code>`' }),
    title: z.string().meta({ description: 'In the language of Accept-Language; Chinese by default' }),
    status: z.number().int(),
    detail: z.string().optional(),
    instance: z.string().optional().meta({ description: 'The path that was asked' }),
    code: z.enum(faultCodes).meta({ id: 'FaultCode' }),
    number: z.number().int().optional().meta({
      description: '合作接口的错误编号 / In answers of the partner interface: docs/partner-api.md lists the numbers',
    }),
    zh: z.string(),
    en: z.string(),
    retry: z.enum(['never', 'later', 'after_reload']).meta({
      description: 'never: the same request fails again; later: send it again; after_reload: read afresh, decide again',
    }),
    places: z
      .array(z.object({ path: z.string(), expected: z.string(), zh: z.string(), en: z.string() }))
      .optional()
      .meta({ description: 'Each wrong place of the input and what was expected there' }),
    reasons: z.array(z.unknown()).optional().meta({ description: 'Why it was decided against: the shape `Reason`' }),
    findings: z.array(z.unknown()).optional().meta({ description: 'What the check found: the shape `Finding`' }),
    retryAfterSeconds: z.number().int().optional(),
    errorId: z.string().optional().meta({ description: 'Under this id the server’s log has the cause' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemShape>;

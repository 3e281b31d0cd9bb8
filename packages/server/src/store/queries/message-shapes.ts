import { cancellationScopes, smsPeople, smsStateOrder } from '@openbeian/model/filing';
import { z } from 'zod';
import type { AuthorityMessage, CancellationMessage } from '../../ports/authority.ts';

const head = { messageId: z.string(), sentAt: z.string() };
const submitted = { ...head, submissionId: z.string() };
const reason = z.object({ code: z.string(), field: z.string().nullable(), text: z.string() });

export const cancellationShape = z.object({
  ...head,
  kind: z.literal('cancelled'),
  scope: z.enum(cancellationScopes),
  number: z.string(),
  provider: z.string().nullable(),
}) satisfies z.ZodType<CancellationMessage>;

/** Messages of the authority as they are stored: as the adapter had read them. */
export const messageShape = z.discriminatedUnion('kind', [
  z.object({ ...submitted, kind: z.literal('sms_requested'), dueAt: z.string() }),
  z.object({
    ...submitted,
    kind: z.literal('sms_progress'),
    people: z.array(z.enum(smsPeople)),
    state: z.enum(smsStateOrder),
    code: z.string().nullable(),
    resends: z.number(),
    wrongCodes: z.number(),
  }),
  z.object({ ...submitted, kind: z.literal('sms_confirmed') }),
  z.object({ ...submitted, kind: z.literal('sms_failed'), cause: z.enum(['timed_out', 'too_many_attempts']) }),
  z.object({ ...submitted, kind: z.literal('approved'), subjectNumber: z.string(), serviceNumber: z.string() }),
  z.object({ ...submitted, kind: z.literal('rejected'), reasons: z.array(reason) }),
  cancellationShape,
]) satisfies z.ZodType<AuthorityMessage>;

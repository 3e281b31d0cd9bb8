import { cancellationScopes, smsPeople, smsStateOrder } from '@openbeian/model/filing';
import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';

// What comes in is read leniently: unknown keys are dropped, so that the other side may grow.
const instant = z.iso.datetime({ offset: true });
/** Ids are keys of rows and go into addresses; one that cannot be kept makes its message unreadable, not its batch. */
const id = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !text.includes('\0') && text.isWellFormed(), { message: 'text without NUL or half characters' });
/** It goes into the address of its acknowledgement, where these two would be another address. */
const messageId = id.refine((text) => text !== '.' && text !== '..', { message: 'an id other than . and ..' });
const number = z.string().min(1).max(100);
const count = z.int().min(0).max(1000).default(0);
const head = { messageId, submissionId: id, sentAt: instant };

export const receiptShape = z.object({
  submissionId: z.string(),
  receipt: z.string().min(1),
  receivedAt: instant,
});
export type PlainReceipt = Readonly<z.output<typeof receiptShape>>;

/** Why the authority refuses: result code (Jgdm, docs/sources.md `ISP-V3`), field of the form, words for people. */
const reasonShape = z.object({ code: z.string(), field: z.string().nullable(), text: z.string() });
export type PlainReason = Readonly<z.output<typeof reasonShape>>;

/** What the authority tells the provider after the receipt. */
export const messageShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('sms_requested'), ...head, dueAt: instant }),
  z.object({
    kind: z.literal('sms_progress'),
    ...head,
    people: z.array(z.enum(smsPeople)).min(1),
    state: z.enum(smsStateOrder),
    code: z.string().max(10).nullable().default(null),
    resends: count,
    wrongCodes: count,
  }),
  z.object({ kind: z.literal('sms_confirmed'), ...head }),
  z.object({ kind: z.literal('sms_failed'), ...head, cause: z.enum(['timed_out', 'too_many_attempts']) }),
  z.object({
    kind: z.literal('approved'),
    ...head,
    subjectNumber: number,
    serviceNumber: number,
  }),
  z.object({
    kind: z.literal('rejected'),
    ...head,
    reasons: z.array(reasonShape),
  }),
  z.object({
    kind: z.literal('cancelled'),
    messageId: head.messageId,
    sentAt: instant,
    scope: z.enum(cancellationScopes),
    number,
    provider: z.string().min(1).nullable(),
  }),
]);
export type PlainMessage = DeepReadonly<z.output<typeof messageShape>>;

/** What is read of a message that cannot be read otherwise: enough to acknowledge it. */
export const headShape = z.object({ messageId });

/** Messages are read one by one, so that one of an unknown kind does not hold up the others. */
export const batchShape = z.object({ messages: z.array(z.unknown()) });

export const statusShape = z.object({
  filed: z.boolean(),
  subjectNumber: z.string().nullable(),
  serviceNumber: z.string().nullable(),
});

/** RFC 9457, as far as it says where the input was wrong. */
export const problemShape = z.object({
  places: z.array(z.object({ path: z.string(), expected: z.string() })).default([]),
});

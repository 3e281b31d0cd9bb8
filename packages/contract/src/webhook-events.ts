import { type CodeEventType, codeEventTypes } from '@openbeian/model/code';
import {
  authorityKinds,
  cancellationScopes,
  type DeskEventType,
  deskEvents,
  deskEventTypes,
} from '@openbeian/model/filing';
import { verifiedRoles } from '@openbeian/model/verification';
import { z } from 'zod';
import { instantShape, stateShape } from './shapes.ts';

/** What webhooks are sent, of every event: `{ type, timestamp, data }`. Shapes gain fields, they never lose or rename one. */

const filing = z
  .object({
    id: z.string(),
    accountId: z.string(),
    kind: z.enum(authorityKinds),
    state: stateShape.meta({ description: 'After the event' }),
    version: z.number().int().meta({ description: 'Rises with every change; a lower one is older' }),
    domainName: z.string().meta({ description: 'Empty where it is about an organiser alone' }),
    serviceKind: z.string(),
    subjectNumber: z.string().nullable(),
    serviceNumber: z.string().nullable(),
    dueAt: instantShape.nullable().meta({ description: 'When its present state must have ended' }),
  })
  .meta({ id: 'WebhookFiling' });

const record = z
  .object({
    accountId: z.string().nullable().meta({ description: 'Null: not the receiver’s to know' }),
    subjectNumber: z.string().nullable(),
    serviceNumber: z.string().nullable().meta({ description: 'Null: the organiser’s whole record' }),
    domainName: z.string(),
  })
  .meta({ id: 'WebhookRecord' });

const id = z.string().meta({ description: 'As the header webhook-id: the same whenever it is sent again' });
const of = { filing: z.object({ id, filing }), record: z.object({ id, record }) };

const reasons = z
  .array(z.object({ field: z.string().nullable(), reasonId: z.string() }))
  .meta({ description: 'Of the catalogue of return reasons; words of reviewers are not sent' });
const role = z.enum(Object.keys(verifiedRoles));
const move = z.object({
  id: z.string(),
  subjectNumber: z.string(),
  begunBy: z.enum(['holder', 'claimant']),
  until: instantShape,
  fromAccountId: z.string().nullable(),
  toAccountId: z.string().nullable(),
});
const demand = z.object({
  id: z.string(),
  accountId: z.string(),
  serviceNumber: z.string(),
  domainName: z.string(),
  demandedBy: z.enum(['provider', 'authority']),
  fields: z.array(z.string()),
  dueOn: z.iso.date().nullable(),
});
const cancellation = z.object({
  scope: z.enum(cancellationScopes),
  provider: z.string().nullable().meta({ description: 'Whose access ended; null with other scopes' }),
  services: z.array(z.object({ serviceNumber: z.string(), domainName: z.string() })),
});

/** What the data of a type has besides `filing` or `record`. */
const more: { readonly [Type in DeskEventType]?: z.ZodRawShape } = {
  FilingAsked: { reasons },
  FilingReturned: { reasons },
  FilingAnswered: { changed: z.array(z.string()).meta({ description: 'Fields' }) },
  SmsRequested: {
    sms: z.object({
      confirmedBy: z.array(z.enum(['subject_principal', 'service_principal'])),
      pageUrl: z.string().nullable(),
    }),
  },
  SmsFailed: { cause: z.enum(['timed_out', 'too_many_attempts']) },
  FilingRejected: { codes: z.array(z.string()) },
  VerificationEnded: {
    verification: z.object({ role, outcome: z.enum(['passed', 'failed']), reason: z.string().nullable() }),
  },
  VerificationDueSoon: { verification: z.object({ role, validUntil: instantShape }) },
  RecordCancelled: { cancellation },
  AccessEnded: { cancellation },
  MoveBegun: { move },
  MoveConfirmed: { move },
  MoveRefused: { move },
  MoveWithdrawn: { move },
  MoveLapsed: { move },
  CorrectionDemanded: { demand },
  CorrectionDueSoon: { demand },
  CorrectionOverdue: { demand },
  CorrectionEnded: { demand: demand.extend({ ending: z.enum(['corrected', 'withdrawn', 'record_ended']) }) },
};

const codeData = z
  .object({
    id,
    sequence: z.number().int().meta({ description: 'Rises for each code' }),
    code: z.object({
      id: z.string(),
      tail: z.string().meta({ description: 'Its last characters' }),
      resourceId: z.string(),
      issuerAccountId: z.string(),
      granteeAccountId: z.string().nullable(),
    }),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'WebhookCode' });

const eventOf = (type: string, data: z.ZodType) =>
  z.object({ type: z.literal(type), timestamp: instantShape, data }).meta({ id: `Webhook${type}` });

/** The body of each event. */
export const webhookEventShapes = Object.fromEntries([
  ...deskEventTypes.map((type) => [type, eventOf(type, of[deskEvents[type].about].extend(more[type] ?? {}))]),
  ...codeEventTypes.map((type) => [type, eventOf(type, codeData)]),
  // Made of both lists, so it has each of them.
]) as Readonly<Record<DeskEventType | CodeEventType, ReturnType<typeof eventOf>>>;

import { openingKinds, serviceKinds, subjectKinds } from '@openbeian/model/filing';
import { z } from 'zod';
import type { Submission } from '../core/words.ts';

// Bounds of shape only; whether a mobile or a certificate can exist is for the authority to evaluate (intake-checks).
const text = (max: number) => z.string().max(max);
const word = (max: number) => z.string().trim().min(1).max(max);

const personShape = z.strictObject({
  name: word(255),
  certificateType: word(64),
  certificateNumber: word(255),
  mobile: word(64),
  emergencyMobile: text(64),
  email: text(256),
});

/** A submission as it comes over the plain wire. Unknown keys are refused: a provider's typing mistake shows at once. */
export const submissionShape = z.strictObject({
  id: word(128),
  filingId: word(128),
  kind: z.enum(openingKinds),
  provinceCode: z.string().regex(/^\d{6}$/u),
  provider: word(64),
  subject: z.strictObject({
    kind: z.enum(subjectKinds),
    number: word(64).nullable(),
    name: word(255),
    certificateType: word(64),
    certificateNumber: word(255),
    certificateAddress: text(1024),
    contactAddress: text(1024),
    principal: personShape,
  }),
  service: z.strictObject({
    kind: z.enum(serviceKinds),
    number: word(64).nullable(),
    name: word(512),
    domainName: text(255),
    homeUrl: text(1024),
    content: text(4096),
    languages: z.array(word(64)).max(64),
    preApproval: text(1024),
    remark: text(4096),
    principal: personShape,
  }),
  access: z.strictObject({ resourceId: word(128), ipAddresses: z.array(word(64)).max(1000) }),
}) satisfies z.ZodType<Submission>;

export const statusQuestionShape = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('domain_name'), domainName: word(255) }),
  z.strictObject({ by: z.literal('certificate'), certificateType: word(64), certificateNumber: word(255) }),
]);

/** `?limit=`: how many messages at most, 1 to 1000; 100 unless told. */
export const messagesQueryShape = z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(100) });

import { authorityKinds, filingKindTable, serviceKinds, subjectKinds } from '@openbeian/model/filing';
import { z } from 'zod';
import type { DeepReadonly } from './deep-readonly.ts';

// Bounds of shape only; whether a mobile or a certificate can exist is for the authority to evaluate (intake-checks).
const text = (max: number) => z.string().max(max);
const word = (max: number) => z.string().trim().min(1).max(max);

const validityShape = z.strictObject({ from: z.iso.date(), to: z.iso.date().nullable() });
const identityParts = {
  name: word(255),
  certificateType: word(64),
  certificateNumber: word(255),
  validity: validityShape.optional(),
};
const rowId = z.int().min(-1).max(10_000);

/** A principal (负责人). */
const personShape = z.strictObject({
  ...identityParts,
  officePhone: text(64).optional(),
  messenger: z.strictObject({ id: rowId, account: text(128) }).nullish(),
  remark: text(4096).optional(),
  mobile: word(64),
  emergencyMobile: text(64),
  email: text(256),
});

const appShape = z.strictObject({
  platforms: z
    .array(
      z.strictObject({
        platform: word(64),
        packageName: text(255),
        publicKey: text(8192),
        fingerprint: text(255),
        domains: z.array(word(255)).max(200),
        addresses: z.array(word(64)).max(200),
      }),
    )
    .max(64),
  sdks: z.array(z.strictObject({ name: text(255), use: text(255), provider: text(255) })).max(200),
});

const submissionParts = z.strictObject({
  id: word(128),
  filingId: word(128),
  kind: z.enum(authorityKinds),
  operation: z
    .strictObject({
      act: z.enum(['add', 'change', 'cancel']),
      of: z.array(z.enum(['subject', 'service', 'access'])).min(1),
    })
    .optional(),
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
    nature: rowId.optional(),
    certificateId: rowId.optional(),
    validity: validityShape.optional(),
    region: text(6).optional(),
    superior: text(1024).optional(),
    legalRepresentative: z.strictObject(identityParts).nullish(),
    residenceProof: text(64).optional(),
    remark: text(4096).optional(),
    submittedBy: rowId.optional(),
    principal: personShape,
  }),
  service: z.strictObject({
    kind: z.enum(serviceKinds),
    number: word(64).nullable(),
    // Empty where the organiser alone is changed or cancelled.
    name: z.string().trim().max(512),
    domainName: text(255),
    homeUrl: text(1024),
    content: text(4096),
    contents: z.array(rowId).max(64).optional(),
    languages: z.array(word(64)).max(64),
    preApproval: text(1024),
    preApprovals: z
      .array(z.strictObject({ id: rowId, number: text(255), remark: text(4096) }))
      .max(20)
      .optional(),
    remark: text(4096),
    app: appShape.optional(),
    principal: personShape,
  }),
  access: z.strictObject({
    // Empty where the organiser alone is changed or cancelled.
    resourceId: z.string().trim().max(128),
    ipAddresses: z.array(word(64)).max(1000),
    methods: z.array(rowId).max(16).optional(),
    places: z.array(text(6)).max(40).optional(),
    ipRanges: z
      .array(z.strictObject({ first: word(64), last: word(64) }))
      .max(1000)
      .optional(),
  }),
});

/** A submission as it comes over the plain wire. Unknown keys are refused: a provider's typing mistake shows at once. */
export const submissionShape = submissionParts.refine(
  ({ kind, service }) => filingKindTable[kind].about === 'subject' || service.name !== '',
  { path: ['service', 'name'], message: 'expected the name of the service' },
);
export type PlainSubmission = DeepReadonly<z.output<typeof submissionShape>>;
export type PlainPerson = PlainSubmission['subject']['principal'];

export const statusQuestionShape = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('domain_name'), domainName: word(255) }),
  z.strictObject({ by: z.literal('certificate'), certificateType: word(64), certificateNumber: word(255) }),
]);

/** `?limit=`: how many messages at most, 1 to 1000; 100 unless told. */
export const messagesQueryShape = z.strictObject({ limit: z.coerce.number().int().min(1).max(1000).default(100) });

import { z } from 'zod';
import { type Day, isDay, lastBegun } from '../calendar/index.ts';
import { filingKinds } from '../filing/index.ts';

const daySchema = z.string().refine(isDay, { error: 'expected a day as YYYY-MM-DD' });
const evidence = { source: z.string().min(1), asOf: daySchema.nullable() };
const figure = z.strictObject({
  value: z.int().positive(),
  source: z.array(z.string().min(1)).min(1),
  asOf: daySchema.nullable(),
});
const daysBefore = z.array(z.int().nonnegative());
const certificates = z.array(z.string().min(1)).min(1);

/** Who can be verified, as the form knows them. */
export const verifiedRoles = {
  service_principal: { zh: '互联网信息服务负责人', en: 'Person in charge of the service' },
  subject_principal: { zh: '主体负责人', en: 'Person in charge of the organiser' },
  legal_representative: { zh: '法定代表人', en: 'Legal representative' },
} as const;
export type VerifiedRole = keyof typeof verifiedRoles;

/** How somebody is verified: on a telephone, at a place of the provider's, or by a sheet that is signed and uploaded. */
export const verificationWays = {
  electronic: { zh: '电子化核验（手机）', en: 'On a telephone' },
  in_person: { zh: '现场核验', en: 'In person' },
  sheet: { zh: '真实性核验单', en: 'Verification sheet' },
} as const;
export type VerificationWay = keyof typeof verificationWays;

/** Whose identity is verified from a day on, how, and for how long it counts; `policies/verification.yaml`. */
export const verificationRulesShape = z.strictObject({
  validFrom: daySchema,
  persons: z.array(
    z.strictObject({
      // Object.keys forgets which keys there are.
      role: z.enum(Object.keys(verifiedRoles) as VerifiedRole[]),
      kinds: z.array(z.enum(filingKinds)).min(1),
      /** `if_new`: where the person is another one than on record. */
      when: z.enum(['always', 'if_new']),
      ...evidence,
    }),
  ),
  /** A telephone verifies who has one of these, of an organiser with one of those. */
  electronic: z.strictObject({ subjectCertificates: certificates, personCertificates: certificates, ...evidence }),
  /** What takes its place; the first row that names one of the two certificates decides. */
  fallbacks: z
    .array(
      z.strictObject({
        certificates: z.union([z.literal('all'), certificates]),
        way: z.enum(['in_person', 'sheet']),
        ...evidence,
      }),
    )
    .refine((rows) => rows.at(-1)?.certificates === 'all', {
      params: { zh: '最后一行应为 all', en: 'expected a last row for `all` certificates' },
    }),
  /** Days for which a result counts. */
  daysGood: z.strictObject({ electronic: figure, sheet: figure, in_person: figure }),
  /** Mornings on which the customer is told that a result runs out: so many days before its last. */
  remindDaysBefore: z.strictObject({ electronic: daysBefore, sheet: daysBefore, in_person: daysBefore, ...evidence }),
  /** Of one person of one filing. */
  startsPerDay: figure,
  /** For how long a link is good that says nothing of that itself. */
  linkHours: figure,
});
export type VerificationRules = z.output<typeof verificationRulesShape>;

/** The rules in force on a day. @throws RangeError where there are none at all */
export const verificationRulesOn = (rules: readonly VerificationRules[], day: Day): VerificationRules =>
  lastBegun(rules, day);

import { z } from 'zod';
import { type Day, isDay } from '../../calendar/day.ts';

const day = z.string().refine(isDay, {
  params: { zh: '应为确实存在的日期 YYYY-MM-DD', en: 'expected a day that exists, YYYY-MM-DD' },
});
const source = z.string().min(1);
const words = z.strictObject({ words: z.array(z.string().min(1)), source });

const versionSchema = z.strictObject({
  /** First day in force; null: as long as the source has been known. */
  validFrom: day.nullable(),
  /** Last day in force; null: still in force. */
  validTo: day.nullable(),
  serviceNames: z.strictObject({
    /** A service's name begins with one of these only where the state runs it. */
    stateOnly: words,
    /** Not in the names of individuals' services. */
    notForIndividuals: words,
  }),
  /** A certificate must be good for so many days more. */
  certificates: z.strictObject({ minDaysLeft: z.int().nonnegative(), source }).optional(),
  /** A domain of an app has at most so many labels. */
  appDomains: z.strictObject({ mostLabels: z.int().min(2), source }).optional(),
});

/** `policies/forms.yaml`: what the pre-check holds values to, dated. */
export const formLimitsSchema = z.strictObject({ versions: z.array(versionSchema).min(1) });
export type FormLimits = z.output<typeof versionSchema>;

/** The limits in force on a day; null where none is known, and then nothing is held to them. */
export function formLimitsOn(versions: readonly FormLimits[], at: Day): FormLimits | null {
  const isInForce = ({ validFrom, validTo }: FormLimits) =>
    (validFrom === null || validFrom <= at) && (validTo === null || at <= validTo);
  return versions.find(isInForce) ?? null;
}

import { z } from 'zod';
import { type Day, isDay, lastBegun } from '../calendar/index.ts';

const daySchema = z.string().refine(isDay, { error: 'expected a day as YYYY-MM-DD' });
const evidence = { source: z.string().min(1), asOf: daySchema.nullable() };
const figure = z.strictObject({ value: z.int().positive(), ...evidence });
const size = z.strictObject({ short: z.int().positive(), long: z.int().positive(), ...evidence });
const floor = z.strictObject({ refuseBelow: z.number(), warnBelow: z.number(), ...evidence });

/** What uploaded pictures are held to from a day on; `policies/materials.yaml`. */
export const materialRulesShape = z.strictObject({
  validFrom: daySchema,
  upload: z.strictObject({ mostBytes: figure, mostPixels: figure }),
  /** Pixels of the shorter and the longer side, for each kind of picture. */
  size: z.strictObject({ paper: size, card: size, screen: size, icon: size }),
  /** Of the grey picture at 1024 pixels of its longer side. Light is 0 to 255. */
  readable: z.strictObject({
    sharpness: floor,
    darkest: floor,
    brightest: z.strictObject({ refuseAbove: z.number(), warnAbove: z.number(), ...evidence }),
    contrast: floor,
  }),
  /** The share of pixels of one very colour. */
  screenshot: z.strictObject({ warnAbove: z.number(), ...evidence }),
  /** For how long a signed letter may be handed in: in months, or in working days where a province counts so. */
  letters: z.strictObject({
    monthsGood: z.int().positive(),
    workingDaysGood: z.record(z.string().regex(/^\d{6}$/), z.int().positive()),
    ...evidence,
  }),
  /** Bytes of the JPEG that the authority gets. */
  copy: z.strictObject({ ordinaryBytes: figure, verificationBytes: figure }),
});
export type MaterialRules = z.output<typeof materialRulesShape>;

/** The rules in force on a day. @throws RangeError where there are none at all */
export const materialRulesOn = (rules: readonly MaterialRules[], day: Day): MaterialRules => lastBegun(rules, day);

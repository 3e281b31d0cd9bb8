import { z } from 'zod';
import { type Day, isDay } from '../calendar/day.ts';
import { type SubjectKind, subjectKinds } from '../filing/kinds.ts';
import { type ProvinceCondition, type ProvinceFacts, provinceCondition } from './facts.ts';
import { provinces } from './province.ts';

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const day = z.string().refine(isDay, {
  params: { zh: '应为确实存在的日期 YYYY-MM-DD', en: 'expected a day that exists, YYYY-MM-DD' },
});
const ruleId = z.string().regex(/^[a-z]+(\.[a-z][a-z_]*)+$/);

const ruleFields = z.strictObject({
  id: ruleId.meta({
    description: 'The id that findings carry; only versions of one rule, in force at different times, share it.',
  }),
  /** Whose filings it is for; everybody's unless said. */
  subjects: z
    .array(z.enum(subjectKinds))
    .min(1)
    .default([...subjectKinds]),
  /** All must hold; a fact that the form does not give lets the rule pass. */
  if: z.array(provinceCondition).default([]),
  /** `advise` is shown and does not keep a filing from being submitted. */
  /** First day in force; unless said, as long as the source has been known. */
  validFrom: day.optional(),
  /** Last day in force; unless said, it still is. */
  validTo: day.optional(),
  effect: z.enum(['reject', 'require_field', 'advise']),
  /** Where the finding is shown; the field of the first condition's fact unless said. */
  field: z.string().min(1).optional(),
  message: text,
  remedy: text,
  /** The day of the source, or on which it was looked up. */
  asOf: day,
  source: z.string().min(1),
  /** Rules, of every province or of this one, that do not hold for these subjects because this one does. */
  supersedes: z.array(ruleId).default([]),
});
const ruleSchema = ruleFields.refine(
  ({ validFrom, validTo }) => validFrom === undefined || validTo === undefined || validFrom <= validTo,
  {
    path: ['validTo'],
    params: { zh: '应不早于 validFrom', en: 'expected a day that is not before validFrom' },
  },
);

/** `policies/provinces/<code>.yaml`; `base.yaml` has `province: null` and holds in all of them. */
export const provinceFileSchema = z
  .strictObject({
    province: z.enum(provinces.map(({ code }) => code)).nullable(),
    rules: z.array(ruleSchema).min(1),
  })
  .refine(
    ({ rules }) => rules.every((rule) => rule.field !== undefined || (rule.if[0] && rule.effect !== 'require_field')),
    {
      params: {
        zh: '没有条件的规则和 require_field 须写明 field',
        en: 'expected field where a rule has no condition or requires a field',
      },
    },
  );
export type ProvinceFile = z.output<typeof provinceFileSchema>;
export type ProvinceRule = ProvinceFile['rules'][number];

/** Whose filings, where and when. */
export interface ProvinceQuestion {
  readonly provinceCode: string;
  readonly subjectKind: SubjectKind;
  /** A day in Asia/Shanghai. */
  readonly at: Day;
}

/** The rules in force in a province for filings of that kind of subject, without those that others in force supersede. */
export function provinceRulesFor(
  files: readonly ProvinceFile[],
  { provinceCode, subjectKind, at }: ProvinceQuestion,
): readonly ProvinceRule[] {
  const rules = files
    .filter(({ province }) => province === null || province === provinceCode)
    .flatMap((file) => file.rules)
    .filter((rule) => rule.subjects.includes(subjectKind) && isInForce(rule, at));
  const superseded = new Set(rules.flatMap(({ supersedes }) => supersedes));
  return rules.filter(({ id }) => !superseded.has(id));
}

const isInForce = ({ validFrom, validTo }: ProvinceRule, at: Day): boolean =>
  (validFrom === undefined || validFrom <= at) && (validTo === undefined || at <= validTo);

/** Is there a day on which both rules are in force? */
export const areInForceTogether = (one: ProvinceRule, other: ProvinceRule): boolean =>
  (one.validFrom ?? '') <= (other.validTo ?? '9999-12-31') && (other.validFrom ?? '') <= (one.validTo ?? '9999-12-31');

/** Does the rule find something, by these facts? `require_field` is then about the field's being empty. */
export const appliesTo = (rule: ProvinceRule, facts: ProvinceFacts): boolean =>
  rule.if.every((condition) => holds(condition, facts));

function holds(condition: ProvinceCondition, facts: ProvinceFacts): boolean {
  if (condition.fact === 'person.age') {
    const age = facts['person.age'];
    return age !== undefined && age < (condition.below ?? Number.POSITIVE_INFINITY) && age >= (condition.atLeast ?? 0);
  }
  if (condition.fact === 'person.certificate') {
    const certificate = facts['person.certificate'];
    return certificate !== undefined && condition.oneOf.includes(certificate);
  }
  return facts[condition.fact] === condition.is;
}

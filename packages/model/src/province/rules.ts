import { z } from 'zod';
import { type Day, isDay } from '../calendar/day.ts';
import {
  type FilingKind,
  routedKindOf,
  routedKinds,
  type ServiceKind,
  type SubjectKind,
  serviceKinds,
  subjectKinds,
} from '../filing/kinds.ts';
import {
  holds,
  holdsAtLeast,
  type LowerBounds,
  type ProvinceFactKey,
  type ProvinceFacts,
  provinceCondition,
} from './facts.ts';
import { provinces } from './province.ts';
import { ruleTopics } from './topics.ts';

const text = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });
const day = z.string().refine(isDay, {
  params: { zh: '应为确实存在的日期 YYYY-MM-DD', en: 'expected a day that exists, YYYY-MM-DD' },
});
const ruleId = z.string().regex(/^[a-z]+(\.[a-z][a-z_]*)+$/);
const label = z.string().min(1);

/**
 * What comes of a rule that applies. `reject`, `limit`, `require_field` and `require_remark` keep a form from being
 * submitted; `require_material`, `conditional` and `advise` are shown; `human` is for reviewers only.
 */
export const ruleEffects = [
  'reject',
  'limit',
  'require_field',
  'require_remark',
  'require_material',
  'conditional',
  'advise',
  'human',
] as const;
export type RuleEffect = (typeof ruleEffects)[number];

/** `organisations`: all but individuals, whatever natures there are. */
const subjects = z
  .array(z.enum([...subjectKinds, 'organisations']))
  .min(1)
  .transform((named) =>
    subjectKinds.filter((kind) => named.includes(kind) || (named.includes('organisations') && kind !== 'individual')),
  );

/** A rule that names no kind is for filings that state data: those that end or move a record only confirm it. */
export const statingKinds = routedKinds.filter((kind) => !/^(cancel|move)_/.test(kind));

const ruleFields = z.strictObject({
  id: ruleId.meta({
    description: 'The id that findings carry; only versions of one rule, in force at different times, share it.',
  }),
  topic: z.enum(ruleTopics).default('general'),
  /** Whose filings it is for; everybody's unless said. */
  subjects: subjects.default([...subjectKinds]),
  /** Kinds of filing that it is for; all that state data unless said. */
  kinds: z
    .array(z.enum(routedKinds))
    .min(1)
    .default([...statingKinds]),
  /** What is filed; everything unless said. */
  services: z
    .array(z.enum(serviceKinds))
    .min(1)
    .default([...serviceKinds]),
  /** All must hold. A rule with a fact that is missing is not applied, and is on the reviewer's check list. */
  if: z.array(provinceCondition).default([]),
  /** First day in force; unless said, as long as the source has been known. */
  validFrom: day.optional(),
  /** Last day in force; unless said, it still is. */
  validTo: day.optional(),
  effect: z.enum(ruleEffects),
  /** Where the finding is shown; the field of the first condition's fact unless said. */
  field: z.string().min(1).optional(),
  message: text,
  /** What to do about it; only `human`, `conditional` and `advise` may say all in the message. */
  remedy: text.optional(),
  /** The day of the newest source, or on which it was looked up. */
  asOf: day,
  /** Labels of docs/sources.md; the newest first, which is the one that findings name. */
  source: z.union([label.transform((one) => [one]), z.array(label).min(1)]),
  /** Rows of the collected facts that it carries (`policies/collected-rows.yaml`); `*` is any province. */
  from: z.array(z.string().min(1)).default([]),
  /** Rules, of every province or of this one, that do not hold for these subjects because this one does. */
  supersedes: z.array(ruleId).default([]),
});

const saysHow: readonly RuleEffect[] = ['human', 'conditional', 'advise'];
const ruleSchema = ruleFields
  .refine(({ validFrom, validTo }) => validFrom === undefined || validTo === undefined || validFrom <= validTo, {
    path: ['validTo'],
    params: { zh: '应不早于 validFrom', en: 'expected a day that is not before validFrom' },
  })
  .refine(({ effect, remedy }) => remedy !== undefined || saysHow.includes(effect), {
    path: ['remedy'],
    params: { zh: '须写明如何处理', en: 'expected what to do about it' },
  })
  .refine(
    ({ effect, field, if: conditions }) =>
      !/^(reject|limit|require_field)$/.test(effect) || field || (conditions[0] && effect !== 'require_field'),
    {
      path: ['field'],
      params: {
        zh: '没有条件的规则和 require_field 须写明 field',
        en: 'expected field where a rule has no condition or requires a field',
      },
    },
  );

/** `policies/provinces/<code>.yaml`; `base.yaml` has `province: null` and holds in all of them. */
export const provinceFileSchema = z.strictObject({
  province: z.enum(provinces.map(({ code }) => code)).nullable(),
  rules: z.array(ruleSchema).min(1),
});
export type ProvinceFile = z.output<typeof provinceFileSchema>;
export type ProvinceRule = ProvinceFile['rules'][number];

/** Whose filings of what, where and when. What is not named is not asked for. */
export interface ProvinceQuestion {
  readonly provinceCode: string;
  readonly subjectKind: SubjectKind;
  readonly kind?: FilingKind;
  readonly serviceKind?: ServiceKind;
  /** A day in Asia/Shanghai. */
  readonly at: Day;
}

/** What was found for these files before: filings of one kind ask the same thing over and over. */
const found = new WeakMap<readonly ProvinceFile[], Map<string, readonly ProvinceRule[]>>();
/** More than the questions of a day; old days make room at once. */
const mostFound = 2_000;

/** The rules in force in a province for such filings, without those that others in force supersede. */
export function provinceRulesFor(files: readonly ProvinceFile[], question: ProvinceQuestion): readonly ProvinceRule[] {
  const { provinceCode, subjectKind, kind, serviceKind, at } = question;
  const key = [provinceCode, subjectKind, kind, serviceKind, at].join(' ');
  const known = found.get(files) ?? new Map<string, readonly ProvinceRule[]>();
  found.set(files, known);
  const before = known.get(key);
  if (before !== undefined) return before;
  const rules = selectRules(files, question);
  if (known.size >= mostFound) known.clear();
  known.set(key, rules);
  return rules;
}

function selectRules(files: readonly ProvinceFile[], question: ProvinceQuestion): readonly ProvinceRule[] {
  const rules = files
    .filter(({ province }) => province === null || province === question.provinceCode)
    .flatMap((file) => file.rules)
    .filter((rule) => isFor(rule, question) && isInForce(rule, question.at));
  const superseded = new Set(rules.flatMap(({ supersedes }) => supersedes));
  return rules.filter(({ id }) => !superseded.has(id));
}

const isFor = (rule: ProvinceRule, { subjectKind, kind, serviceKind }: ProvinceQuestion): boolean =>
  rule.subjects.includes(subjectKind) &&
  (kind === undefined || rule.kinds.includes(routedKindOf(kind))) &&
  (serviceKind === undefined || rule.services.includes(serviceKind));

const isInForce = ({ validFrom, validTo }: ProvinceRule, at: Day): boolean =>
  (validFrom === undefined || validFrom <= at) && (validTo === undefined || at <= validTo);

/** Is there a day on which both rules are in force? */
export const areInForceTogether = (one: ProvinceRule, other: ProvinceRule): boolean =>
  (one.validFrom ?? '') <= (other.validTo ?? '9999-12-31') && (other.validFrom ?? '') <= (one.validTo ?? '9999-12-31');

/** Does the rule apply by these facts? `missing`: the facts given do not rule it out, and these are not known. */
export type RuleOutcome =
  | { readonly applies: true }
  | { readonly applies: false }
  | { readonly applies: null; readonly missing: readonly ProvinceFactKey[] };

const applies: RuleOutcome = { applies: true };
const appliesNot: RuleOutcome = { applies: false };

/** @param atLeast numbers of which only that is known that they are no lower; they decide where they reach what a rule asks for. */
export function outcomeOf(rule: ProvinceRule, facts: ProvinceFacts, atLeast: LowerBounds = {}): RuleOutcome {
  let missing: ProvinceFactKey[] | null = null;
  for (const condition of rule.if) {
    const outcome = holds(condition, facts) ?? holdsAtLeast(condition, atLeast);
    if (outcome === false) return appliesNot;
    if (outcome === null) missing = [...(missing ?? []), condition.fact];
  }
  return missing === null ? applies : { applies: null, missing };
}

/** Does the rule find something, by these facts? `require_field` is then about the field's being empty. */
export const appliesTo = (rule: ProvinceRule, facts: ProvinceFacts): boolean =>
  rule.effect !== 'human' && outcomeOf(rule, facts).applies === true;

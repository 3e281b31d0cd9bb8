import type { LowerBounds, ProvinceFactKey, ProvinceFacts } from './facts.ts';
import { formOfUnit } from './facts-of-form.ts';
import {
  outcomeOf,
  type ProvinceFile,
  type ProvinceQuestion,
  type ProvinceRule,
  provinceRulesFor,
  type RuleEffect,
} from './rules.ts';
import { type RuleTopic, ruleTopics } from './topics.ts';

/** Something that a reviewer looks at. */
export interface CheckListItem {
  readonly rule: ProvinceRule;
  /**
   * `human`: only people can see it. `fact_missing`: the form does not say what the rule asks. `to_be_seen`: a material, a
   * remark or a condition is asked for, and whether it is met is on paper.
   */
  readonly because: 'human' | 'fact_missing' | 'to_be_seen';
  readonly missing: readonly ProvinceFactKey[];
}

const onPaper: readonly RuleEffect[] = ['require_material', 'require_remark', 'conditional'];

/**
 * What the reviewer of a filing must look at, in the order of topics: what the pre-check cannot decide.
 * @param people the facts of each person of the form (`provinceFactsOf`); a rule is listed once, for whomever it may apply to.
 */
export function checkListFor(
  files: readonly ProvinceFile[],
  question: ProvinceQuestion,
  people: readonly ProvinceFacts[],
  atLeast: LowerBounds = {},
): readonly CheckListItem[] {
  const items = provinceRulesFor(files, question).flatMap((rule): CheckListItem[] => {
    // Advice asks for nothing that could be missing.
    if (rule.effect === 'advise') return [];
    let isFound = false;
    let isOpen = false;
    let missing: readonly ProvinceFactKey[] = [];
    for (const facts of people) {
      const outcome = outcomeOf(rule, facts, atLeast);
      isFound ||= outcome.applies === true;
      isOpen ||= outcome.applies === null;
      if (outcome.applies === null) missing = missing.length === 0 ? outcome.missing : [...missing, ...outcome.missing];
    }
    if (!isFound && !isOpen) return [];
    if (missing.length > 1) missing = [...new Set(missing)];
    if (rule.effect === 'human') return [{ rule, because: 'human', missing }];
    if (isFound) return onPaper.includes(rule.effect) ? [{ rule, because: 'to_be_seen', missing }] : [];
    return [{ rule, because: 'fact_missing', missing }];
  });
  return byTopic(items);
}

/** Something to have ready, or to know, before a form is filled in. */
export interface Preparation {
  readonly rule: ProvinceRule;
  /** Is it asked of everybody, or only where the rule's conditions hold? */
  readonly always: boolean;
}

/** Whose filing of what is prepared. */
export interface PreparationQuestion {
  readonly subjectKind: ProvinceQuestion['subjectKind'];
  /** The nature's word, where it is known: rules for units of other kinds are then left out. */
  readonly nature?: string;
  /** Six digits. */
  readonly province: string;
  readonly kind: NonNullable<ProvinceQuestion['kind']>;
  readonly service?: ProvinceQuestion['serviceKind'];
  /** A day in Asia/Shanghai. */
  readonly at: ProvinceQuestion['at'];
}

/**
 * What a customer will need, by topic and before anything is entered: every rule in force but those for reviewers and those that
 * the nature rules out.
 */
export function preparationsFor(
  files: readonly ProvinceFile[],
  { subjectKind, nature, province, kind, service, at }: PreparationQuestion,
): readonly Preparation[] {
  const question: ProvinceQuestion = {
    provinceCode: province,
    subjectKind,
    kind,
    ...(service === undefined ? {} : { serviceKind: service }),
    at,
  };
  const known = formOfUnit({ nature });
  const rules = provinceRulesFor(files, question).filter(({ effect }) => effect !== 'human');
  return byTopic(
    rules.flatMap((rule) => {
      const { applies } = outcomeOf(rule, known);
      return applies === false ? [] : [{ rule, always: applies === true }];
    }),
  );
}

/** In the order of topics; within one as in the files. */
function byTopic<Item extends { readonly rule: { readonly topic: RuleTopic } }>(
  items: readonly Item[],
): readonly Item[] {
  const ofTopic = new Map<RuleTopic, Item[]>(ruleTopics.map((topic) => [topic, []]));
  for (const item of items) ofTopic.get(item.rule.topic)?.push(item);
  return [...ofTopic.values()].flat();
}

import {
  fieldOfFact,
  outcomeOf,
  type PersonPaths,
  type ProvinceFacts,
  type ProvinceRule,
  peopleOf,
  provinceFactsOfAll,
  provinceRulesFor,
  type RuleEffect,
  withKnown,
  wordsFound,
} from '../../province/index.ts';
import type { Finding, FormValues, Text } from '../engine/definition.ts';
import { isEmpty } from '../engine/is-empty.ts';
import type { CheckContext } from './check-context.ts';

const keepsFromSubmitting: readonly RuleEffect[] = ['reject', 'limit', 'require_field', 'require_remark'];

/** One of the people of a form, with what is known of them, of the organiser and of the service. */
export interface PersonFacts {
  readonly person: PersonPaths;
  readonly facts: ProvinceFacts;
}

/** The facts of each person of a form, by what it says and what is known besides. */
export function factsOfPeople(values: FormValues, context: CheckContext): readonly PersonFacts[] {
  const people = peopleOf(context.subjectKind === 'individual');
  const facts = provinceFactsOfAll(values, people, context);
  return people.map((person, index) => ({ person, facts: withKnown(facts[index] ?? {}, context.known) }));
}

/**
 * What the rules of the filing's province find, each rule once at a field. What has no field is for the list of preparations.
 * @param only fields of which findings are asked for; all unless said
 */
export function findForProvince(
  values: FormValues,
  context: CheckContext,
  people: readonly PersonFacts[],
  only?: readonly string[],
): Finding[] {
  const found = new Map<string, Finding>();
  const rules = provinceRulesFor(context.provinceRules, context);
  for (const { person, facts } of people) {
    for (const { rule, field, key, asksFor } of placedRules(rules, person)) {
      if (only !== undefined && !only.includes(field)) continue;
      const { applies } = outcomeOf(rule, facts, context.atLeast);
      // Of what the form cannot say a rule that names its field still tells people there.
      if (applies === false || (applies === null && rule.field === undefined)) continue;
      // Whether a remark says what it should is for people; an empty one says nothing.
      if (asksFor && !isEmpty(values[field])) continue;
      // What is found of one person is not taken back because nothing is known of the other.
      if (applies === null && found.has(key)) continue;
      found.set(key, {
        field,
        rule: rule.id,
        message: messageOf(rule, facts),
        remedy: rule.remedy ?? null,
        source: rule.source[0] ?? null,
        asOf: rule.asOf,
        from: applies === true && keepsFromSubmitting.includes(rule.effect) ? 'pre_check' : 'advice',
      });
    }
  }
  return [...found.values()];
}

interface PlacedRule {
  readonly rule: ProvinceRule;
  readonly field: string;
  /** Of the rule at this field. */
  readonly key: string;
  /** It is about the field's being empty. */
  readonly asksFor: boolean;
}

/** Found once for the rules of one question, which are kept as long. */
const placed = new WeakMap<readonly ProvinceRule[], Map<string, readonly PlacedRule[]>>();

/** The rules that have a field, with it: of this person's where it is about people. */
function placedRules(rules: readonly ProvinceRule[], person: PersonPaths): readonly PlacedRule[] {
  const known = placed.get(rules) ?? new Map<string, readonly PlacedRule[]>();
  placed.set(rules, known);
  const before = known.get(person.identity);
  if (before !== undefined) return before;
  const made = rules.flatMap((rule) => {
    const field = fieldOf(rule, person);
    if (field === null || rule.effect === 'human') return [];
    const asksFor = rule.effect === 'require_field' || rule.effect === 'require_remark';
    return [{ rule, field, key: `${rule.id} ${field}`, asksFor }];
  });
  known.set(person.identity, made);
  return made;
}

/** A rule about words says which it found. */
function messageOf({ message, if: conditions }: ProvinceRule, facts: ProvinceFacts): Text {
  const words = conditions.flatMap((condition) => wordsFound(condition, facts));
  if (words.length === 0) return message;
  const quoted = words.map((word) => `“${word}”`);
  return { zh: `${message.zh}：${quoted.join('、')}`, en: `${message.en}: ${quoted.join(', ')}` };
}

function fieldOf({ field, effect, if: [condition] }: ProvinceRule, person: PersonPaths): string | null {
  if (field !== undefined) return field;
  if (effect === 'require_remark') return 'service.remark';
  return condition === undefined ? null : fieldOfFact(condition.fact, person);
}

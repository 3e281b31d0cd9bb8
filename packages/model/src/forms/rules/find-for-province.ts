import {
  fieldOfFact,
  outcomeOf,
  type PersonPaths,
  type ProvinceFacts,
  type ProvinceRule,
  peopleOf,
  provinceFactsOf,
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
export const factsOfPeople = (values: FormValues, context: CheckContext): readonly PersonFacts[] =>
  peopleOf(context.subjectKind === 'individual').map((person) => ({
    person,
    facts: withKnown(provinceFactsOf(values, person, context), context.known),
  }));

/** What the rules of the filing's province find, each rule once at a field. What has no field is for the list of preparations. */
export function findForProvince(values: FormValues, context: CheckContext, people: readonly PersonFacts[]): Finding[] {
  const found = new Map<string, Finding>();
  const rules = provinceRulesFor(context.provinceRules, context);
  for (const { person, facts } of people) {
    for (const rule of rules) {
      const field = fieldOf(rule, person);
      if (field === null || rule.effect === 'human') continue;
      const { applies } = outcomeOf(rule, facts, context.atLeast);
      // Of what the form cannot say a rule that names its field still tells people there.
      if (applies === false || (applies === null && rule.field === undefined)) continue;
      // Whether a remark says what it should is for people; an empty one says nothing.
      if (/^require_(field|remark)$/.test(rule.effect) && !isEmpty(values[field])) continue;
      const key = `${rule.id} ${field}`;
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

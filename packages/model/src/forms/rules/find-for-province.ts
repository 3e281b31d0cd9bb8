import { appliesTo, fieldOfFact, peopleOf, provinceFactsOf, provinceRulesFor } from '../../province/index.ts';
import type { Finding, FormValues } from '../engine/definition.ts';
import { isEmpty } from '../engine/is-empty.ts';
import type { CheckContext } from './check-context.ts';

/** What the rules of the filing's province find, each rule once at a field. */
export function findForProvince(values: FormValues, context: CheckContext): Finding[] {
  const found = new Map<string, Finding>();
  const rules = provinceRulesFor(context.provinceRules, context);
  for (const person of peopleOf(context.subjectKind === 'individual')) {
    const facts = provinceFactsOf(values, person, context);
    for (const rule of rules) {
      const [condition] = rule.if;
      const field = rule.field ?? (condition && fieldOfFact[condition.fact](person)) ?? null;
      if (field === null || !appliesTo(rule, facts)) continue;
      if (rule.effect === 'require_field' && !isEmpty(values[field])) continue;
      found.set(`${rule.id} ${field}`, {
        field,
        rule: rule.id,
        message: rule.message,
        remedy: rule.remedy,
        source: rule.source,
        asOf: rule.asOf,
        from: rule.effect === 'advise' ? 'advice' : 'pre_check',
      });
    }
  }
  return [...found.values()];
}

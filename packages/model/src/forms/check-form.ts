import { checkField } from './engine/check-field.ts';
import { type Finding, type FormValues, fieldsOf } from './engine/definition.ts';
import { formFor } from './kinds/form-for.ts';
import type { CheckContext } from './rules/check-context.ts';
import { findForProvince } from './rules/find-for-province.ts';
import { formRules } from './rules/rules.ts';

/**
 * The pre-check: every field of the form against every rule, in the form's order. It finds all mistakes, not the first.
 * @returns findings that name field, rule and remedy; the form may be submitted when none is left but advice.
 */
export function checkForm(values: FormValues, context: CheckContext): Finding[] {
  const ofProvince = findForProvince(values, context);
  return fieldsOf(formFor(context)).flatMap((field) => [
    ...checkField(field, values, context, formRules),
    ...ofProvince.filter((finding) => finding.field === field.path),
  ]);
}

/** May a form with these findings be submitted? */
export const isSubmittable = (findings: readonly Finding[]): boolean => findings.every(({ from }) => from === 'advice');

import {
  type CheckContext,
  type FieldDefinition,
  type Finding,
  type FormDefinition,
  type FormValues,
  fieldsOf,
} from './definition.ts';
import { findForProvince } from './find-for-province.ts';
import { formFor } from './form-for.ts';
import { isEmpty } from './is-empty.ts';
import { rules, rulesOfEmpty } from './rules.ts';

/**
 * The pre-check: every field of the form against every rule, in the form's order. It finds all mistakes, not the first.
 * @returns findings that name field, rule and remedy; the form may be submitted when none is left but advice.
 */
export function checkForm(values: FormValues, context: CheckContext): Finding[] {
  const ofProvince = findForProvince(values, context);
  return fieldsOf(formFor(context)).flatMap((field) => [
    ...checkField(field, values, context),
    ...ofProvince.filter((finding) => finding.field === field.path),
  ]);
}

/** May a form with these findings be submitted? */
export const isSubmittable = (findings: readonly Finding[]): boolean => findings.every(({ from }) => from === 'advice');

function checkField(field: FieldDefinition, values: FormValues, context: CheckContext): Finding[] {
  const value = values[field.path];
  const finding = (
    rule: string,
    message: Finding['message'],
    remedy: Finding['remedy'],
    source: string | null,
  ): Finding => ({
    field: field.path,
    rule,
    message,
    remedy,
    source,
    from: 'pre_check',
  });
  if (isEmpty(value)) {
    if (field.required) {
      return [
        finding(
          'required',
          { zh: `“${field.label.zh}”未填写`, en: `“${field.label.en}” is missing` },
          { zh: '请填写此项。', en: 'Fill it in.' },
          null,
        ),
      ];
    }
    return field.rules.flatMap((id) => {
      const broken = rulesOfEmpty[id]?.('', field, values, context);
      return broken ? [finding(broken.rule, broken.message, broken.remedy, broken.source)] : [];
    });
  }
  const form = shapeProblem(field, value);
  if (form !== null) return [finding('form', form, { zh: '请重新填写此项。', en: 'Fill it in again.' }, null)];
  if (typeof value !== 'string') return [];
  return field.rules.flatMap((id) => {
    const broken = rules[id]?.(value.trim(), field, values, context);
    return broken ? [finding(broken.rule, broken.message, broken.remedy, broken.source)] : [];
  });
}

function shapeProblem(field: FieldDefinition, value: unknown): Finding['message'] | null {
  const allowed = new Set(field.options.map((option) => option.value));
  if (field.input === 'multi_select') {
    const fits = Array.isArray(value) && value.every((one) => typeof one === 'string' && allowed.has(one));
    return fits ? null : { zh: '请从列出的选项中选择', en: 'Choose from the options listed' };
  }
  if (typeof value !== 'string') return { zh: '应为文字', en: 'Text is expected' };
  if (allowed.size > 0 && field.input !== 'fixed' && !allowed.has(value)) {
    return { zh: '请从列出的选项中选择', en: 'Choose from the options listed' };
  }
  if (field.maxLength !== null && [...value].length > field.maxLength) {
    return { zh: `不能超过 ${field.maxLength} 个字`, en: `At most ${field.maxLength} characters` };
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are just what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(value)) {
    return { zh: '含有不可见的控制字符', en: 'It contains control characters' };
  }
  return null;
}

/** Paths of `values` that the form does not have; a request that carries them is refused, not trimmed. */
export function unknownFields(values: FormValues, definition: FormDefinition): string[] {
  const known = new Set(fieldsOf(definition).map((field) => field.path));
  return Object.keys(values).filter((path) => !known.has(path));
}

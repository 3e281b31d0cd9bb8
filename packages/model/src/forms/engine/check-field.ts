import type { FieldDefinition, Finding, FormValues } from './definition.ts';
import { isEmpty } from './is-empty.ts';
import type { RuleTable } from './rule.ts';

/** Checks one field against its shape and its rules. @returns every finding, not only the first */
export function checkField<Context>(
  field: FieldDefinition,
  values: FormValues,
  context: Context,
  rules: RuleTable<Context>,
): Finding[] {
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
          { zh: '请填写此项。', en: 'Enter a value.' },
          null,
        ),
      ];
    }
    return field.rules.flatMap((id) => {
      const broken = rules.ofEmpty[id]?.('', field, values, context);
      return broken ? [finding(broken.rule, broken.message, broken.remedy, broken.source)] : [];
    });
  }
  const form = shapeProblem(field, value);
  if (form !== null) return [finding('form', form, { zh: '请重新填写此项。', en: 'Enter it again.' }, null)];
  if (typeof value !== 'string') return [];
  return field.rules.flatMap((id) => {
    const broken = rules.ofValues[id]?.(value.trim(), field, values, context);
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

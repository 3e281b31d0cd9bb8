import { type FieldDefinition, type FormDefinition, type FormValues, fieldsOf, isRecord } from './definition.ts';
import { halfWidth, normalPhone } from './pasted.ts';

/**
 * Values as this form has them: one text where a list is asked now is a list of one. So forms that were saved before, and
 * programs that still send one value, are read as they were meant.
 */
export function currentValues(values: FormValues, definition: FormDefinition): Record<string, unknown> {
  const current: Record<string, unknown> = { ...values };
  for (const field of fieldsOf(definition)) {
    if (field.path in current) current[field.path] = currentValue(field, current[field.path]);
  }
  return current;
}

function currentValue({ input, item }: FieldDefinition, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (input === 'multi_select' || input === 'texts') return value.trim() === '' ? [] : [value];
  const [first] = item;
  if (input === 'list' && first) return value.trim() === '' ? [] : [{ [first.path]: value }];
  return value;
}

/** A value as it is kept: what was pasted without what only looks different. Never shortened. */
export function normalValue(field: FieldDefinition, given: unknown): unknown {
  const value = currentValue(field, given);
  if (typeof value === 'string') return normalText(field, value);
  if (!Array.isArray(value)) return value;
  if (field.input === 'list') {
    return value.map((one) => {
      if (!isRecord(one)) return one;
      const own = field.item.flatMap((part) =>
        part.path in one ? [[part.path, normalValue(part, one[part.path])]] : [],
      );
      return { ...one, ...Object.fromEntries(own) };
    });
  }
  if (field.input !== 'texts') return value;
  return value.flatMap((one) =>
    typeof one === 'string' && one.trim() === '' ? [] : [typeof one === 'string' ? normalText(field, one) : one],
  );
}

function normalText({ input, personal, rules }: FieldDefinition, value: string): string {
  switch (input) {
    case 'mobile':
    case 'phone':
      return normalPhone(value);
    case 'email':
    case 'url':
      return halfWidth(value).trim();
    case 'texts':
      return halfWidth(value).trim().toLowerCase();
    default:
      if (personal === 'id' || rules.includes('certificate.number'))
        return halfWidth(value).replace(/\s+/g, '').toUpperCase();
      return rules.some((rule) => rule.startsWith('ip.') || rule.startsWith('app.')) ? halfWidth(value).trim() : value;
  }
}

/** The largest forms there are stay far below. */
const longestText = 4000;
const longestList = 100;

/** May a value be kept at all: text, a list of texts or of records of them, of reasonable size, with known names only? */
export function isStorable(field: FieldDefinition, value: unknown): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.length <= longestText;
  if (!Array.isArray(value) || value.length > longestList) return false;
  if (field.input !== 'list') return value.every((one) => typeof one === 'string' && one.length <= 255);
  const parts = new Map(field.item.map((part) => [part.path, part]));
  return value.every(
    (one) =>
      isRecord(one) &&
      Object.entries(one).every(([path, inner]) => {
        const part = parts.get(path);
        return part !== undefined && isStorable(part, inner);
      }),
  );
}

/** Is the value personal, or anything within it? */
export const isPersonal = ({ personal, item }: FieldDefinition): boolean => personal !== null || item.some(isPersonal);

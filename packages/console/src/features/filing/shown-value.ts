import type { FieldDefinition } from '../../api/shapes.ts';
import type { BothTexts } from '../../language/words.ts';

/** A value as people read it: options by their labels, lists joined; empty when there is none. */
export function shownValue(
  field: Pick<FieldDefinition, 'options'>,
  value: unknown,
  pick: (text: BothTexts) => string,
): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((one) => shownValue(field, one, pick)).join(', ');
  const option = field.options.find((one) => one.value === value);
  if (option) return pick(option.label);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

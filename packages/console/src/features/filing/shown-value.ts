import { isAsked, isRecord } from '@openbeian/model/forms';
import type { FieldDefinition, ItemFieldDefinition } from '../../api/shapes.ts';
import type { BothTexts } from '../../language/words.ts';
import { filingWords } from './words.ts';

type PickText = (text: BothTexts) => string;

/** A value as people read it: options by their labels, lists joined, records part by part; empty when there is none. */
export function shownValue(
  field: { readonly options: FieldDefinition['options']; readonly item?: readonly ItemFieldDefinition[] },
  value: unknown,
  pick: PickText,
): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) {
    const isOfRecords = value.some(isRecord);
    return value.map((one) => shownValue(field, one, pick)).join(isOfRecords ? '\n' : pick(filingWords.form.comma));
  }
  if (isRecord(value)) {
    const parts = (field.item ?? []).filter((part) => isAsked(part, value));
    return parts
      .map((part) => ({ label: pick(part.label), text: shownValue(part, value[part.path], pick) }))
      .flatMap(({ label, text }) => (text === '' ? [] : [pick(filingWords.form.labelled(label, text))]))
      .join(pick(filingWords.form.semicolon));
  }
  if (value === 'long_term') return pick(filingWords.form.longTerm);
  const option = field.options.find((one) => one.value === value);
  if (option) return pick(option.label);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
